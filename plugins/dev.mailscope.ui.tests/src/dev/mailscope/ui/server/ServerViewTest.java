package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.ui.XMLMemento;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.ServerPorts;
import dev.mailscope.ui.WorkbenchServer.State;

class ServerViewTest {
    @BeforeEach
    void open() {
        Robot.openPerspective();
        Robot.view(Mailscope.SERVER_VIEW, ServerView.class);
    }

    @Test
    void showsTheSampleMail() {
        shows("work: Meeting");
        shows("Brand: Advertisement");
        shows("Friend: Meme");
        for (var folder : List.of("INBOX", "Sent", "Drafts", "Trash")) {
            assertTrue(lines().stream().anyMatch(line -> line.startsWith(folder + "\t")), folder);
        }
    }

    @Test
    void whoMayDoWhatWithAFolderIsShown() throws IOException {
        shows("work: Meeting");
        var address = Mailscope.get().server().endpoint("imap").orElseThrow().address();
        try (var socket = new Socket(address.getAddress(), address.getPort());
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout((int) Robot.PATIENCE.toMillis());
            socket.getOutputStream().write("""
                    a LOGIN alice secret\r
                    b SETACL Sent bob lrs\r
                    c SETACL Sent anyone l\r
                    d SETACL Trash alice lra\r
                    e LOGOUT\r
                    """.getBytes(StandardCharsets.US_ASCII));
            assertEquals(4, in.lines().filter(line -> line.matches("[abcd] OK .*")).count());
        }
        Robot.until("it is shown", () -> lines().stream().anyMatch(
                line -> line.startsWith("Sent (access: anyone l, bob lrs)\t")));
        Robot.until("it is shown", () -> lines().stream().anyMatch(
                line -> line.startsWith("Trash (access: alice lra)\t\u2022 " + Messages.mark_changed + "\t")));
        assertTrue(lines().stream().anyMatch(line -> line.startsWith("INBOX\t")));
        reset();
        Robot.until("it is its owner's alone", () -> lines().stream().anyMatch(line -> line.startsWith("Sent\t")));
    }

    @Test
    void whichFoldersAreOpenIsSaved() {
        shows("work: Meeting");
        Robot.ui(() -> Robot.all(Tree.class).stream().flatMap(tree -> Arrays.stream(tree.getItems()))
                .flatMap(account -> Arrays.stream(account.getItems())).filter(item -> item.getText().equals("Sent"))
                .forEach(item -> {
                    var event = new Event();
                    event.item = item;
                    item.getParent().notifyListeners(SWT.Expand, event);
                    item.setExpanded(true);
                }));
        var memento = XMLMemento.createWriteRoot("view");
        Robot.ui(() -> Robot.view(Mailscope.SERVER_VIEW, ServerView.class).saveState(memento));
        assertEquals(Set.of("INBOX", "Sent"), ServerView.opened(memento));
        assertEquals(Set.of("INBOX"), ServerView.opened(null));
    }

    @Test
    void deliverPutsAMarkedRowIntoTheFolder() {
        shows("Friend: Meme");
        Robot.startCommand("dev.mailscope.ui.server.deliver");
        var dialog = Robot.dialog(Messages.deliver_title);
        Robot.ui(() -> Robot.all(dialog, Text.class).stream()
                .filter(t -> t.getText().equals(Messages.deliver_defaultSubject)).findFirst().orElseThrow()
                .setText("Grüße"));
        Robot.press(dialog, "Deliver");
        Robot.until("the message is there and marked new", () -> lines().stream()
                .anyMatch(line -> line.startsWith("Friend: Grüße\t") && line.contains("• " + Messages.mark_new)
                        && line.contains("UID 4")));
        assertTrue(lines().stream().anyMatch(line -> line.startsWith("INBOX\t") && line.contains("\t4\t4\t")),
                () -> lines().toString());
    }

    @Test
    void ofAFolderWithManyMessagesMoreAreListedForWhoAsks() {
        shows("Friend: Meme");
        var server = Mailscope.get().server();
        for (var i = 1; i <= 200; i++) {
            server.deliver("alice", "INBOX", ("Subject: many " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        Robot.until("the newest are there, and the oldest are not", () -> lines().stream()
                .anyMatch(line -> line.startsWith("Older ones\t" + Messages.tree_listOlder + "\tUID < 101\t")));
        assertTrue(lines().stream().noneMatch(line -> line.startsWith("Friend: Meme")));
        Robot.ui(() -> {
            var tree = Robot.only(Tree.class);
            tree.setSelection(Arrays.stream(tree.getItems()).flatMap(account -> Arrays.stream(account.getItems()))
                    .flatMap(folder -> Arrays.stream(folder.getItems()))
                    .filter(item -> item.getText().startsWith("Older")).findFirst().orElseThrow());
            var event = new Event();
            event.item = tree.getSelection()[0];
            tree.notifyListeners(SWT.DefaultSelection, event);
        });
        Robot.until("all are there", () -> lines().stream().anyMatch(line -> line.startsWith("Friend: Meme")));
        assertTrue(lines().stream().noneMatch(line -> line.startsWith("Older")), () -> lines().toString());
        assertEquals(101, Robot.ask(() -> ((Item.OfMessage) Robot.only(Tree.class).getSelection()[0].getData()).uid()));
    }

    @Test
    void resetBringsBackWhatWasDeleted() throws IOException {
        try (var client = new Client()) {
            client.logIn();
            client.say("DELE 1");
            client.say("QUIT");
        }
        Robot.until("the message is gone", () -> lines().stream().noneMatch(l -> l.startsWith("work: Meeting")));
        reset();
        shows("work: Meeting");
        Robot.until("it is marked that all was made anew", () -> lines().stream()
                .anyMatch(l -> l.startsWith("alice\t\u2022 " + Messages.mark_anew + "\t")));
    }

    @Test
    void aSessionWhoseFolderIsGoneSaysSo() throws IOException {
        try (var client = new Client()) {
            client.logIn();
            Robot.until("it knows its mail", () -> row().contains("3 messages"));
            Mailscope.get().server().reset();
            Robot.until("its folder is gone", () -> row().contains(Messages.sessions_folderGone));
        }
    }

    @Test
    void aMarkStaysWhenAnotherSessionIsSelected() throws IOException {
        try (var client = new Client()) {
            Robot.until("its session is there", () -> !Mailscope.get().focus().moment().sessions().isEmpty());
            Robot.ui(() -> Mailscope.get().focus().selectSession(0));
            Mailscope.get().server().deliver("alice", "Trash",
                    "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Robot.until("the folder is marked", () -> lines().stream().anyMatch(l -> l.startsWith("Trash\t\u2022 ")));
            Robot.ui(() -> Mailscope.get().focus()
                    .selectSession(Mailscope.get().focus().moment().sessions().firstKey()));
            assertTrue(lines().stream().anyMatch(l -> l.startsWith("Trash\t\u2022 ")), "it is marked still");
        }
    }

    @Test
    void whatAClientHasNotBeenToldIsReadWhole() throws IOException {
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        try (var client = new Client(); var other = new Client()) {
            client.logIn();
            Mailscope.get().server().deliver("alice", "INBOX",
                    "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.say("DELE 1");
            Robot.until("it is said", () -> row().contains("3 messages, 1 marked")
                    && row().contains("1 at next login"));
            Robot.ui(() -> {
                var table = Robot.only(Table.class);
                for (var column = 0; column < table.getColumnCount(); column++) {
                    var item = table.getItem(0);
                    assertTrue(isWide(table.getColumn(column).getWidth(), item.getFont(column), item.getText(column)),
                            item.getText(column));
                }
                var tree = Robot.only(Tree.class);
                var all = Arrays.stream(tree.getColumns()).mapToInt(TreeColumn::getWidth).sum();
                assertTrue(all <= tree.getClientArea().width, "UIDNEXT is in sight: " + all + " of "
                        + tree.getClientArea().width);
            });
        } finally {
            Robot.ui(() -> Robot.window().getShell().setMaximized(false));
        }
    }

    @Test
    void whatImapIsStillToTellPop3TellsNobodyBeforeTheNextLogin() throws IOException {
        var address = Mailscope.get().server().endpoint("imap").orElseThrow().address();
        try (var client = new Client(); var imap = new Socket(address.getAddress(), address.getPort())) {
            client.logIn();
            imap.getOutputStream().write("a LOGIN alice secret\r\nb SELECT INBOX\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            Robot.until("both know the mail", () -> sessions().stream().filter(row -> row.contains("3 messages"))
                    .count() == 2);
            Mailscope.get().server().deliver("alice", "INBOX",
                    "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Robot.until("it is said", () -> sessions().stream().anyMatch(row -> row.contains("\t1 new\t"))
                    && sessions().stream().anyMatch(row -> row.contains("\t1 at next login\t")));
            imap.getOutputStream().write("c STORE 1 +FLAGS (\\Deleted)\r\nd EXPUNGE\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            Robot.until("what has gone is said, too", () -> sessions().stream().anyMatch(
                    row -> row.contains("\t1 gone, 1 at next login\t")));
        }
        reset();
    }

    // Who resets while a session is open is asked whether to.
    private static void reset() {
        Robot.until("no session is open", () -> Mailscope.get().server().recording().live().sessions().isEmpty());
        Robot.command("dev.mailscope.ui.server.reset");
    }

    private static List<String> row() {
        return Robot.all(Table.class).stream().filter(table -> table.getItemCount() > 0)
                .flatMap(table -> IntStream.range(0, table.getColumnCount()).mapToObj(table.getItem(0)::getText))
                .toList();
    }

    private static List<String> sessions() {
        return Robot.all(Table.class).stream().flatMap(table -> Arrays.stream(table.getItems())
                .map(item -> IntStream.range(0, table.getColumnCount()).mapToObj(item::getText)
                        .collect(Collectors.joining("\t")))).toList();
    }

    private static boolean isWide(int width, Font font, String text) {
        var gc = new GC(Robot.only(Table.class));
        try {
            gc.setFont(font);
            return gc.textExtent(text).x <= width;
        } finally {
            gc.dispose();
        }
    }

    @Test
    void aMessageMarkedByPop3IsStillThereAndSaysByWhom() throws IOException {
        try (var client = new Client()) {
            client.logIn();
            client.say("DELE 2");
            Robot.until("the message is marked", () -> lines().stream().anyMatch(
                    l -> l.startsWith("Brand: Advertisement\tmarked by session ")));
            client.say("RSET");
            Robot.until("the mark is gone", () -> lines().stream().anyMatch(
                    l -> l.startsWith("Brand: Advertisement\t\t")));
        }
    }

    @Test
    void anOlderMomentIsShownAsItWasAndOneActionLeadsBack() throws IOException {
        try (var client = new Client()) {
            client.logIn();
            client.say("DELE 1");
            var marked = Mailscope.get().server().recording().last();
            client.say("QUIT");
            Robot.until("the message is gone", () -> lines().stream().noneMatch(l -> l.startsWith("work: Meeting")));
            Robot.ui(() -> Mailscope.get().focus().selectEvent(marked));
            Robot.until("it is there again, as it was", () -> lines().stream().anyMatch(
                    l -> l.startsWith("work: Meeting\tmarked by session ")));
            var banner = Robot.ask(() -> Robot.only(MomentBanner.class));
            assertTrue(Robot.ask(() -> Robot.all(banner, Label.class).getFirst().getText())
                    .contains(" event " + marked + ","));
            Robot.press(banner, "Back to Live");
            Robot.until("the newest moment is shown", () -> !banner.isVisible()
                    && lines().stream().noneMatch(l -> l.startsWith("work: Meeting")));
        }
    }

    @Test
    void stoppedAndStartedItSaysSo() {
        Robot.command("dev.mailscope.ui.server.stop");
        Robot.until("the line says stopped", () -> labels().contains(Messages.line_stopped));
        Robot.command("dev.mailscope.ui.server.start");
        Robot.until("the line says where it listens", () -> labels().stream()
                .anyMatch(text -> text.startsWith("Running on 127.0.0.1: ")
                        && text.contains("IMAP\u00A0" + port("imap"))
                        && text.contains("POP3S\u00A0" + port("pop3s"))));
    }

    @Test
    void theToolBarOffersStopWhileItRunsAndStartWhileItDoesNot() {
        toolBarOffers("Stop Mail Server", "Start Mail Server");
        Robot.command("dev.mailscope.ui.server.stop");
        toolBarOffers("Start Mail Server", "Stop Mail Server");
        Robot.command("dev.mailscope.ui.server.start");
        toolBarOffers("Stop Mail Server", "Start Mail Server");
    }

    private static void toolBarOffers(String one, String notTheOther) {
        Robot.until("the tool bar offers " + one, () -> Robot.toolItem(one).isEnabled()
                && !Robot.toolItem(notTheOther).isEnabled());
    }

    @Test
    void aTakenPortIsNamedAndAFreeOneInItsPlaceIsAButtonAway() throws IOException {
        var server = Mailscope.get().server();
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = freePort();
            Robot.command("dev.mailscope.ui.server.stop");
            Robot.until("it has stopped", () -> server.situation().state() == State.STOPPED);
            Robot.ui(() -> Preferences.setPorts(new ServerPorts(other.getLocalPort(), free, OptionalInt.of(0),
                    OptionalInt.empty(), OptionalInt.of(free))));
            Robot.command("dev.mailscope.ui.server.start");
            Robot.until("it says which port is taken", () -> server.situation().state() == State.FAILED
                    && labels().stream().anyMatch(t -> t.contains(Integer.toString(other.getLocalPort()))));
            assertTrue(Robot.ask(() -> Robot.all(Button.class).stream()
                    .anyMatch(b -> b.getText().equals(Messages.line_freePorts) && b.isEnabled())));
            Robot.press(Robot.window().getShell(), Messages.line_freePorts);
            Robot.until("it runs", () -> server.situation().state() == State.RUNNING);
            assertNotEquals(other.getLocalPort(), port("imap"));
            assertEquals(free, port("pop3"), "the port that could be had is kept");
            assertNotEquals(free, port("smtp"), "it serves one protocol");
            assertTrue(Mailscope.get().server().endpoint("pop3s").isEmpty(), "what is switched off stays so");
            Robot.until("the button is gone", () -> Robot.all(Button.class).stream()
                    .noneMatch(b -> b.getText().equals(Messages.line_freePorts)));
        } finally {
            Robot.ui(() -> Preferences.setPorts(ServerPorts.FREE));
        }
    }

    @Test
    void aPortThatCannotBeHadIsSaidInTheDialogAndTheServerGoesOn() throws IOException {
        var before = Mailscope.get().server().situation();
        try (var client = new Client(); var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client.logIn();
            Robot.startCommand("dev.mailscope.ui.server.ports");
            var dialog = Robot.dialog(Messages.ports_title);
            choose(dialog, port("imap"), other.getLocalPort());
            Robot.press(dialog, "OK");
            Robot.until("the dialog says so", () -> Robot.all(dialog, Text.class).stream().anyMatch(t -> t.getText()
                    .contains("POP3 cannot have port " + other.getLocalPort())));
            client.say("STAT");
            assertEquals(before, Mailscope.get().server().situation());
            assertEquals(0, Robot.ask(Preferences::pop3Port), "it is not remembered");
            choose(dialog, port("imap"), port("imap"));
            Robot.press(dialog, "OK");
            Robot.until("one port cannot serve two", () -> Robot.all(dialog, Text.class).stream()
                    .anyMatch(t -> t.getText().strip().equals(NLS.bind(Messages.ports_same, "IMAP", "POP3"))));
            Robot.press(dialog, "Cancel");
            client.say("NOOP");
        }
    }

    @Test
    void portsThatCanBeHadAreTakenAndRemembered() throws IOException {
        try {
            var imap = freePort();
            Robot.startCommand("dev.mailscope.ui.server.ports");
            var dialog = Robot.dialog(Messages.ports_title);
            // One is new, the other is the server's own: it can give itself what it has.
            choose(dialog, imap, port("imap"));
            var pop3 = port("imap");
            Robot.press(dialog, "OK");
            Robot.until("the dialog has closed", dialog::isDisposed);
            assertEquals(State.RUNNING, Mailscope.get().server().situation().state());
            assertEquals(imap, port("imap"));
            assertEquals(pop3, port("pop3"));
            assertEquals(imap, Robot.ask(Preferences::imapPort));
            assertEquals(pop3, Robot.ask(Preferences::pop3Port));
        } finally {
            Robot.ui(() -> Preferences.setPorts(ServerPorts.FREE));
        }
    }

    private static void choose(Shell dialog, int imap, int pop3) {
        Robot.ui(() -> {
            var fields = Robot.all(dialog, Spinner.class);
            fields.get(0).setSelection(imap);
            fields.get(1).setSelection(pop3);
        });
    }

    private static int port(String protocol) {
        return Mailscope.get().server().endpoint(protocol).orElseThrow().address().getPort();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void shows(String message) {
        try {
            Robot.until(message + " is shown", () -> lines().stream().anyMatch(l -> l.startsWith(message + "\t")));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but: " + Robot.ask(ServerViewTest::lines), e);
        }
        assertEquals(1, Robot.ask(() -> lines().stream().filter(l -> l.startsWith(message + "\t")).count()), message);
    }

    private static List<String> lines() {
        return Robot.ask(() -> Robot.lines(Robot.only(Tree.class)));
    }

    private static List<String> labels() {
        return Robot.all(Label.class).stream().map(Label::getText).toList();
    }

    /** A POP3 client that waits for each answer. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client() throws IOException {
            var address = Mailscope.get().server().endpoint("pop3").orElseThrow().address();
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setSoTimeout((int) Robot.PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            ok();
        }

        void logIn() throws IOException {
            say("USER alice");
            say("PASS secret");
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            ok();
        }

        private void ok() throws IOException {
            var answer = in.readLine();
            assertTrue(answer != null && answer.startsWith("+OK"), answer);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
