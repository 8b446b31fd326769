package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** NOTIFY: who believes what it tells of other folders knows what there is; and what the trace has of it. */
class NotifyTest {
    private static final Pattern LIST = Pattern.compile(
            "\\* LIST \\(([^)]*)\\) \"/\" (\\S+)(?: \\(\"OLDNAME\" \\((\\S+)\\)\\))?");
    private static final Pattern STATUS = Pattern.compile("\\* STATUS (\\S+) \\((.*)\\)");
    private static final List<String> NAMES = List.of("a", "b", "a/x", "a/y", "b/x", "a/x/1", "b/x/2", "c");

    private final TreeSet<String> folders = new TreeSet<>();
    private final TreeSet<String> subscribed = new TreeSet<>();
    private final TreeMap<String, TreeMap<String, String>> statuses = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoBelievesItKnowsWhatThereIs(long seed) throws IOException {
        var random = new Random(seed);
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            var watcher = loggedIn(server);
            var other = loggedIn(server);
            believe(watcher.ask("n NOTIFY SET STATUS (personal (MessageNew MessageExpunge FlagChange MailboxName"
                    + " SubscriptionChange)) (mailboxes (" + String.join(" ", NAMES) + ") (SubscriptionChange"
                    + " MailboxName))"));
            folders.add(Folder.INBOX);
            for (var round = 0; round < 200; round++) {
                if (random.nextInt(4) == 0) {
                    // The watcher's own doing is not told, so it has to know by itself.
                    var name = NAMES.get(random.nextInt(NAMES.size()));
                    believe(watcher.ask("s SUBSCRIBE " + name));
                    subscribed.add(name);
                } else {
                    world(server, other, random);
                }
                server.settle();
                believe(watcher.takeAll());
                agrees(server);
            }
            assertTrue(statuses.size() > 2, "much has happened");
        }
    }

    @Test
    void manyChangesAtOnceAreToldOnce() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            List.of("a", "b", "b/x", "c").forEach(name -> server.folder("alice", name));
            var watcher = loggedIn(server);
            var other = loggedIn(server);
            watcher.ask("n NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
            // Nobody lets the watcher be told before all of it has happened.
            List.of("1 RENAME a t", "2 RENAME b a", "3 RENAME t b", "4 RENAME a/x a/z", "5 DELETE c", "6 CREATE c",
                    "7 CREATE d", "8 DELETE d").forEach(command -> {
                        try {
                            other.ask(command);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
            server.deliver("alice", "x\r\n");
            server.deliver("alice", "y\r\n");
            server.settle();
            assertEquals("""
                    * LIST (\\HasNoChildren) "/" b ("OLDNAME" (a))
                    * LIST (\\HasChildren) "/" a ("OLDNAME" (b))
                    * LIST (\\HasNoChildren) "/" a/z ("OLDNAME" (a/x))
                    * LIST (\\HasChildren) "/" a
                    * LIST (\\HasNoChildren) "/" b
                    * LIST (\\HasNoChildren) "/" c
                    * STATUS INBOX (MESSAGES 2 UIDNEXT 3)
                    """.replace("\n", "\r\n"), watcher.takeAll());
        }
    }

    @Test
    void whatOthersDidBeforeACommandOfItsOwnIsToldInIt() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.folder("alice", "a");
            var watcher = loggedIn(server);
            watcher.ask("n NOTIFY SET (personal (MailboxName MessageNew MessageExpunge))");
            server.folder("alice", "b");
            server.deliver("alice", "x\r\n");
            assertEquals("""
                    * LIST (\\HasNoChildren) "/" b
                    * STATUS INBOX (MESSAGES 1 UIDNEXT 2)
                    x OK [MAILBOXID (F4)] Folder c created.
                    """.replace("\n", "\r\n"), watcher.ask("x CREATE c"));
            server.settle();
            assertEquals("", watcher.takeAll());
            // Asked for anew, what is not told yet is told as it was asked for.
            server.deliver("alice", "y\r\n");
            assertEquals("* STATUS INBOX (MESSAGES 2 UIDNEXT 3)\r\ny OK NOTIFY completed.\r\n",
                    watcher.ask("y NOTIFY SET (mailboxes a (MailboxName))"));
        }
    }

    @Test
    void anExpungeThatAFetchMayNotTellIsToldBehindIt() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.deliver("alice", "x\r\n");
            server.deliver("alice", "y\r\n");
            var watcher = loggedIn(server);
            watcher.ask("s SELECT INBOX");
            watcher.ask("n NOTIFY SET (selected (MessageNew MessageExpunge))");
            server.remove("alice", "INBOX", 1);
            assertEquals("* 2 FETCH (UID 2)\r\nf OK FETCH completed.\r\n", watcher.ask("f FETCH 2 UID"));
            server.settle();
            assertEquals("* 1 EXPUNGE\r\n* 1 RECENT\r\n", watcher.takeAll());
        }
    }

    @Test
    void theTraceNamesNotifyAsTheCauseOfWhatIsToldBetweenCommands() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            var watcher = loggedIn(server);
            watcher.ask("s SELECT INBOX");
            watcher.ask("n NOTIFY SET (selected (MessageNew MessageExpunge))");
            var asked = last(server, What.Command.class);
            watcher.ask("c CAPABILITY");
            server.deliver("alice", "x\r\n");
            server.settle();
            for (var kind : List.of(What.Told.class, What.Response.class, What.StateChanged.class)) {
                var event = last(server, kind);
                assertEquals("NOTIFY", event.command());
                assertEquals(asked.number(), event.cause());
            }
            assertEquals(1, server.recording().live().sessions().get(watcher.number()).told().size());
        }
    }

    @Test
    void nobodyIsWokenWhoHasLeftOrWantsNothing() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            var watcher = loggedIn(server);
            watcher.ask("n NOTIFY SET (personal (MailboxName))");
            server.settle();
            assertTrue(wakes(server, watcher));
            watcher.ask("n NOTIFY NONE");
            assertFalse(wakes(server, watcher));
            watcher.ask("n NOTIFY SET (selected (MessageNew MessageExpunge))");
            watcher.ask("n NOTIFY SET (inboxes (MessageNew MessageExpunge))");
            assertTrue(wakes(server, watcher));
            watcher.cut();
            assertFalse(wakes(server, watcher));
        }
    }

    private static boolean wakes(TestServer server, SocketlessConnection connection) throws IOException {
        server.deliver("alice", "x\r\n");
        var woken = connection.isWoken();
        server.settle();
        return woken;
    }

    private static TraceEvent last(TestServer server, Class<? extends What> kind) {
        var found = new ArrayList<TraceEvent>();
        server.eachEvent(event -> {
            if (kind.isInstance(event.what())) {
                found.add(event);
            }
        });
        return found.getLast();
    }

    private static SocketlessConnection loggedIn(TestServer server) throws IOException {
        var connection = server.connect("imap");
        connection.ask("l LOGIN alice wonderland");
        return connection;
    }

    private static void world(TestServer server, SocketlessConnection other, Random random) throws IOException {
        var one = NAMES.get(random.nextInt(NAMES.size()));
        var two = NAMES.get(random.nextInt(NAMES.size()));
        switch (random.nextInt(9)) {
            case 0 -> other.ask("w CREATE " + one);
            case 1, 2 -> other.ask("w DELETE " + one);
            case 3, 4 -> other.ask("w RENAME " + one + " " + two);
            case 5 -> other.ask((random.nextBoolean() ? "w UNSUBSCRIBE " : "w SUBSCRIBE ") + one);
            case 6 -> change(server, t -> t.setFlags("alice", t.folder("alice", one).id(), 1,
                    random.nextBoolean() ? Flags.SEEN : Flags.NONE));
            case 7 -> change(server, t -> t.expunge("alice", t.folder("alice", one).id(), 1 + random.nextInt(3)));
            default -> other.ask("w APPEND " + one + " {2+}\r\nhi");
        }
    }

    private interface Work {
        void in(Transaction t);
    }

    private static void change(TestServer server, Work work) {
        try {
            server.store().transact(Cause.SERVER, t -> {
                work.in(t);
                return null;
            });
        } catch (MailboxException e) {
            // no such folder just now
        }
    }

    private void believe(String answer) {
        for (var line : answer.split("\r\n")) {
            var list = LIST.matcher(line);
            var status = STATUS.matcher(line);
            if (list.matches()) {
                listed(list.group(1), list.group(2), list.group(3));
            } else if (status.matches()) {
                status(statuses.computeIfAbsent(status.group(1), name -> new TreeMap<>()), status.group(2));
            } else {
                assertTrue(line.isEmpty() || line.matches("\\w OK .*"), line);
            }
        }
    }

    private static void status(TreeMap<String, String> known, String items) {
        var words = items.split(" ");
        for (var i = 0; i < words.length; i += 2) {
            known.put(words[i], words[i + 1]);
        }
    }

    private void listed(String attributes, String name, String oldName) {
        if (oldName != null) {
            for (var old : List.copyOf(folders)) {
                if (old.equals(oldName) || old.startsWith(oldName + "/")) {
                    folders.remove(old);
                    folders.add(name + old.substring(oldName.length()));
                }
            }
        }
        if (attributes.contains("\\NonExistent")) {
            folders.remove(name);
        } else {
            folders.add(name);
        }
        if (attributes.contains("\\Subscribed")) {
            subscribed.add(name);
        } else {
            subscribed.remove(name);
        }
    }

    private void agrees(TestServer server) {
        var account = server.store().state().account("alice").orElseThrow();
        assertEquals(account.folders().keySet(), folders);
        assertEquals(account.subscriptions(), subscribed);
        for (var folder : account.folders().values()) {
            if (folder.selectable() && !folder.isInbox()) {
                var known = statuses.getOrDefault(folder.name(), new TreeMap<>());
                assertEquals(String.valueOf(folder.uidValidity()), known.get("UIDVALIDITY"), folder.name());
                assertEquals(String.valueOf(folder.size()), known.get("MESSAGES"), folder.name());
                assertEquals(String.valueOf(folder.uidNext()), known.get("UIDNEXT"), folder.name());
                assertEquals(String.valueOf(folder.unseen()), known.get("UNSEEN"), folder.name());
            }
        }
    }
}
