package dev.mailscope.ui.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.Banner;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer.State;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;

/** Sessions over real sockets, held, edited, broken and let go on in the view. */
class StepViewTest {
    private static final String COMMANDS = "dev.mailscope.ui.debug.";

    private final List<RawClient> clients = new ArrayList<>();
    private LiveDebugger live;
    private StepView view;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.STEP_VIEW, StepView.class);
        live = Mailscope.get().debugger();
        Robot.until("the debugger is there", () -> live.debugger() != null);
    }

    @AfterEach
    void close() throws IOException {
        Robot.ui(() -> {
            live.setRules(List.of());
            live.debugger().stepAll(false);
            live.debugger().releaseAll();
        });
        for (var client : clients) {
            client.close();
        }
        Robot.until("all sessions are over", () -> {
            live.debugger().releaseAll();
            return Mailscope.get().server().recording().live().sessions().isEmpty();
        });
        Robot.caughtUp();
    }

    @Test
    void aNewUserIsToldWhatToDoAndTheFirstStepIsHeld() throws Exception {
        assertTrue(Robot.ask(() -> view.empty().text()).startsWith("Nothing is held."));
        Robot.press(part(), "Hold Every Session at Each Step");
        until("it waits", () -> view.empty().text().startsWith("Nothing is held yet"));
        until("the tool bar says so", () -> Robot.toolItem("Hold Every Session at Each Step").getSelection());
        var client = connect("imap");
        heldAt(Stop.BEFORE_SENDING);
        assertTrue(Robot.ask(() -> view.pane().editor().field().getText()).startsWith("* OK "));
        Robot.command(COMMANDS + "goOn");
        assertTrue(client.line().startsWith("* OK "));
        client.send("a1 NOOP\r\n");
        for (var stop : Stop.values()) {
            heldAt(stop);
            Robot.press(part(), "Go On");
        }
        assertEquals("a1 OK NOOP completed.", client.line());
        until("nothing is held", () -> view.pane().held() == null && view.empty().control().isVisible());
        Robot.command(COMMANDS + "stepAll");
        assertEquals(Set.of(), live.debugger().stepsAll());
        assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
    }

    @Test
    void whatAClientSendsIsEditedAsTextAndItsSecretStaysHidden() throws Exception {
        rules(new StopRule("command == 'LOGIN'", Stop.BEFORE_PARSING, true, Optional.empty(), false, true));
        var client = connect("imap");
        client.line();
        client.send("a1 LOGIN bob secret\r\n");
        heldAt(Stop.BEFORE_PARSING);
        assertEquals("a1 LOGIN bob \\{secret 1}\n", Robot.ask(() -> view.pane().editor().field().getText()));
        assertTrue(Robot.ask(() -> button("Go On").getParent().getLocation().y < view.pane().editor().getLocation().y),
                "in a small view, what goes on is in sight before what may be edited");
        assertFalse(Robot.ask(() -> button("Go On Edited").getEnabled()));
        type("x9 LOGIN alice \\{secret 2}\n");
        assertEquals("Character 16: There is no secret 2 in what is replaced",
                Robot.ask(() -> view.pane().problem()));
        assertFalse(Robot.ask(() -> button("Go On Edited").getEnabled()));
        Robot.press(part(), "Hex");
        assertTrue(Robot.ask(() -> view.pane().editor().field().getText()).startsWith("x9"), "what is wrong stays");
        type("x9 LOGIN alice \\{secret 1}\n");
        Robot.ui(() -> {
            radio("Text").setSelection(false);
            radio("Hex").setSelection(true);
        });
        Robot.press(part(), "Hex");
        assertEquals("78 39 20 4C 4F 47 49 4E 20 61 6C 69 63 65 20 **\n** ** ** ** ** 0D 0A",
                Robot.ask(() -> view.pane().editor().field().getText()));
        // In hexadecimal, the tag becomes "y9".
        type("79" + Robot.ask(() -> view.pane().editor().field().getText()).substring(2));
        Robot.command(COMMANDS + "goOnEdited");
        assertTrue(client.line().startsWith("y9 OK "));
        var lines = Mailscope.get().server().recording().events(1, Integer.MAX_VALUE).stream().map(EventText::what)
                .toList();
        assertTrue(lines.contains("replaced: > y9 LOGIN alice ********"), lines.toString());
        assertFalse(lines.toString().contains("secret\r"));
    }

    @Test
    void whatIsTypedSurvivesThatAnotherSessionIsHeld() throws Exception {
        rules(new StopRule("command == 'NOOP'", Stop.BEFORE_PARSING, true, Optional.empty(), false, true));
        var one = connect("imap");
        one.line();
        one.send("a1 NOOP\r\n");
        heldAt(Stop.BEFORE_PARSING);
        type("b1 NOOP\n");
        var two = connect("pop3");
        two.line();
        two.send("USER alice\r\n");
        two.line();
        two.send("PASS secret\r\n");
        two.line();
        two.send("NOOP\r\n");
        until("two are held", () -> view.table().viewer().getTable().getItemCount() == 2);
        assertEquals("b1 NOOP\n", Robot.ask(() -> view.pane().editor().field().getText()));
        assertTrue(Robot.ask(() -> Robot.all(Robot.window().getShell(), Banner.class).stream().map(Banner::said)
                .anyMatch(said -> said.startsWith("2 sessions are held: IMAP "))));
        Robot.command(COMMANDS + "goOnEdited");
        assertEquals("b1 OK NOOP completed.", one.line());
        until("the other one is shown", () -> view.pane().held() != null
                && view.pane().held().passing().protocol().equals("pop3"));
        Robot.command(COMMANDS + "goOnAll");
        assertTrue(two.line().startsWith("+OK"));
    }

    @Test
    void whatIsHeldIsRefusedDelayedSplitDroppedAndCut() throws Exception {
        rules(new StopRule("command == 'NOOP'", Stop.BEFORE_SENDING, true, Optional.empty(), false, true));
        var client = connect("imap");
        client.line();
        client.send("a1 NOOP\r\n");
        heldAt(Stop.BEFORE_SENDING);
        choose(FaultKind.ANSWER);
        assertFalse(Robot.ask(() -> button("Do It").getEnabled()), "the text is missing");
        Robot.ui(() -> view.pane().fault().text().setText("[INUSE] Not now."));
        Robot.press(part(), "Do It");
        assertEquals("a1 NO [INUSE] Not now.", client.line());
        for (var kind : List.of(FaultKind.DELAY, FaultKind.SPLIT, FaultKind.TRICKLE, FaultKind.SPLIT_LITERAL)) {
            client.send("a2 NOOP\r\n");
            heldAt(Stop.BEFORE_SENDING);
            choose(kind);
            Robot.ui(() -> Robot.all(view.pane().fault(), Spinner.class).getLast()
                    .setSelection(1));
            Robot.press(part(), "Do It");
            assertEquals("a2 OK NOOP completed.", client.line());
        }
        client.send("a3 NOOP\r\n");
        heldAt(Stop.BEFORE_SENDING);
        Robot.command(COMMANDS + "drop");
        client.send("a4 NOOP\r\n");
        heldAt(Stop.BEFORE_SENDING);
        Robot.command(COMMANDS + "next");
        assertEquals("a4 OK NOOP completed.", client.line());
        client.send("a5 CHECK\r\n");
        heldAt(Stop.BEFORE_PARSING);
        assertEquals("by hand", Robot.ask(() -> view.pane().held().why()));
        Robot.command(COMMANDS + "cut");
        assertNull(client.line());
        until("nothing is held", () -> live.held().isEmpty());
    }

    @Test
    void oneSessionStepsAtTheStopsThatAreChosenAndIsHeldByHand() throws Exception {
        var client = connect("imap");
        client.line();
        var other = connect("imap");
        other.line();
        Robot.caughtUp();
        var session = Robot.ask(() -> Mailscope.get().focus().server().newest().sessions().firstKey());
        until("the session can be chosen", () -> {
            view.bar().choose(session);
            return view.bar().session() == session;
        });
        assertEquals(session, Robot.ask(() -> Mailscope.get().focus().session()));
        toggle("before parsing", false);
        toggle("before sending", false);
        toggle("Step mode for", true);
        assertEquals(Set.of(Stop.BEFORE_EXECUTION), live.debugger().steps(session));
        client.send("a1 NOOP\r\n");
        heldAt(Stop.BEFORE_EXECUTION);
        assertEquals("b1 OK NOOP completed.", other.ask("b1 NOOP"));
        Robot.command(COMMANDS + "goOn");
        assertEquals("a1 OK NOOP completed.", client.line());
        Robot.command(COMMANDS + "stepSession");
        until("it is off", () -> !button("Step mode for").getSelection());
        Robot.command(COMMANDS + "holdNext");
        assertTrue(live.debugger().holdsNext(session));
        client.send("a2 NOOP\r\n");
        heldAt(Stop.BEFORE_PARSING);
        Robot.command(COMMANDS + "goOn");
        assertEquals("a2 OK NOOP completed.", client.line());
    }

    @Test
    void aStopOfTheServerEndsWhatIsHeld() throws Exception {
        Robot.command(COMMANDS + "stepAll");
        var client = connect("imap");
        heldAt(Stop.BEFORE_SENDING);
        Mailscope.get().server().stop();
        Robot.until("the server has stopped", () -> Mailscope.get().server().situation().state() == State.STOPPED);
        until("nothing is held", () -> view.pane().held() == null);
        assertTrue(Robot.ask(() -> view.empty().text()).startsWith("The mail server does not listen"));
        assertTrue(client.line().startsWith("* BYE "));
        assertNull(client.line());
        Mailscope.get().server().start();
        Robot.until("the server runs", () -> Mailscope.get().server().situation().state() == State.RUNNING);
        until("it waits again", () -> view.empty().text().startsWith("Nothing is held yet"));
    }

    @Test
    void consoleTraceAndServerViewSayThatASessionIsHeld() throws Exception {
        rules(new StopRule("command == 'CAPA'", Stop.BEFORE_EXECUTION, true, Optional.empty(), false, true));
        var console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> console.open(Protocol.POP3));
        try {
            Robot.until("the server has greeted", () -> console.isOpen() && console.session() != 0
                    && console.transcript().stream().anyMatch(line -> line.startsWith("S: ")));
            Robot.ui(() -> console.send("CAPA"));
            heldAt(Stop.BEFORE_EXECUTION);
            until("the console says so", () -> Robot.all(Label.class).stream()
                    .anyMatch(label -> label.getText().equals("The session is held before execution: CAPA. What is"
                            + " held can be changed in Step Mode.")));
            until("the trace says so", () -> Robot.all(Banner.class).stream().map(Banner::said)
                    .anyMatch(said -> said.matches("POP3 session \\d+ is held before execution: CAPA. The others go"
                            + " on.")));
            until("the Mail Server view says so", () -> Robot.all(Table.class).stream()
                    .flatMap(table -> Arrays.stream(table.getItems()))
                    .anyMatch(item -> item.getText(1).equals("Held in Authorization")));
            Robot.ui(() -> Robot.all(Button.class).stream().filter(b -> b.getText().equals("Go On"))
                    .findFirst().orElseThrow().notifyListeners(SWT.Selection,
                            new Event()));
            Robot.until("the answer has come", () -> console.transcript().stream()
                    .anyMatch(line -> line.startsWith("S: .")));
            until("the console says so no more", () -> Robot.all(Label.class).stream()
                    .noneMatch(label -> label.getText().startsWith("The session is held")));
        } finally {
            Robot.ui(console::closeTab);
        }
    }

    @Test
    void anOlderMomentIsNotWhatIsHeld() throws Exception {
        var client = connect("imap");
        client.line();
        Robot.caughtUp();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(1));
        until("the view says that it is about the present", () -> Robot.all(part(), Banner.class).stream()
                .map(Banner::said).anyMatch(said -> said.equals(
                        "Showing the server after event 1, as the recording remembers it. "
                                + "Step mode is about the server as it is now.")));
        Robot.press(part(), "Back to Live");
        until("it is gone", () -> Robot.all(part(), Banner.class).isEmpty());
    }

    @Test
    void whatIsTooLargeIsShownInPartAndNotEdited() throws Exception {
        var message = ("Subject: large\r\n\r\n" + "x".repeat(998) + "\r\n").repeat(300);
        Mailscope.get().server().deliver("alice", "INBOX", message.getBytes(StandardCharsets.US_ASCII));
        Robot.until("it is there", () -> Mailscope.get().server().recording().live().server().account("alice")
                .orElseThrow().inbox().size() == 4);
        rules(new StopRule("size > 200000", Stop.BEFORE_SENDING, true, Optional.empty(), true, true));
        var client = connect("pop3");
        client.line();
        client.ask("USER alice");
        client.ask("PASS secret");
        client.send("RETR 4\r\n");
        heldAt(Stop.BEFORE_SENDING);
        assertFalse(Robot.ask(() -> view.pane().editor().field().getEditable()));
        assertTrue(Robot.ask(() -> view.pane().editor().field().getText().length()) < 80_000);
        Robot.command(COMMANDS + "goOnEdited");
        assertTrue(client.line().startsWith("+OK"));
        client.timeout(Duration.ofSeconds(20));
        while (!".".equals(client.line())) {
            // the message
        }
    }

    // ---- tools

    private void rules(StopRule... wanted) {
        Robot.ui(() -> live.setRules(List.of(wanted)));
    }

    private RawClient connect(String protocol) throws IOException {
        var client = new RawClient(Mailscope.get().server().endpoint(protocol).orElseThrow().address());
        clients.add(client);
        return client;
    }

    /** Waits until the view shows a session that is held there. */
    private void heldAt(Stop stop) {
        until("held " + stop.words(), () -> view.pane().isVisible() && view.pane().held() != null
                && view.pane().held().stop() == stop && live.held().contains(view.pane().held()));
    }

    private static void until(String what, BooleanSupplier condition) {
        Robot.until(what, condition);
    }

    private void type(String text) {
        Robot.ui(() -> view.pane().editor().field().setText(text));
    }

    private void choose(FaultKind kind) {
        Robot.ui(() -> view.pane().fault().choose(kind));
    }

    private void toggle(String name, boolean on) {
        Robot.ui(() -> button(name).setSelection(on));
        Robot.press(part(), name);
    }

    private Button radio(String name) {
        return button(name);
    }

    private Button button(String name) {
        return Robot.ask(() -> Robot.all(part(), Button.class).stream()
                .filter(b -> b.getText().replace("&", "").equals(name)).findFirst().orElseThrow());
    }

    /** All that the view consists of. */
    private Composite part() {
        return Robot.ask(() -> view.bar().getParent());
    }
}
