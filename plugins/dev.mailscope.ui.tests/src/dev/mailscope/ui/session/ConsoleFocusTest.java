package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.server.ServerView;
import dev.mailscope.ui.trace.TraceView;

/** Where the keyboard is while the console is used, and what its tool bar offers from any view. */
class ConsoleFocusTest {
    private static final String COMMANDS = "dev.mailscope.ui.session.";
    private static final String CUT = "Cut the Line";
    private static final String LOGIN = "Log In with the Sample Account";
    private static final String LITERAL = "Literal";

    private ConsoleView console;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            while (!console.tabs().isEmpty()) {
                console.closeTab();
            }
            Robot.page().closeAllEditors(false);
        });
        Robot.until("no session is open",
                () -> Mailscope.get().server().recording().live().sessions().isEmpty());
    }

    @Test
    void aNewSessionsCommandLineHasTheFocusAtOnceAndKeepsIt() {
        for (var protocol : List.of("pop3", "imap")) {
            Robot.view(Mailscope.SERVER_VIEW, ServerView.class);
            Robot.command(COMMANDS + protocol);
            Robot.until(protocol + " has it", () -> line().isFocusControl());
            Robot.until("it is open", () -> console.isOpen());
            assertTrue(Robot.ask(() -> line().isFocusControl()), protocol + " keeps it");
        }
    }

    @Test
    void theCommandLineHasTheFocusWhileTheSessionStillConnects() throws IOException {
        try (var deaf = new DeafServer()) {
            Robot.ui(() -> console.open(Protocol.POP3, deaf.address(), false));
            assertTrue(Robot.ask(() -> line().isFocusControl()));
            Robot.ui(() -> {
                console.current().field().setDraft("PASS hunter2");
                console.current().field().refresh();
            });
            assertTrue(Robot.ask(() -> console.current().field().text().getStyleRanges().length) > 0,
                    "what is typed ahead is hidden like all that is typed");
            press(SWT.CR);
            assertEquals("PASS hunter2", Robot.ask(() -> console.current().field().draft()), "nothing is sent yet");
            assertFalse(Robot.ask(console::isOpen), "it still connects");
            Robot.ui(console::closeTab);
        }
    }

    @Test
    void theCommandLineHasTheFocusOnceTheServerThatWasStoppedIsStarted() {
        var server = Mailscope.get().server();
        server.stop();
        Robot.until("it has stopped", () -> server.situation().endpoints().isEmpty());
        Robot.command(COMMANDS + "pop3");
        assertTrue(Robot.ask(() -> !line().isFocusControl() && focus() != null && isIn(focus())));
        Robot.ui(() -> console.current().notice().press());
        Robot.until("the session is open", () -> console.isOpen());
        assertTrue(Robot.ask(() -> line().isFocusControl()));
    }

    @Test
    void anEndedSessionLeavesTheFocusOnTheWayToTheNext() {
        pop3();
        Robot.ui(console::cutTheLine);
        Robot.until("it is over", () -> console.current().isOver());
        Robot.until("the focus is on the button", () -> focus() != null && isIn(focus()) && !line().isFocusControl());
        Robot.ui(() -> console.current().notice().press());
        Robot.until("another one is open", () -> console.isOpen());
        assertTrue(Robot.ask(() -> line().isFocusControl()));
    }

    @Test
    void proposalsCloseWhenTheSessionEnds() {
        pop3();
        Robot.ui(() -> {
            // Not in the command line, whose loss of the focus closes them as well.
            console.current().transcript().control().setFocus();
            console.current().field().propose();
        });
        assertTrue(Robot.ask(() -> popup().isOpen()));
        Mailscope.get().server().stop();
        Robot.until("it is over", () -> console.current().isOver());
        assertFalse(Robot.ask(() -> popup().isOpen()));
    }

    @Test
    void proposalsCloseWhenTheSessionEntersAnotherPhase() {
        pop3();
        Robot.ui(() -> console.propose(""));
        Robot.ui(() -> console.send("USER alice"));
        Robot.until("the server has answered",
                () -> console.transcript().stream().filter(said -> said.startsWith("S: +OK")).count() == 2);
        Robot.caughtUp();
        assertTrue(Robot.ask(() -> popup().isOpen()), "the phase is the same, and so is what can be typed");
        Robot.ui(() -> console.send("PASS secret"));
        Robot.until("the phase is another one", () -> console.phase().equals("Transaction"));
        assertFalse(Robot.ask(() -> popup().isOpen()));
    }

    @Test
    void whoeverDoesSomethingSeesWhatComesOfIt() {
        pop3();
        older();
        Robot.ui(() -> console.send("CAPA"));
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()), "after a command");
        older();
        Robot.command(COMMANDS + "login");
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()), "after logging in");
        older();
        Robot.command(COMMANDS + "cut");
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()), "after cutting the line");
        older();
        Robot.command(COMMANDS + "imap");
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()), "after opening a session");
    }

    @Test
    void aNewSessionComesToTheFrontWhileAnOlderMomentIsShown() {
        pop3();
        olderOfSession();
        comesToTheFront();
    }

    @Test
    void aNewSessionComesToTheFrontWhileAForkIsShown() {
        pop3();
        olderOfSession();
        fork();
        comesToTheFront();
    }

    @Test
    void theTabThatWasChosenWhileAForkIsShownStaysInFront() {
        pop3();
        Robot.command(COMMANDS + "imap");
        Robot.until("it is in the trace", () -> console.isOpen() && console.session() != 0);
        var imap = Robot.ask(console::session);
        fork();
        Robot.ui(() -> console.show(console.tabs().getFirst()));
        var pop3 = Robot.ask(console::session);
        assertNotEquals(imap, pop3);
        assertNotEquals(pop3, Robot.ask(() -> Mailscope.get().focus().session()), "it is not in the fork");
        Robot.ui(() -> console.send("CAPA"));
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()));
        assertEquals(pop3, Robot.ask(console::session));
        assertEquals(pop3, Robot.ask(() -> Mailscope.get().focus().session()));
    }

    @Test
    void aForkHasSessionsOfItsOwn() throws Exception {
        pop3();
        var own = Robot.ask(console::session);
        fork();
        var source = Mailscope.get().focus().source();
        Robot.press(Robot.window().getShell(), "New IMAP Session");
        Robot.until("it is open", () -> console.isOpen() && console.current().protocol() == Protocol.IMAP);
        assertTrue(Robot.ask(() -> line().isFocusControl()));
        Robot.until("all views show it in the fork", () -> console.session() != 0
                && Mailscope.get().focus().source() == source
                && console.session() == Mailscope.get().focus().session());
        assertEquals("IMAP " + Robot.ask(console::session) + " \u2013 " + source.name(), Robot.ask(this::title));
        Robot.ui(console::logIn);
        Robot.until("it is logged in", () -> console.phase().equals("Authenticated"));
        Robot.ui(() -> Mailscope.get().focus().selectEvent(1));
        Robot.until("the fork's beginning is shown", () -> !Mailscope.get().focus().isNewest());
        Robot.ui(() -> console.send("CREATE only-in-the-fork"));
        assertTrue(Robot.ask(() -> Mailscope.get().focus().source() == source && Mailscope.get().focus().isNewest()));
        Robot.until("the fork has the folder", () -> hasFolder(Mailscope.get().focus().moment()));
        assertFalse(hasFolder(Mailscope.get().server().recording().live()));
        Robot.ui(() -> console.show(console.tabs().getFirst()));
        Robot.ui(() -> console.send("CAPA"));
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()), "the other tab is the server's");
        assertEquals(own, Robot.ask(console::session));
        Robot.ui(() -> console.show(console.tabs().getLast()));
        Robot.ui(() -> Robot.page().closeAllEditors(false));
        Robot.until("the session ends with the fork", () -> console.current().isOver()
                && console.current().notice().text().contains("The fork has ended"));
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive()));
    }

    private static boolean hasFolder(Moment moment) {
        return moment.server().account("alice").orElseThrow().folder("only-in-the-fork").isPresent();
    }

    private String title() {
        return console.current().title();
    }

    @Test
    void theTabOfTheSelectedEventComesToTheFront() {
        pop3();
        var pop3 = Robot.ask(console::session);
        Robot.command(COMMANDS + "imap");
        Robot.until("it is in the trace", () -> console.isOpen() && console.session() != 0);
        selectGreeting(pop3);
        Robot.until("it is in front", () -> console.session() == pop3);
    }

    private void comesToTheFront() {
        Robot.command(COMMANDS + "imap");
        Robot.until("it is open", () -> console.isOpen() && console.current().protocol() == Protocol.IMAP);
        assertTrue(Robot.ask(() -> line().isFocusControl()));
        Robot.until("all views show it", () -> console.session() != 0
                && console.session() == Mailscope.get().focus().session());
        assertTrue(Robot.ask(() -> console.current().protocol() == Protocol.IMAP && line().isFocusControl()));
    }

    private void olderOfSession() {
        selectGreeting(Robot.ask(console::session));
        Robot.until("an older moment is shown", () -> !Mailscope.get().focus().isLive());
    }

    private static void selectGreeting(long session) {
        var recording = Mailscope.get().server().recording();
        var greeting = recording.events(recording.first(), (int) recording.last()).stream()
                .filter(event -> event.session() == session).findFirst().orElseThrow().number();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(greeting));
        Robot.until("it is selected", () -> Mailscope.get().focus().selected() != null
                && Mailscope.get().focus().selected().number() == greeting);
    }

    private static void fork() {
        Robot.command("dev.mailscope.ui.fork");
        Robot.until("the fork is shown", () -> Mailscope.get().focus().source().name().startsWith("Fork"));
    }

    private static void older() {
        Robot.ui(() -> Mailscope.get().focus().selectEvent(1));
        Robot.until("an older moment is shown", () -> !Mailscope.get().focus().isLive());
    }

    @Test
    void theToolBarFollowsTheSessionWhicheverViewIsActive() {
        pop3();
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.until("the line can be cut, and alice log in", () -> enabled(CUT) && enabled(LOGIN));
        assertFalse(Robot.ask(() -> enabled(LITERAL)), "POP3 has no literals");
        Robot.command(COMMANDS + "login");
        Robot.until("she is in, and nobody can log in now", () -> console.phase().equals("Transaction")
                && !enabled(LOGIN));
        Robot.command(COMMANDS + "imap");
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.until("IMAP has literals", () -> enabled(CUT) && enabled(LOGIN) && enabled(LITERAL));
        Robot.command(COMMANDS + "cut");
        Robot.until("nothing is left to cut", () -> console.current().isOver()
                && !enabled(CUT) && !enabled(LOGIN) && !enabled(LITERAL));
    }

    @Test
    void theToolBarIsGreyAsSoonAsTheServerHasEndedTheSession() {
        pop3();
        Robot.until("the line can be cut", () -> enabled(CUT));
        Mailscope.get().server().stop();
        Robot.until("it cannot", () -> console.current().isOver() && !enabled(CUT) && !enabled(LOGIN));
    }

    private void pop3() {
        Robot.command(COMMANDS + "pop3");
        Robot.until("the server has greeted", () -> console.isOpen() && console.phase().equals("Authorization"));
        Robot.until("it is in the trace", () -> console.session() != 0);
    }

    private void press(int key) {
        Robot.ui(() -> {
            var event = new Event();
            event.keyCode = key;
            event.character = (char) key;
            line().notifyListeners(SWT.KeyDown, event);
        });
    }

    private Control line() {
        return console.current().field().text();
    }

    private ProposalPopup popup() {
        return console.current().field().popup();
    }

    private static Control focus() {
        return Robot.display().getFocusControl();
    }

    private boolean isIn(Control control) {
        for (var parent = control; parent != null; parent = parent.getParent()) {
            if (parent == console.current().control()) {
                return true;
            }
        }
        return false;
    }

    private static boolean enabled(String command) {
        return Robot.toolItem(command).isEnabled();
    }

    /** A server so busy that the system does not answer a further client. */
    private static final class DeafServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<SocketChannel> waiting = new ArrayList<>();

        DeafServer() throws IOException {
            for (var i = 0; i < 8; i++) {
                var client = SocketChannel.open();
                client.configureBlocking(false);
                client.connect(socket.getLocalSocketAddress());
                waiting.add(client);
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (var client : waiting) {
                client.close();
            }
            socket.close();
        }
    }
}
