package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Session.Farewell;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** A search that reads mail, which here takes as long as the test wants: each reading of a message needs a permit. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class SearchInProgressTest {
    private static final int MESSAGES = 5;
    private static final String SEARCH = "s SEARCH TEXT needle";

    private final TestServer server = new TestServer();
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger readings = new AtomicInteger();
    private SocketlessConnection searcher;
    private volatile boolean slow;

    @BeforeEach
    void open() throws IOException {
        server.account("alice", "wonderland");
        server.folder("alice", "Work");
        var inbox = server.store().state().account("alice").orElseThrow().folder("INBOX").orElseThrow();
        server.store().transact(Cause.SERVER, t -> {
            for (var i = 1; i <= MESSAGES; i++) {
                var octets = ("Subject: " + i + "\r\n\r\nneedle\r\n").getBytes(StandardCharsets.US_ASCII);
                t.append("alice", inbox.id(), Flags.of(List.of()), TestServer.NOW,
                        Content.stored(Content.of(octets).id(), octets.length, () -> read(octets)));
            }
            return null;
        });
        searcher = selected("INBOX");
        slow = true;
    }

    @AfterEach
    void close() throws IOException {
        // Whoever still waits, because a test has failed, is let go.
        slow = false;
        permits.release(1_000);
        server.close();
    }

    private byte[] read(byte[] octets) {
        if (slow) {
            readings.incrementAndGet();
            permits.acquireUninterruptibly();
        }
        return octets;
    }

    private SocketlessConnection selected(String folder) throws IOException {
        var connection = server.connect("imap");
        connection.ask("a LOGIN alice wonderland");
        assertTrue(connection.ask("b SELECT " + folder).contains("b OK "));
        return connection;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(Work work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Thread search() {
        var search = start(() -> searcher.send((SEARCH + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        awaitReading(1);
        return search;
    }

    private void awaitReading(int message) {
        while (readings.get() < message && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    /** Waits until a thread waits for the turn of the session that searches. */
    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nobodyElseWaitsForIt() throws Exception {
        var search = search();
        // All of these would wait for ever if it held the store's lock, or one that sessions share.
        var other = selected("INBOX");
        assertTrue(other.ask("c STORE 1:* +FLAGS (\\Flagged)").contains("c OK "));
        assertTrue(other.ask("d APPEND INBOX {1+}\r\nx").contains("d OK "));
        assertTrue(other.ask("e COPY 6 Work").contains("e OK "));
        assertTrue(other.ask("f SEARCH FLAGGED").contains("* SEARCH 1 2 3 4 5\r\n"));
        server.deliver("alice", "Another");
        assertTrue(search.isAlive());
        assertEquals("", searcher.untaken());
        slow = false;
        permits.release(MESSAGES);
        search.join();
        // What it found is what there was when it began; what has happened since is told behind it.
        var answer = searcher.takeAll();
        assertTrue(answer.startsWith("* SEARCH 1 2 3 4 5\r\n"), answer);
        assertTrue(answer.contains("* 7 EXISTS\r\n") && answer.contains("* 1 FETCH (FLAGS (\\Flagged"), answer);
        assertTrue(answer.endsWith("s OK SEARCH completed, 5 found.\r\n"), answer);
    }

    @Test
    void whatIsToldUnaskedWaitsForItsEnd() throws Exception {
        searcher.ask("n NOTIFY SET (SELECTED (MessageNew MessageExpunge))");
        searcher.takeAll();
        var search = search();
        server.remove("alice", "INBOX", 1);
        // Whoever wants to push has the turn after the message that is being read, and cannot use it.
        var push = start(server::settle);
        awaitWaiting(push);
        permits.release();
        push.join();
        assertEquals("", searcher.untaken());
        assertTrue(search.isAlive());
        permits.release(MESSAGES);
        search.join();
        assertEquals("* SEARCH 1 2 3 4 5\r\ns OK SEARCH completed, 5 found.\r\n", searcher.takeAll());
        server.settle();
        assertEquals("* 1 EXPUNGE\r\n* 4 RECENT\r\n", searcher.takeAll());
    }

    @Test
    void aServerThatStopsEndsIt() throws Exception {
        var search = search();
        var stop = start(() -> searcher.end(Farewell.SHUTDOWN));
        awaitWaiting(stop);
        permits.release();
        stop.join();
        search.join();
        assertEquals(1, readings.get(), "no message is read after the one that was being read");
        assertEquals("* BYE [UNAVAILABLE] The server stops: goodbye.\r\n", searcher.takeAll());
        assertBrokenOff("SEARCH has been broken off: looked at 1 of 5 messages");
    }

    @Test
    void aClientThatGoesEndsIt() throws Exception {
        searcher.ask("$ UID SEARCH RETURN (SAVE) 2");
        var search = search();
        permits.release(2);
        awaitReading(3);
        var lost = start(searcher::lost);
        awaitWaiting(lost);
        permits.release();
        lost.join();
        search.join();
        assertEquals(3, readings.get(), "no message is read after the one that was being read");
        assertEquals("", searcher.untaken());
        searcher.cut();
        assertBrokenOff("SEARCH has been broken off: looked at 3 of 5 messages");
    }

    private void assertBrokenOff(String remark) {
        var remarks = new StringBuilder();
        server.eachEvent(event -> {
            if (event.what() instanceof What.Remark(var text) && event.session() == searcher.number()) {
                remarks.append(text);
            }
        });
        assertEquals(remark, remarks.toString());
    }

    @Test
    void progressIsToldWhileItLasts() throws Exception {
        var search = search();
        server.pass(Duration.ofSeconds(11));
        permits.release();
        awaitReading(2);
        assertEquals("", searcher.untaken());
        server.pass(Duration.ofSeconds(1));
        permits.release();
        awaitReading(3);
        assertEquals("* OK [INPROGRESS (\"s\" 2 5)] Looked at 2 of 5 messages.\r\n", searcher.takeAll());
        // Not when it is through anyway.
        permits.release(2);
        awaitReading(5);
        server.pass(Duration.ofSeconds(60));
        permits.release();
        search.join();
        assertEquals("* SEARCH 1 2 3 4 5\r\ns OK SEARCH completed, 5 found.\r\n", searcher.takeAll());
        assertFalse(searcher.isClosedByServer());
    }
}
