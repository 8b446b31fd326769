package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

class ImapSessionTest {
    @Test
    void whatIsFetchedIsMadeWhenItsTurnComes() throws IOException {
        try (var server = server()) {
            var read = new AtomicInteger();
            for (var i = 0; i < 100; i++) {
                server.store().transact(Cause.SERVER, t -> t.append("alice",
                        t.folder("alice", "INBOX").id(), Flags.NONE, TestServer.NOW,
                        Content.stored("00", 4, () -> {
                            read.incrementAndGet();
                            return new byte[] {'a', 'b', 'c', 'd'};
                        })));
            }
            var session = session(server);
            answer(session, "a1 LOGIN alice wonderland\r\n");
            answer(session, "a2 EXAMINE INBOX\r\n");
            var responses = step(session, "a3 FETCH 1:* (FLAGS BODY.PEEK[])\r\n").responses();
            assertEquals(0, read.get());
            responses.next();
            responses.next();
            assertEquals(2, read.get());
        }
    }

    @Test
    void aFetchAnswersFromTheStateItBeganWith() throws IOException {
        try (var server = server()) {
            server.deliver("alice", "A: 1\r\n\r\n1");
            server.deliver("alice", "A: 2\r\n\r\n2");
            var session = session(server);
            answer(session, "a1 LOGIN alice wonderland\r\n");
            answer(session, "a2 SELECT INBOX\r\n");
            var responses = step(session, "a3 FETCH 1:* FLAGS\r\n").responses();
            assertEquals("* 1 FETCH (FLAGS (\\Recent))", responses.next().firstLine(100));
            server.flags("alice", "INBOX", 2, Flags.SEEN);
            server.remove("alice", "INBOX", 1);
            assertEquals("* 2 FETCH (FLAGS (\\Recent))", responses.next().firstLine(100));
            assertEquals("a3 OK FETCH completed.", responses.next().firstLine(100));
            assertEquals("* 2 FETCH (FLAGS (\\Seen \\Recent)) a4 OK FETCH completed.",
                    answer(session, "a4 FETCH 2 FLAGS\r\n"));
            assertEquals("* 1 EXPUNGE * 1 RECENT a5 OK NOOP completed.", answer(session, "a5 NOOP\r\n"));
        }
    }

    @Test
    void aResponseThatCannotBeMadeEndsTheCommandAndNotTheSession() throws IOException {
        try (var server = server()) {
            server.store().transact(Cause.SERVER, t -> t.append("alice", t.folder("alice", "INBOX").id(), Flags.NONE,
                    TestServer.NOW, Content.stored("00", 4, () -> {
                        throw new IllegalStateException("lost");
                    })));
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice wonderland");
            connection.ask("a2 EXAMINE INBOX");
            assertTrue(connection.ask("a3 FETCH 1 ENVELOPE").startsWith("a3 NO [SERVERBUG] "));
            assertEquals("a4 OK NOOP completed.\r\n", connection.ask("a4 NOOP"));
            assertEquals(1, server.errors().size());
            server.errors().clear();
        }
    }

    @Test
    void anOrdinaryFetchTakesNoTransaction() throws IOException {
        try (var server = server()) {
            server.deliver("alice", "A: 1\r\n\r\n1");
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice wonderland");
            connection.ask("a2 SELECT INBOX");
            var before = server.store().state();
            connection.ask("a3 FETCH 1 (FLAGS BODY.PEEK[])");
            connection.ask("a4 STORE 1 -FLAGS (\\Seen)");
            connection.ask("a5 NOOP");
            assertSame(before, server.store().state());
        }
    }

    @Test
    void theTraceTellsWhichFolderIsOpenAndWhatTheClientWasTold() throws IOException {
        try (var server = server()) {
            server.deliver("alice", "A: 1\r\n\r\n1");
            server.folder("alice", "Work");
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice wonderland");
            connection.ask("a2 SELECT INBOX");
            connection.ask("a3 STORE 1 +FLAGS.SILENT (\\Deleted)");
            connection.ask("a4 EXPUNGE");
            connection.ask("a5 EXAMINE Work");
            connection.ask("a6 SELECT Nowhere");
            connection.ask("a7 SELECT Work");
            connection.ask("a8 LOGOUT");
            assertEquals(List.of("phase Not Authenticated>Authenticated LOGIN",
                    "opened INBOX", "phase Authenticated>Selected SELECT",
                    "told flags 1 (\\Deleted)", "told expunged 1",
                    "left INBOX", "opened Work read-only",
                    "left Work", "phase Selected>Authenticated SELECT",
                    "opened Work", "phase Authenticated>Selected SELECT",
                    "left Work", "phase Selected>Logout LOGOUT"), story(server, connection.number()));
        }
    }

    @Test
    void whatIsToldFollowsTheChangeThatItIsAboutWithNoOtherBetween() throws IOException {
        try (var server = server()) {
            server.deliver("alice", "A: 1\r\n\r\n1");
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice wonderland");
            connection.ask("a2 SELECT INBOX");
            connection.ask("a3 STORE 1 +FLAGS (\\Seen)");
            var events = server.recording().events(1, 1_000);
            for (var i = 1; i < events.size(); i++) {
                if (events.get(i).what() instanceof What.Told) {
                    assertTrue(events.get(i - 1).what() instanceof What.StateChanged, events.get(i - 1).toString());
                    return;
                }
            }
            throw new AssertionError("nothing was told");
        }
    }

    @Test
    void anAccountThatIsRemovedTakesItsSessionsAlong() throws IOException {
        try (var server = server()) {
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice wonderland");
            var other = server.connect("imap");
            other.ask("b1 LOGIN alice wonderland");
            other.ask("b2 SELECT INBOX");
            other.ask("b3 IDLE");
            server.store().transact(Cause.SERVER, t -> {
                t.removeAccount("alice");
                return null;
            });
            assertTrue(connection.ask("a2 LIST \"\" *").startsWith("* BYE The account alice has been removed."));
            assertTrue(connection.isClosedByServer());
            assertTrue(other.ask("DONE").startsWith("* BYE "));
            assertTrue(other.isClosedByServer());
        }
    }

    @Test
    void idleWatchesTheFolderOnlyAsLongAsItLasts() throws IOException {
        try (var server = server()) {
            var woken = new int[1];
            var context = context(server);
            var session = new ImapSession(context);
            var conversation = new Conversation<>(context, session, sink());
            conversation.onWake(() -> woken[0]++);
            conversation.connected("peer", "local");
            conversation.greet();
            send(conversation, "a1 LOGIN alice wonderland\r\na2 SELECT INBOX\r\na3 IDLE\r\n");
            server.deliver("alice", "A: 1\r\n\r\n1");
            assertEquals(1, woken[0]);
            conversation.push();
            var afterPush = woken[0];
            send(conversation, "DONE\r\n");
            server.deliver("alice", "A: 2\r\n\r\n2");
            assertEquals(afterPush, woken[0]);
            send(conversation, "a4 IDLE\r\n");
            var whileIdle = woken[0];
            session.closed();
            server.deliver("alice", "A: 3\r\n\r\n3");
            assertEquals(whileIdle, woken[0]);
        }
    }

    private static List<String> story(TestServer server, long session) {
        var story = new ArrayList<String>();
        server.eachEvent(event -> {
            if (event.session() == session) {
                story.add(words(event));
            }
        });
        story.removeIf(Objects::isNull);
        return story;
    }

    private static String words(TraceEvent event) {
        return switch (event.what()) {
            case What.PhaseChanged(var from, var to, var user) -> "phase " + from + ">" + to + " " + event.command();
            case What.ViewOpened view -> "opened " + view.folder() + (view.readOnly() ? " read-only" : "");
            case What.ViewClosed(var folder) -> "left " + folder;
            case What.Told(var notices) -> "told " + String.join(", ", notices.stream().map(notice -> switch (notice) {
                case Notice.Expunged(var sequence, var uid) -> "expunged " + sequence;
                case Notice.Arrived arrived -> "arrived " + arrived.exists();
                case Notice.FlagsChanged changed -> "flags " + changed.sequence() + " " + changed.flags();
            }).toList());
            default -> null;
        };
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", "wonderland");
        return server;
    }

    private static SessionContext context(TestServer server) {
        var credentials = new Credentials();
        credentials.set("alice", "wonderland");
        return new SessionContext(1, ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, server.store(), credentials,
                Limits.DEFAULT, server.recording());
    }

    private static ImapSession session(TestServer server) {
        return new ImapSession(context(server));
    }

    private static Step step(ImapSession session, String input) {
        var octets = input.getBytes(StandardCharsets.UTF_8);
        session.feed(octets, 0, octets.length);
        return session.handle(session.next());
    }

    private static String answer(ImapSession session, String input) {
        var lines = new ArrayList<String>();
        step(session, input).responses().forEachRemaining(octets -> lines.add(octets.firstLine(200)));
        return String.join(" ", lines);
    }

    private static void send(Conversation<?> conversation, String input)
            throws IOException {
        var octets = input.getBytes(StandardCharsets.UTF_8);
        conversation.receive(octets, 0, octets.length);
    }

    private static Conversation.Sink sink() {
        return new Conversation.Sink() {
            @Override
            public void write(Octets octets) {
                assertTrue(octets.size() > 0);
            }

            @Override
            public void flush() {
                // nothing is kept
            }
        };
    }
}
