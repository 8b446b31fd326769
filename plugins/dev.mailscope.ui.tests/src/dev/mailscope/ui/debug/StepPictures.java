package dev.mailscope.ui.debug;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.ui.IWorkbenchPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;

/**
 * Takes pictures of step mode, in the light theme and the dark one. Runs only when the system property
 * {@code mailscope.screenshots} names the folder for the pictures.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StepPictures {
    private LiveDebugger live;
    private StepView view;
    private ConsoleView console;

    @BeforeEach
    void open() throws IOException {
        Pictures.assumeWanted();
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective();
        console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        view = Robot.view(Mailscope.STEP_VIEW, StepView.class);
        live = Mailscope.get().debugger();
    }

    @AfterEach
    void close() {
        if (view != null) {
            Robot.ui(() -> {
                live.setRules(List.of());
                live.debugger().stepAll(false);
                live.debugger().releaseAll();
                console.closeTab();
            });
            Pictures.theme(Pictures.LIGHT);
        }
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = { Pictures.LIGHT, Pictures.DARK })
    void stepMode(String theme) throws Exception {
        var suffix = theme.equals(Pictures.DARK) ? "-dark" : "";
        Pictures.theme(theme);
        Pictures.take("20-step-empty" + suffix);
        Robot.ui(() -> console.open(Protocol.IMAP));
        Robot.until("the server has greeted", () -> console.isOpen() && console.session() != 0
                && console.transcript().stream().anyMatch(line -> line.startsWith("S: ")));
        Robot.ui(console::logIn);
        Robot.until("alice is logged in", () -> console.phase().equals("Authenticated"));
        Robot.ui(() -> console.send("SELECT INBOX"));
        Robot.until("INBOX is open", () -> console.phase().equals("Selected"));
        Robot.ui(() -> {
            live.setRules(List.of(
                    new StopRule("protocol == 'imap' && command == 'STORE'", Stop.BEFORE_EXECUTION, true,
                            Optional.empty(), false, true),
                    new StopRule("command == 'FETCH'", Stop.BEFORE_SENDING, false, Optional.of(
                            new Decision.Split(Decision.Split.IN_LITERAL, Duration.ofSeconds(2))), true, true),
                    new StopRule("comand == 'LIST'", Stop.BEFORE_SENDING, true, Optional.empty(), false, true)));
            console.send("STORE 1 +FLAGS (\\Deleted)");
        });
        Robot.until("it is held", () -> view.pane().held() != null);
        Pictures.take("21-step-held" + suffix);
        Robot.ui(() -> view.rules());
        Pictures.take("22-step-rules" + suffix);
        Robot.startCommand("dev.mailscope.ui.debug.add");
        var shell = Robot.dialog("Add Breakpoint or Fault");
        Robot.ui(() -> {
            var dialog = (RuleDialog) shell.getData();
            dialog.condition().control().setText("protocol == 'imap' && uid == 3");
        });
        Pictures.take("23-step-dialog" + suffix);
        Robot.ui(shell::close);
    }

    @Test
    @Order(1)
    void largeFonts() throws Exception {
        var fonts = JFaceResources.getFontRegistry();
        var before = Robot.ask(() -> List.of(fonts.getFontData(ViewFont.TABLES), fonts.getFontData(ViewFont.OCTETS)));
        try {
            Robot.ui(() -> {
                fonts.put(ViewFont.TABLES, FontDescriptor.createFrom(before.get(0)).setHeight(18).getFontData());
                fonts.put(ViewFont.OCTETS, FontDescriptor.createFrom(before.get(1)).setHeight(18).getFontData());
                console.open(Protocol.IMAP);
            });
            Pictures.take("24-step-large-empty");
            Robot.ui(() -> live.debugger().stepAll(true));
            Robot.ui(() -> console.open(Protocol.POP3));
            Robot.until("it is held", () -> view.pane().held() != null);
            Pictures.take("25-step-large-held");
            Robot.ui(() -> {
                view.pane().fault().choose(FaultKind.TRICKLE);
                Robot.page().setPartState(Robot.page().getReference(view),
                        IWorkbenchPage.STATE_MAXIMIZED);
            });
            Pictures.take("26-step-large-maximized");
        } finally {
            Robot.ui(() -> {
                fonts.put(ViewFont.TABLES, before.get(0));
                fonts.put(ViewFont.OCTETS, before.get(1));
                Robot.page().setPartState(Robot.page().getReference(view),
                        IWorkbenchPage.STATE_RESTORED);
                console.closeTab();
            });
        }
    }
}
