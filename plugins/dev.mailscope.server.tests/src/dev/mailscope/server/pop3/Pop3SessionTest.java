package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.CommitLog;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Session.Farewell;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

class Pop3SessionTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void setUp() {
        server.account("alice", "wonderland");
        server.deliver("alice", "A: 1\r\n\r\none\r\n");
        server.deliver("alice", "A: 2\r\n\r\ntwo\r\n");
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @Test
    void theTraceTellsTheWholeSession() throws IOException {
        var connection = login();
        connection.ask("DELE 2");
        connection.ask("QUIT");
        assertEquals(List.of("Connect connected", "Authorization phase", "Authorization response",
                "Authorization sent", "Authorization received USER", "Authorization command USER",
                "Authorization response USER", "Authorization sent USER", "Authorization received PASS",
                "Authorization command PASS", "Transaction phase PASS", "Transaction opened PASS INBOX",
                "Transaction response PASS INBOX", "Transaction sent PASS INBOX",
                "Transaction received DELE INBOX", "Transaction command DELE INBOX",
                "Transaction marked DELE INBOX", "Transaction response DELE INBOX", "Transaction sent DELE INBOX",
                "Transaction received QUIT INBOX", "Transaction command QUIT INBOX", "Update phase QUIT INBOX",
                "Update state QUIT INBOX", "Update left QUIT", "Update response QUIT", "Update sent QUIT",
                "Update closed"), outline(connection.number()));
    }

    @Test
    void markingAndUnmarkingAreTraced() throws IOException {
        var connection = login();
        connection.ask("DELE 2");
        assertEquals(1, session(connection).marked().size());
        connection.ask("RSET");
        assertTrue(session(connection).marked().isEmpty());
        assertEquals(List.of(new What.Marked(2, 2, true), new What.Marked(2, 2, false)), whats(What.Marked.class));
    }

    @Test
    void theRecordedViewIsTheSnapshot() throws IOException {
        var connection = login();
        server.deliver("alice", "A: 3\r\n\r\n");
        server.remove("alice", "INBOX", 1);
        assertEquals(List.of(1L, 2L), List.copyOf(session(connection).told().keySet()));
        assertEquals("+OK 2 26\r\n", connection.ask("STAT"));
    }

    @Test
    void theRecordedViewIsTheSnapshotWhileMailArrives() throws IOException, InterruptedException {
        var stop = new AtomicBoolean();
        var arriving = Thread.ofVirtual().start(() -> {
            for (var uid = 0L; !stop.get() && uid < 20_000;) {
                uid = server.deliver("alice", "A: n\r\n\r\n");
            }
        });
        try {
            for (var i = 0; i < 300; i++) {
                var connection = server.connect("pop3");
                connection.ask("USER alice");
                connection.ask("PASS wonderland");
                assertEquals(session(connection).told().size() + "", connection.ask("STAT").split(" ")[1]);
                connection.cut();
            }
        } finally {
            stop.set(true);
            arriving.join();
        }
    }

    @Test
    void ofManySessionsAtOnceOneGetsTheMaildrop() throws InterruptedException {
        var locks = new MaildropLocks();
        var winners = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var number = 1L; number <= 50; number++) {
            var session = number;
            threads.add(Thread.ofVirtual().start(() -> {
                if (locks.take("alice", session).isEmpty()) {
                    winners.incrementAndGet();
                }
                locks.giveBack("alice", session + 1000);
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(1, winners.get());
        assertTrue(locks.isTaken("alice"));
    }

    @Test
    void aRejectedCommandIsTracedWithItsPlace() throws IOException {
        var connection = login();
        connection.ask("RETR 1x");
        connection.ask("USER alice");
        assertEquals(List.of("RETR 6", "USER 0"), events().stream()
                .filter(event -> event.what() instanceof What.Rejected)
                .map(event -> event.command() + " " + ((What.Rejected) event.what()).offset()).toList());
    }

    @Test
    void aMessageIsReadOnceAtMostToKnowItsSize() throws IOException {
        var read = new AtomicInteger();
        var content = Content.stored("0".repeat(64), 3, () -> {
            read.incrementAndGet();
            return new byte[] {'a', '\n', 'b'};
        });
        server.account("bob", "builder");
        server.store().transact(Cause.SERVER, transaction -> transaction.append("bob",
                transaction.account("bob").inbox().id(), Flags.NONE, TestServer.NOW, content));
        read.set(0); // the recording has read it too
        for (var i = 0; i < 3; i++) {
            var connection = server.connect("pop3");
            connection.ask("USER bob");
            assertEquals("+OK The maildrop has 1 message (6 octets).\r\n", connection.ask("PASS builder"));
            connection.ask("STAT");
            connection.ask("LIST");
            connection.ask("QUIT");
        }
        assertEquals(1, read.get());
    }

    @Test
    void quitWithoutMarksIsNoTransaction() throws IOException {
        var version = server.store().state().version();
        login().ask("QUIT");
        assertEquals(version, server.store().state().version());
    }

    @Test
    void allThatIsMarkedGoesInOneTransaction() throws IOException {
        var version = server.store().state().version();
        var connection = login();
        connection.ask("DELE 1");
        connection.ask("DELE 2");
        assertEquals(version, server.store().state().version());
        connection.ask("QUIT");
        assertEquals(version + 1, server.store().state().version());
        assertEquals(0, server.store().state().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void theMaildropIsFreeBeforeTheAnswerToQuit() throws IOException {
        var locks = new MaildropLocks();
        var session = session(server.store(), locks, server.recording());
        send(session, "USER alice\r\nPASS wonderland\r\n");
        assertTrue(locks.isTaken("alice"));
        session.feed("QUIT\r\n".getBytes(StandardCharsets.US_ASCII), 0, 6);
        session.handle(session.next());
        assertFalse(locks.isTaken("alice"));
    }

    @Test
    void removingTheAccountDoesNotHurtAnOpenSession() throws IOException {
        var connection = login();
        server.store().transact(Cause.SERVER, transaction -> {
            transaction.removeAccount("alice");
            return null;
        });
        assertEquals("+OK 13 octets\r\nA: 1\r\n\r\none\r\n.\r\n", connection.ask("RETR 1"));
        connection.ask("DELE 1");
        assertEquals("+OK Nothing deleted, 1 message gone before that. Goodbye.\r\n", connection.ask("QUIT"));
        var late = server.connect("pop3");
        late.takeAll();
        late.ask("USER alice");
        assertTrue(late.ask("PASS wonderland").startsWith("-ERR [SYS/PERM] "));
    }

    @Test
    void aServerThatFailsSaysSoAndNothingIsDeleted() {
        var log = new FailingLog();
        var store = new MailStore(log, Clock.systemUTC());
        store.transact(Cause.SERVER, transaction -> {
            transaction.createAccount("alice");
            return transaction.append("alice", transaction.account("alice").inbox().id(), Flags.NONE,
                    OffsetDateTime.now(), Content.of(new byte[0]));
        });
        var locks = new MaildropLocks();
        var session = session(store, locks, server.recording());
        log.failing = true;
        assertEquals("-ERR [SYS/TEMP] The server failed at this command; nothing has changed.\r\n",
                send(session, "USER alice\r\nPASS wonderland\r\n").getLast());
        assertFalse(locks.isTaken("alice"));
        log.failing = false;
        send(session, "USER alice\r\nPASS wonderland\r\nDELE 1\r\n");
        log.failing = true;
        assertEquals("-ERR [SYS/TEMP] The server failed; no marked message is deleted.\r\n",
                send(session, "QUIT\r\n").getLast());
        assertFalse(locks.isTaken("alice"));
        assertEquals(1, store.state().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void patienceBeforeLoginIsALimitOfItsOwn() {
        var session = session(server.store(), new MaildropLocks(), server.recording());
        assertEquals(Duration.ofMinutes(11), session.patience());
        send(session, "USER alice\r\nPASS wonderland\r\n");
        assertEquals(Duration.ofMinutes(30), session.patience());
        session.closed();
    }

    @Test
    void tooManyConnectionsAreTurnedAwayWithAReason() {
        var step = session(server.store(), new MaildropLocks(), server.recording())
                .farewell(Farewell.TOO_MANY_CONNECTIONS);
        assertEquals("-ERR [SYS/TEMP] There are too many connections: try again later.\r\n", text(step).getFirst());
        assertEquals(Step.After.CLOSE, step.after());
    }

    @Test
    void noTimestampComesTwice() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            assertTrue(seen.add(Apop.timestamp()));
        }
        assertTrue(seen.stream().allMatch(stamp -> stamp.matches("<[!-~&&[^<>@]]+@[!-~&&[^<>@]]+>")));
    }

    @Test
    void theExampleOfTheRfcIsAnApopDigest() {
        assertTrue(Apop.matches("c4c9334bac560ecc979e58001b3e22fb", "<1896.697170952@dbc.mtview.ca.us>", "tanstaaf"));
        assertFalse(Apop.matches("c4c9334bac560ecc979e58001b3e22fb", "<1896.697170952@dbc.mtview.ca.us>", "tanstaa"));
    }

    @Test
    void implicitMarksAreTraced() throws IOException {
        server.limits(Limits.DEFAULT.withExpire(0));
        var connection = login();
        connection.ask("RETR 2");
        connection.ask("DELE 1");
        connection.ask("QUIT");
        assertEquals(List.of(new What.Marked(1, 1, true), new What.Marked(2, 2, true)), whats(What.Marked.class));
        assertEquals(0, server.store().state().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void uniqueIdsAreOfTheFormTheRfcAsksFor() throws IOException {
        var ids = login().ask("UIDL").lines().filter(line -> Character.isDigit(line.charAt(0)))
                .map(line -> line.split(" ", 2)[1]).toList();
        assertEquals(2, ids.size());
        assertNotEquals(ids.get(0), ids.get(1));
        assertTrue(ids.stream().allMatch(id -> id.matches("[!-~]{1,70}")));
    }

    @Test
    void everyVerbHasAPhaseAndAnExplanation() {
        for (var verb : Pop3Verb.values()) {
            assertFalse(verb.phases().isEmpty());
            assertTrue(verb.syntax().startsWith(verb.name()));
            assertTrue(verb.explanation().endsWith("."), verb.explanation());
            assertTrue(verb.section().matches("RFC \\d+ section \\d+"), verb.section());
        }
        assertEquals(List.of(), Pop3Verb.legalIn(Pop3Phase.Kind.CONNECT));
        assertEquals(List.of(), Pop3Verb.legalIn(Pop3Phase.Kind.UPDATE));
    }

    private SocketlessConnection login() throws IOException {
        var connection = server.connect("pop3");
        connection.ask("USER alice");
        assertEquals("+OK The maildrop has 2 messages (26 octets).\r\n", connection.ask("PASS wonderland"));
        return connection;
    }

    private Pop3Session session(MailStore store, MaildropLocks locks, Recording recording) {
        var credentials = new Credentials();
        credentials.set("alice", "wonderland");
        var session = new Pop3Session(new SessionContext(99, Pop3Session.PROTOCOL, "Connect", store, credentials,
                Limits.DEFAULT.withIdle(Duration.ofMinutes(11), Duration.ofMinutes(30)), recording), locks);
        session.greet();
        return session;
    }

    /** Drives a session by hand, failures included; gives its answers. */
    private static List<String> send(Pop3Session session, String lines) {
        var octets = lines.getBytes(StandardCharsets.US_ASCII);
        session.feed(octets, 0, octets.length);
        var answers = new ArrayList<String>();
        for (var incoming = session.next(); incoming != null; incoming = session.next()) {
            try {
                answers.addAll(text(session.handle(incoming)));
            } catch (OutOfRoom e) {
                answers.addAll(text(session.failed(incoming)));
            }
        }
        return answers;
    }

    private static List<String> text(Step step) {
        var answers = new ArrayList<String>();
        step.responses().forEachRemaining(octets -> answers.add(text(octets)));
        return answers;
    }

    private static String text(Octets octets) {
        return new String(octets.toBytes(), StandardCharsets.ISO_8859_1);
    }

    private SessionState session(SocketlessConnection connection) {
        return server.recording().live().sessions().get(connection.number());
    }

    private List<TraceEvent> events() {
        var events = new ArrayList<TraceEvent>();
        server.eachEvent(events::add);
        return events;
    }

    private <W extends What> List<W> whats(Class<W> kind) {
        return events().stream().map(TraceEvent::what).filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<String> outline(long session) {
        return events().stream().filter(event -> event.session() == session)
                .map(event -> (event.phase() + " " + event.what().kind() + " " + event.command() + " "
                        + event.folder()).strip().replace("  ", " "))
                .toList();
    }

    private static final class OutOfRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class FailingLog implements CommitLog {
        private boolean failing;

        @Override
        public void awaitRoom() {
            if (failing) {
                throw new OutOfRoom();
            }
        }

        @Override
        public void committed(Commit commit) {
            // nobody asks
        }
    }
}
