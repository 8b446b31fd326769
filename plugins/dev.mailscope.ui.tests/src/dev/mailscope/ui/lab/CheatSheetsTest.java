package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.session.ConsoleView;

/** The walks as cheat sheets, each from its beginning to its end in a real window. */
class CheatSheetsTest {
    private static final String VIEW = "org.eclipse.ui.cheatsheets.views.CheatSheetView";

    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            Mailscope.get().labs().leaveLab();
            for (var id : List.of(VIEW, Mailscope.LAB_VIEW)) {
                Robot.page().hideView(Robot.page().findView(id));
            }
            var console = (ConsoleView) Robot.page().findView(Mailscope.SESSION_VIEW);
            while (console.isOpen()) {
                console.closeTab();
            }
        });
        Robot.until("no lab is open", () -> Mailscope.get().labs().run().isEmpty()
                && !Mailscope.get().labs().isBusy() && Mailscope.get().server().guest().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"pop3-phases | 7 | ", "pop3-two-devices | 7 | Deliver Message",
        "imap-two-devices | 7 | ", "which-protocol | 4 | "})
    void everyItemIsDone(String sheet, int items, String dialogs) throws Exception {
        Robot.ui(() -> execute("org.eclipse.ui.cheatsheets.openCheatSheet(cheatSheetId=dev.mailscope.ui.cheatsheet."
                + sheet + ")"));
        Robot.until("it is open", () -> link("Click to Begin").isPresent());
        LabPictures.picture("sheet-" + sheet + "-0");
        follow("Click to Begin");
        var opened = new ArrayList<String>();
        var done = 0;
        for (; done < items; done++) {
            var performs = Robot.ask(() -> link("Click to perform").isPresent());
            opened.addAll(follow(performs ? "Click to perform" : "Click when complete"));
            LabPictures.picture("sheet-" + sheet + "-" + (done + 1));
        }
        assertEquals(Optional.empty(), Robot.ask(() -> link("Click to skip")), "that was the last one");
        assertEquals(dialogs == null ? "" : dialogs, String.join(", ", opened));
        var labs = Mailscope.get().labs();
        Robot.until("its lab is open", () -> labs.run().isPresent() && !labs.isBusy());
        assertEquals(sheet, labs.file().orElseThrow().getParent().getFileName().toString());
        assertTrue(labs.problem().isEmpty(), labs.problem());
    }

    /** Follows a link of the sheet with the keyboard; gives the titles of the dialogs that it opened, closed by now. */
    private static List<String> follow(String words) {
        Robot.until(words + " is there", () -> link(words).isPresent());
        var link = Robot.ask(() -> link(words).orElseThrow());
        var before = Robot.ask(() -> shells());
        Robot.display().asyncExec(() -> {
            var enter = new Event();
            enter.character = SWT.CR;
            enter.keyCode = SWT.CR;
            link.notifyListeners(SWT.KeyDown, enter);
        });
        var titles = new ArrayList<String>();
        Robot.until(words + " is done", () -> {
            shells().stream().filter(shell -> !before.contains(shell) && !shell.getText().isEmpty()).forEach(shell -> {
                titles.add(shell.getText());
                shell.close();
            });
            return link.isDisposed() || !link.isVisible();
        });
        return titles;
    }

    private static List<Shell> shells() {
        return Arrays.stream(Robot.display().getShells()).filter(shell -> !shell.isDisposed() && shell.isVisible())
                .toList();
    }

    private static Optional<Control> link(String words) {
        return Robot.all(Control.class).stream().filter(control -> control.getClass().getSimpleName()
                .equals("ImageHyperlink") && (words(control).equals(words) || words.equals(control.getToolTipText())))
                .findFirst();
    }

    private static String words(Control link) {
        try {
            return String.valueOf(link.getClass().getMethod("getText").invoke(link));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String command) {
        try {
            var workbench = PlatformUI.getWorkbench();
            Robot.window().getService(IHandlerService.class).executeCommand(
                    workbench.getService(ICommandService.class).deserialize(command), null);
        } catch (Exception e) {
            throw new IllegalStateException(command + ": " + e.getMessage(), e);
        }
    }
}
