package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.notes.NotesView;
import dev.mailscope.ui.recording.RecordingsView;
import dev.mailscope.ui.finding.FindingsView;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;
import dev.mailscope.ui.trace.EventTable;
import dev.mailscope.ui.trace.TraceView;

/**
 * Plays the scenes that the README and the help show, in the real workbench, and takes a picture of each. Runs only
 * when the system property {@code mailscope.screenshots} names the folder for the pictures.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreenshotScenario {
    private ConsoleView console;

    @BeforeEach
    void open() throws IOException {
        Pictures.assumeWanted();
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective(new ServerPorts(freeOr0(ServerConfig.DEFAULT_IMAP_PORT),
                freeOr0(ServerConfig.DEFAULT_POP3_PORT), OptionalInt.of(freeOr0(TlsConfig.DEFAULT_IMAPS_PORT)),
                OptionalInt.of(freeOr0(TlsConfig.DEFAULT_POP3S_PORT)), OptionalInt.empty()));
        console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> Robot.view(Mailscope.TRACE_VIEW, TraceView.class).trace().follow());
    }

    @Test
    @Order(1)
    void afterTheStart() throws Exception {
        Pictures.take("1-start");
    }

    @Test
    @Order(2)
    void pop3() throws Exception {
        pop3UpToTheMark();
        selectLast(What.Marked.class);
        Pictures.take("2-pop3-marked");
        Robot.ui(() -> Mailscope.get().focus().goLive());
        say("QUIT", "+OK");
        Robot.until("the session has ended", () -> Mailscope.get().focus().moment().sessions().isEmpty());
        selectLast(What.StateChanged.class);
        Pictures.take("3-pop3-after-quit");
        Robot.ui(() -> {
            Mailscope.get().focus().goLive();
            console.closeTab();
        });
    }

    @Test
    @Order(3)
    void imap() throws Exception {
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        say("IDLE", "+ ");
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        say("STORE 2 +FLAGS (\\Deleted)", "OK");
        say("EXPUNGE", "OK");
        Robot.until("the other session has been told", () -> Mailscope.get().focus().moment().sessions().values()
                .stream().filter(s -> s.folderId() != 0 && s.told().size() == 2).count() == 2);
        selectLast(What.Told.class);
        Pictures.take("4-imap-expunged-and-told");
        Robot.ui(() -> {
            Mailscope.get().focus().goLive();
            console.closeTab();
            console.closeTab();
        });
    }

    @Test
    @Order(4)
    void history() throws Exception {
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        say("STORE 2 +FLAGS (\\Deleted)", "OK");
        say("EXPUNGE", "OK");
        selectLast(What.StateChanged.class);
        Pictures.take("7-who-has-heard");
        Robot.command("dev.mailscope.ui.fork");
        Robot.until("the fork is shown", () -> Mailscope.get().focus().source().name().startsWith("Fork"));
        Pictures.take("6-fork");
        Robot.ui(() -> {
            Robot.page().closeAllEditors(false);
            Mailscope.get().focus().goLive();
            console.closeTab();
            console.closeTab();
        });
    }

    @Test
    @Order(5)
    void tls() throws Exception {
        Robot.ui(() -> console.open(Protocol.IMAP));
        greeted("Not Authenticated");
        say("STARTTLS", "OK");
        Robot.until("TLS has begun", () -> console.transcript().getLast().contains("SHA-256"));
        Robot.ui(console::logIn);
        Robot.until("alice is logged in", () -> console.phase().equals("Authenticated"));
        Pictures.take("12-tls");
        Robot.ui(console::closeTab);
        dialog("dev.mailscope.ui.session.connect", "Connect to Server", "13-connect");
    }

    @Test
    @Order(6)
    void dialogs() throws Exception {
        dialogs("");
        notes("");
    }

    @Test
    @Order(7)
    void explained() throws Exception {
        explained("");
    }

    @Test
    @Order(8)
    void dark() throws Exception {
        Pictures.theme(Pictures.DARK);
        try {
            pop3UpToTheMark();
            Pictures.take("5-dark");
            dialogs("-dark");
            notes("-dark");
            Robot.ui(console::closeTab);
            explained("-dark");
        } finally {
            Pictures.theme(Pictures.LIGHT);
        }
    }

    private void notes(String suffix) throws IOException, InterruptedException {
        var recording = Mailscope.get().server().recording();
        recording.note(1, "Here the sample mail is put into INBOX.\n"
                + "The student is to find out what becomes of message 2.");
        recording.note(recording.last() - 1, "");
        recording.note(recording.last(), "Why is there no answer to this?");
        Robot.view(Mailscope.NOTES_VIEW, NotesView.class);
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.command("dev.mailscope.ui.trace.find");
        Robot.ui(() -> {
            var text = Robot.all(Text.class).stream().filter(Text::isFocusControl).findFirst().orElseThrow();
            text.setText("alice");
        });
        Robot.command("dev.mailscope.ui.trace.findPrevious");
        Robot.until("something is found", () -> Mailscope.get().focus().selected() != null);
        Pictures.take("20-notes-and-search" + suffix);
        dialog("dev.mailscope.ui.note.edit", "Note on Event " + Mailscope.get().focus().event(), "21-note" + suffix);
        Robot.press(Robot.window().getShell(), "\u2715");
        Robot.view(Mailscope.RECORDINGS_VIEW, RecordingsView.class);
        Robot.until("they are listed", () -> Robot.all(Table.class).stream().anyMatch(t -> t.getColumnCount() == 8
                && t.getItemCount() > 0));
        Pictures.take("22-recordings" + suffix);
        Robot.ui(() -> {
            Robot.page().hideView(Robot.page().findView(Mailscope.RECORDINGS_VIEW));
            Robot.page().hideView(Robot.page().findView(Mailscope.NOTES_VIEW));
            Mailscope.get().focus().goLive();
        });
        for (var event : recording.notes().keySet()) {
            recording.removeNote(event);
        }
    }

    private static boolean showsFetch(StyledText text) {
        var octets = text.getText().indexOf("Octets (");
        return octets >= 0 && text.getText().indexOf("BODY.PEEK", octets) >= 0;
    }

    /** What a line means, and what is found in it. */
    private void explained(String suffix) throws IOException, InterruptedException {
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        say("FETCH 2 (FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])", "OK");
        var fetch = Mailscope.get().server().recording().last();
        Robot.ui(() -> console.open(Protocol.IMAP));
        authenticate();
        say("SELECT INBOX", "OK");
        say("STORE 1 +FLAGS (\\Deleted)", "OK");
        say("EXPUNGE", "OK");
        Robot.ui(console::closeTab);
        say("NOOP", "OK");
        say("STORE 2 +FLAGS (\\Deleted)", "OK");
        select(fetch, What.Received.class);
        Robot.until("its octets are shown", () -> Robot.all(StyledText.class).stream()
                .anyMatch(ScreenshotScenario::showsFetch));
        Robot.ui(() -> {
            var octets = Robot.all(StyledText.class).stream().filter(ScreenshotScenario::showsFetch).findFirst()
                    .orElseThrow();
            octets.setFocus();
            octets.setCaretOffset(octets.getText().indexOf("BODY.PEEK", octets.getText().indexOf("Octets (")));
            octets.showSelection();
        });
        Pictures.take("14-explained" + suffix);
        Robot.ui(() -> Mailscope.get().focus().goLive());
        Robot.view(Mailscope.FINDINGS_VIEW, FindingsView.class);
        Robot.until("it is found", () -> Robot.only(EventTable.class).rowCount() >= 2);
        Robot.key(Robot.ask(() -> Robot.only(EventTable.class)), SWT.END);
        Pictures.take("15-findings" + suffix);
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.ui(console::closeTab);
    }

    private static void dialogs(String suffix) throws IOException, InterruptedException {
        dialog("dev.mailscope.ui.server.tls", "TLS and Certificate", "8-certificate" + suffix);
        dialog("dev.mailscope.ui.server.accounts", "Accounts", "9-accounts" + suffix);
        dialog("dev.mailscope.ui.server.ports", "Ports of the Mail Server", "10-ports" + suffix);
        dialog("dev.mailscope.ui.export", "Export Trace", "11-export" + suffix);
        dialog("dev.mailscope.ui.trace.colours", "Preferences", "12-colouring-rules" + suffix);
    }

    private static void dialog(String command, String title, String name) throws IOException, InterruptedException {
        Robot.startCommand(command);
        var shell = Robot.dialog(title);
        try {
            Pictures.take(name);
        } finally {
            Robot.ui(shell::close);
        }
    }

    private void pop3UpToTheMark() {
        Robot.ui(() -> console.open(Protocol.POP3));
        greeted("Authorization");
        Robot.ui(console::logIn);
        Robot.until("alice is logged in", () -> console.phase().equals("Transaction"));
        say("LIST", "+OK");
        say("DELE 3", "+OK");
        Robot.until("the mark is shown", () -> Mailscope.get().focus().moment().sessions().values().stream()
                .anyMatch(s -> s.marked().size() == 1));
    }

    private void authenticate() {
        greeted("Not Authenticated");
        Robot.ui(console::logIn);
        Robot.until("alice is logged in", () -> console.phase().equals("Authenticated"));
    }

    /** The trace says the phase, and what the client has received is on the screen. */
    private void greeted(String phase) {
        Robot.until("the server has greeted", () -> console.isOpen() && console.phase().equals(phase)
                && console.transcript().stream().anyMatch(line -> line.startsWith("S: ")));
    }

    private void say(String line, String answer) {
        var before = Robot.ask(() -> console.transcript().size());
        Robot.ui(() -> console.send(line));
        Robot.until(line + " is answered with " + answer, () -> console.transcript().stream().skip(before)
                .anyMatch(said -> said.contains(answer)));
        Robot.caughtUp();
    }

    /** Lets all views show the last event of that kind. */
    private static void selectLast(Class<? extends What> kind) {
        select(Mailscope.get().server().recording().last(), kind);
    }

    /** The same for the last one up to that event. */
    private static void select(long last, Class<? extends What> kind) {
        var recording = Mailscope.get().server().recording();
        var number = last;
        while (number > 0 && !kind.isInstance(recording.event(number).what())) {
            number--;
        }
        var found = number;
        assertTrue(found > 0, "there is an event of kind " + kind.getSimpleName());
        Robot.ui(() -> Mailscope.get().focus().selectEvent(found));
        Robot.until("it is shown", () -> Mailscope.get().focus().moment().number() == found);
    }

    /** The pictures show the ports that users see, unless another program has them. */
    private static int freeOr0(int port) {
        try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
