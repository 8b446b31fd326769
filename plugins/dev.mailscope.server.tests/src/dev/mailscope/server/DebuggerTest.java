package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.hook.Breakpoint;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/** Step mode and breakpoints, over real connections: where sessions are held, and how that ends. */
@Timeout(60)
class DebuggerTest extends DebuggedServer {
    private static final byte[] MAIL = "Subject: one\r\n\r\nabcdef\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FOR_EVER = Duration.ofDays(400_000);

    // ---- where it is held

    @Test
    void aSteppedImapSessionIsHeldAtEachStop() throws Exception {
        var client = imap();
        debugger.step(session(), true);
        client.send("a1 CREATE Box\r\n");
        var held = held();
        assertEquals(Stop.BEFORE_PARSING, held.stop());
        assertEquals("step mode", held.why());
        assertEquals("a1 CREATE Box", held.passing().octets().toString());
        assertTrue(server.trace().event(held.cause()).what() instanceof What.Received);
        goOn(held, Decision.GO_ON);
        held = held();
        assertEquals(Stop.BEFORE_EXECUTION, held.stop());
        assertTrue(server.trace().event(held.cause()).what() instanceof What.Command);
        assertFalse(hasFolder("Box"));
        goOn(held, Decision.GO_ON);
        held = held();
        assertEquals(Stop.BEFORE_SENDING, held.stop());
        assertTrue(server.trace().event(held.cause()).what() instanceof What.Response);
        assertTrue(hasFolder("Box"));
        debugger.step(session(), false);
        goOn(held, Decision.GO_ON);
        assertEquals("a1 OK [MAILBOXID (F6)] Folder Box created.", client.line());
        assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
        assertEquals(List.of("held before parsing: step mode", "released before parsing: goes on", "a1 CREATE",
                "held before execution: step mode", "released before execution: goes on"),
                since("> a1 CREATE Box").subList(1, 6));
    }

    @Test
    void aSteppedPop3SessionIsHeldAtEachStopAndTheGreetingToo() throws Exception {
        debugger.stepAll(true);
        var client = connect("pop3");
        goOn(held(), Decision.GO_ON);
        client.line();
        client.send("CAPA\r\n");
        for (var stop : Stop.values()) {
            var held = held();
            assertEquals(stop, held.stop());
            assertEquals("CAPA", held.passing().command());
            assertEquals("pop3", held.passing().protocol());
            assertEquals("Authorization", held.passing().phase());
            goOn(held, Decision.GO_ON);
        }
        client.until(".");
        debugger.stepAll(false);
        assertEquals("+OK Goodbye.", client.ask("QUIT"));
    }

    @Test
    void othersGoOnWhileOneIsHeldAndSoDoesTheState() throws Exception {
        var one = imap();
        breakAt(Stop.BEFORE_EXECUTION, "STORE");
        one.ask("a1 SELECT INBOX");
        one.until("a1");
        one.send("a2 STORE 1 +FLAGS (\\Deleted)\r\na3 NOOP\r\n");
        var held = held();
        assertEquals("INBOX", held.passing().folder());
        var two = imap();
        two.ask("b1 SELECT INBOX");
        two.until("b1");
        two.ask("b2 UID STORE 2 +FLAGS (\\Answered)");
        two.until("b2");
        goOn(held, Decision.GO_ON);
        assertTrue(one.until("a2 ").contains("\\Answered"));
        one.until("a3 OK");
    }

    @Test
    void aSearchInProgressIsHeldWhenItTellsHowFarItIs() throws Exception {
        start(ServerConfig.sample().withPorts(0, 0).withProgress(Duration.ofNanos(1)));
        var client = imap();
        client.ask("a1 SELECT INBOX");
        client.until("a1");
        breakAt(Stop.BEFORE_SENDING, "SEARCH");
        client.send("a2 SEARCH TEXT a\r\na3 NOOP\r\n");
        var held = held();
        assertTrue(held.passing().octets().toString().startsWith("* OK [INPROGRESS (\"a2\" 1 "));
        goOn(held, Decision.GO_ON);
        assertTrue(client.line().startsWith("* OK [INPROGRESS (\"a2\" 1 "));
        // Refused in the middle, it is over, and looks at nothing more.
        goOn(held(), new Decision.Answer("not today"));
        assertEquals("a2 NO not today", client.line());
        assertEquals("a3 OK NOOP completed.", client.line());
        assertTrue(EventText.what(find(What.Remark.class)).contains("SEARCH has been broken off: looked at 2 of "),
                EventText.what(find(What.Remark.class)));
        client.send("a4 SEARCH TEXT a\r\n");
        held();
        client.close();
        assertTrue(closed().contains("client closed the connection"), closed());
    }

    @Test
    void aHundredSessionsAreHeldAtOnce() throws Exception {
        breakAt(Stop.BEFORE_PARSING, "NOOP");
        for (var i = 0; i < 100; i++) {
            var client = connect("imap");
            client.line();
            client.send("a NOOP\r\n");
        }
        await(() -> debugger.held().size() == 100);
        var other = connect("imap");
        other.line();
        assertTrue(other.ask("b CAPABILITY").startsWith("* CAPABILITY"));
        debugger.releaseAll();
        for (var client : clients.subList(0, 100)) {
            assertEquals("a OK NOOP completed.", client.line());
        }
    }

    @Test
    void whatAnIdlingClientIsToldIsHeldToo() throws Exception {
        var client = imap();
        client.ask("a1 SELECT INBOX");
        client.until("a1");
        client.ask("a2 IDLE");
        debugger.step(session(), true);
        server.deliver("alice", "INBOX", MAIL);
        var held = held();
        assertEquals(Stop.BEFORE_SENDING, held.stop());
        assertEquals("* 4 EXISTS", held.passing().octets().firstLine(40));
        server.deliver("alice", "INBOX", MAIL);
        client.send("DONE\r\n");
        goOn(held, Decision.GO_ON);
        assertEquals("* 4 EXISTS", client.line());
        debugger.step(session(), false);
        await(() -> {
            debugger.releaseAll();
            return since("> DONE").contains("a2 IDLE");
        });
        assertTrue(client.until("a2 OK").contains("* 5 EXISTS"));
    }

    @Test
    void tlsBeginsAfterItsAnswerWasHeld() throws Exception {
        breakAt(Stop.BEFORE_SENDING, "STARTTLS");
        var client = connect("imap");
        client.line();
        client.send("a1 STARTTLS\r\na2 NOOP\r\n");
        var held = held();
        client.send("a3 LOGOUT\r\n");
        goOn(held, Decision.GO_ON);
        assertEquals("a1 OK Begin the TLS negotiation now.", client.line());
        var plain = connect("imap");
        plain.line();
        plain.send("a1 STARTTLS\r\n");
        goOn(held(), Decision.GO_ON);
        plain.line();
        plain.startTls(WireClient.trusting(server.certificate(), null));
        assertEquals("a2 OK NOOP completed.", plain.ask("a2 NOOP"));
        debugger.step(session(), true);
        plain.send("a3 LOGOUT\r\n");
        held();
        plain.close();
        await(() -> debugger.held().isEmpty());
    }

    @Test
    void compressionBeginsAfterItsAnswerWasHeld() throws Exception {
        var client = imap();
        breakAt(Stop.BEFORE_SENDING, "COMPRESS");
        client.send("a1 COMPRESS DEFLATE\r\n");
        goOn(held(), Decision.GO_ON);
        assertTrue(client.line().startsWith("a1 OK"));
        client.startDeflate();
        breakAt(Stop.BEFORE_SENDING, "NOOP");
        client.send("a2 NOOP\r\n");
        goOn(held(), Decision.GO_ON);
        assertEquals("a2 OK NOOP completed.", client.line());
    }

    // ---- how it ends

    @Test
    void aStopEndsWhatIsHeldAtOnce() throws Exception {
        for (var stop : Stop.values()) {
            var client = imap();
            breakAt(stop, "CREATE");
            client.send("a1 CREATE Never" + stop + "\r\na2 CREATE Nor\r\n");
            held();
            server.stop();
            assertTrue(client.line().startsWith("* BYE "), stop.words());
            assertNull(client.line());
            assertEquals("closed: server stopped", closed());
            assertEquals(List.of(), debugger.held());
            assertEquals(stop == Stop.BEFORE_SENDING, hasFolder("Never" + stop));
            assertFalse(hasFolder("Nor"));
            assertTrue(since("held " + stop.words()).contains(
                    "released " + stop.words() + ": not any more: the server stops"));
            debugger.remove(debugger.breakpoints().getFirst());
            server.start();
        }
        fault(Stop.BEFORE_EXECUTION, "NOOP", new Decision.Delay(FOR_EVER));
        var client = imap();
        client.send("a1 NOOP\r\n");
        await(() -> debugger.faults().isEmpty());
        server.stop();
        assertTrue(client.line().startsWith("* BYE "));
    }

    @Test
    void aClientThatGoesIsHeldNoLonger() throws Exception {
        breakAt(Stop.BEFORE_EXECUTION, "CREATE");
        var client = imap();
        client.send("a1 CREATE Box\r\n");
        var held = held();
        client.send("a2 NOOP\r\n");
        client.close();
        await(() -> debugger.held().isEmpty());
        assertTrue(closed().startsWith("closed: c"));
        assertFalse(debugger.release(held, Decision.GO_ON));
        assertFalse(hasFolder("Box"));
    }

    @Test
    void noSilenceIsHeldAgainstAHeldSession() throws Exception {
        start(Limits.DEFAULT.withIdle(Duration.ofMillis(1_500), Duration.ofMillis(1_500)));
        var client = imap();
        client.ask("a1 SELECT INBOX");
        client.until("a1");
        client.ask("a2 IDLE");
        debugger.step(session(), true);
        server.deliver("alice", "INBOX", MAIL);
        var held = held();
        await(() -> held.since().plusMillis(3_500).isBefore(Instant.now()));
        debugger.step(session(), false);
        goOn(held, Decision.GO_ON);
        assertEquals("* 4 EXISTS", client.line());
        client.send("DONE\r\n");
        assertTrue(client.until("a2 ").contains("a2 OK"));
    }

    // ---- what is set

    @Test
    void whatCannotBeIsRefused() throws Exception {
        var client = imap();
        breakAt(Stop.BEFORE_PARSING, "NOOP");
        client.send("a1 NOOP\r\n");
        var held = held();
        assertThrows(IllegalArgumentException.class,
                () -> debugger.release(held, new Decision.Split(1, Duration.ZERO)));
        assertThrows(IllegalArgumentException.class, () -> debugger.release(held, new Decision.Cut(1)));
        assertThrows(IllegalArgumentException.class, () -> new Decision.Answer("two\r\nlines"));
        assertThrows(IllegalArgumentException.class, () -> new Fault("f", Stop.BEFORE_SENDING, p -> true,
                new Decision.Replace(new Octets.Builder().hidden(1).toOctets()), true));
        assertEquals(List.of(held), debugger.held());
        assertTrue(debugger.release(held, Decision.GO_ON));
        assertFalse(debugger.release(held, Decision.GO_ON));
        assertEquals("a1 OK NOOP completed.", client.line());
    }

    @Test
    void aConditionThatFailsIsTakenOut() throws Exception {
        debugger.add(new Breakpoint("bad", Stop.BEFORE_PARSING, p -> {
            throw new IllegalStateException("no such name");
        }));
        var client = imap();
        assertEquals("a1 OK NOOP completed.", client.ask("a1 NOOP"));
        assertEquals(List.of(), debugger.breakpoints());
        assertFalse(debugger.stops(1, Stop.BEFORE_PARSING));
        assertEquals("The breakpoint bad has failed and is taken out: java.lang.IllegalStateException: no such name",
                EventText.what(find(What.Remark.class)));
    }
}
