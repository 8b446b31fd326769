package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.hook.Breakpoint;
import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Step mode, breakpoints and faults, over real connections. */
@Timeout(60)
class DebuggerTest {
    private static final byte[] MAIL = "Subject: one\r\n\r\nabcdef\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FOR_EVER = Duration.ofDays(400_000);

    private final List<WireClient> clients = new ArrayList<>();
    private final Semaphore changes = new Semaphore(0);
    private MailServer server;
    private Debugger debugger;

    @BeforeEach
    void start() throws IOException {
        start(Limits.DEFAULT);
    }

    private void start(Limits limits) throws IOException {
        start(ServerConfig.sample().withPorts(0, 0).withLimits(limits));
    }

    private void start(ServerConfig config) throws IOException {
        if (server != null) {
            server.close();
        }
        server = MailServer.open(config);
        server.start();
        debugger = server.debugger();
        debugger.listen(changes::release);
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.close();
        assertEquals(List.of(), debugger.held());
    }

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

    // ---- what is decided

    @Test
    void aCommandIsEditedAndItsSecretKeptHidden() throws Exception {
        for (var stop : List.of(Stop.BEFORE_PARSING, Stop.BEFORE_EXECUTION)) {
            var point = breakAt(stop, "LOGIN");
            var client = connect("imap");
            client.line();
            client.send("a1 LOGIN bob secret\r\n");
            var held = held();
            assertEquals("a1 LOGIN bob ********", held.passing().octets().toString());
            assertThrows(IllegalArgumentException.class, () -> debugger.release(held, new Decision.Replace(
                    new Octets.Builder().hidden(1).hidden(1).toOctets())));
            goOn(held, new Decision.Replace(new Octets.Builder().text("x LOGIN alice ").hidden(6).text("\r\n")
                    .toOctets()));
            assertTrue(client.line().startsWith("x OK "), stop.words());
            debugger.remove(point);
            var events = since("> a1 LOGIN bob ********");
            assertTrue(events.contains("replaced: > x LOGIN alice ********"), events.toString());
            var replaced = find(What.Replaced.class);
            assertTrue(server.trace().event(replaced.cause()).what() instanceof What.Released);
            assertFalse(held.toString().contains("secret"));
        }
    }

    @Test
    void whatTakesTheClientsPlaceIsFramedAgain() throws Exception {
        var client = imap();
        breakAt(Stop.BEFORE_PARSING, "CHECK");
        client.send("a1 CHECK\r\na2 NOOP\r\n");
        goOn(held(), replace("b1 NOOP\r\nb2 NOO"));
        // Two commands, the second completed by the client's next octets.
        assertEquals("b1 OK NOOP completed.", client.line());
        assertTrue(client.line().startsWith("b2 BAD "));
        assertTrue(since("> a1 CHECK").contains("replaced: > b2 ********"), since("> a1 CHECK").toString());
        client.send("a3 CHECK\r\n");
        goOn(held(), replace("\u0000\u00FF{99999999999999999999}\r\n\r\n{3}\r\n"));
        client.until("* BAD");
        client.send("\r\n");
        client.until("* BAD");
        client.send("a4 NOOP\r\n");
        client.until("a4 OK");
        client.send("a5 CHECK\r\n");
        goOn(held(), replace("b5 NO"));
        client.send("OP\r\n");
        assertEquals("b5 OK NOOP completed.", client.line());
        var again = new Fault("always", Stop.BEFORE_PARSING, is("NOOP"), replace("c1 NOOP\r\n"), false);
        debugger.add(again);
        assertEquals("c1 OK NOOP completed.", client.ask("a6 NOOP"));
        client.send("a7 NOOP\r\na8 NOOP\r\n");
        assertEquals("c1 OK NOOP completed.", client.line());
        assertEquals("c1 OK NOOP completed.", client.line());
    }

    @Test
    void aLiteralIsReplacedAndCompletedByWhatFollows() throws Exception {
        var client = imap();
        breakAt(Stop.BEFORE_PARSING, "APPEND");
        client.send("a1 APPEND INBOX {5}\r\n");
        goOn(held(), Decision.GO_ON);
        assertTrue(client.line().startsWith("+ "));
        client.send("hello\r\n");
        var held = held();
        assertEquals("hello", held.passing().octets().toString());
        goOn(held, replace("HE"));
        client.send("LLO\r\n");
        assertTrue(client.until("a1").contains("a1 OK"));
        assertEquals("HELLO", new String(server.trace().live().server().account("alice").orElseThrow().inbox()
                .messages().get(4L).content().octets(), StandardCharsets.US_ASCII));
        client.send("a2 APPEND INBOX {5}\r\n");
        goOn(held(), new Decision.Answer("[OVERQUOTA] No."));
        assertEquals("a2 NO [OVERQUOTA] No.", client.line());
        assertEquals("a3 OK NOOP completed.", client.ask("a3 NOOP"));
        client.send("a4 APPEND INBOX {5}\r\n");
        goOn(held(), new Decision.Drop());
        assertEquals("a5 OK NOOP completed.", client.ask("a5 NOOP"));
        client.send("a6 APPEND INBOX {5+}\r\nhello\r\n");
        assertEquals("hello", held().passing().octets().toString());
        goOn(held(), new Decision.Answer("No."));
        assertEquals("a6 NO No.", client.line());
        assertEquals("a7 OK NOOP completed.", client.ask("a7 NOOP"));
    }

    @Test
    void aPop3LineIsReplacedDroppedAndAnswered() throws Exception {
        var client = connect("pop3");
        client.line();
        fault(Stop.BEFORE_PARSING, "USER", replace("USER alice\r\n"));
        assertEquals("+OK Now the password, with PASS.", client.ask("USER bob"));
        assertTrue(client.ask("PASS secret").startsWith("+OK"));
        fault(Stop.BEFORE_EXECUTION, "DELE", new Decision.Drop());
        client.send("DELE 1\r\n");
        assertEquals("+OK 3", client.ask("STAT").substring(0, 5));
        fault(Stop.BEFORE_EXECUTION, "DELE", new Decision.Answer("[SYS/TEMP] Not now."));
        assertEquals("-ERR [SYS/TEMP] Not now.", client.ask("DELE 1"));
        fault(Stop.BEFORE_SENDING, "DELE", new Decision.Answer("Lost."));
        assertEquals("-ERR Lost.", client.ask("DELE 1"));
        assertEquals("+OK 2", client.ask("STAT").substring(0, 5));
        fault(Stop.BEFORE_SENDING, "STAT", replace("+OK 99 1\r\n"));
        assertEquals("+OK 99 1", client.ask("STAT"));
        fault(Stop.BEFORE_SENDING, "RETR", new Decision.Split(Decision.Split.IN_LITERAL, Duration.ofMillis(1)));
        assertTrue(client.ask("RETR 2").startsWith("+OK"));
        client.until(".");
        assertEquals(List.of(), debugger.faults());
    }

    @Test
    void anExchangeEndsWhereItsLineIsAnswered() throws Exception {
        for (var protocol : List.of("imap", "pop3")) {
            for (var stop : Stop.values()) {
                var client = connect(protocol);
                client.line();
                var imap = protocol.equals("imap");
                client.ask(imap ? "a1 AUTHENTICATE PLAIN" : "AUTH PLAIN");
                fault(stop, imap ? "AUTHENTICATE" : "AUTH", new Decision.Answer("No."));
                assertEquals(imap ? "a1 NO No." : "-ERR No.", client.ask("AGFsaWNlAHdyb25n"));
                assertTrue(imap ? client.ask("a2 NOOP").equals("a2 OK NOOP completed.")
                        : client.ask("CAPA").startsWith("+OK"));
            }
            var client = connect(protocol);
            client.line();
            var imap = protocol.equals("imap");
            // The challenge itself.
            fault(Stop.BEFORE_SENDING, imap ? "AUTHENTICATE" : "AUTH", new Decision.Answer("No."));
            assertEquals(imap ? "a1 NO No." : "-ERR No.", client.ask(imap ? "a1 AUTHENTICATE PLAIN" : "AUTH PLAIN"));
            assertTrue(imap ? client.ask("a2 NOOP").equals("a2 OK NOOP completed.")
                    : client.ask("CAPA").startsWith("+OK"));
            if (!imap) {
                client.until(".");
            }
            // A response that is lost is still waited for, and one that is replaced is a response.
            client.ask(imap ? "a3 AUTHENTICATE PLAIN" : "AUTH PLAIN");
            fault(Stop.BEFORE_PARSING, imap ? "AUTHENTICATE" : "AUTH", new Decision.Drop());
            client.send("Kg==\r\n");
            await(() -> debugger.faults().isEmpty());
            breakAt(Stop.BEFORE_PARSING, imap ? "AUTHENTICATE" : "AUTH");
            client.send("AGFsaWNlAHdyb25n\r\n");
            var held = held();
            assertEquals("********", held.passing().octets().toString());
            goOn(held, replace("AGFsaWNlAHNlY3JldA==\r\n"));
            assertTrue(client.line().startsWith(imap ? "a3 OK" : "+OK"));
            debugger.remove(debugger.breakpoints().getFirst());
        }
        for (var number = 1L; number <= server.trace().last(); number++) {
            assertFalse(EventText.details(server.trace().event(number)).toString().contains("AGFsa"));
        }
    }

    @Test
    void idleEndsWhereWhatItTellsIsRefused() throws Exception {
        var client = imap();
        client.ask("a1 SELECT INBOX");
        client.until("a1");
        client.ask("a2 IDLE");
        fault(Stop.BEFORE_SENDING, "IDLE", new Decision.Answer("Enough."));
        server.deliver("alice", "INBOX", MAIL);
        assertEquals("a2 NO Enough.", client.line());
        assertEquals("a3 OK NOOP completed.", client.ask("a3 NOOP"));
    }

    @Test
    void anAnswerIsDelayedSplitAndCut() throws Exception {
        var client = imap();
        fault(Stop.BEFORE_SENDING, "NOOP", new Decision.Delay(Duration.ofMillis(30)));
        assertEquals("a1 OK NOOP completed.", client.ask("a1 NOOP"));
        var delayed = find(What.Fault.class);
        assertEquals("fault test before sending: delayed by 30 ms", EventText.what(delayed));
        // The client can have the answer before the trace has noted that it was sent.
        await(() -> find(What.Sent.class).number() > delayed.number());
        var sent = find(What.Sent.class);
        assertTrue(sent.time() - delayed.time() >= 30_000, sent.time() - delayed.time() + " microseconds");
        client.ask("a2 SELECT INBOX");
        client.until("a2");
        server.deliver("alice", "INBOX", MAIL);
        client.ask("a3 NOOP");
        client.until("a3");
        // The first half of the literal comes, and the rest when the session goes on.
        fault(Stop.BEFORE_SENDING, "FETCH", new Decision.Split(Decision.Split.IN_LITERAL, FOR_EVER));
        client.send("a4 FETCH 4 BODY.PEEK[]\r\n");
        assertEquals("* 4 FETCH (BODY[] {" + MAIL.length + "}", client.line());
        assertEquals("Subject: one", client.octets(MAIL.length / 2));
        var other = imap();
        fault(Stop.BEFORE_SENDING, "NOOP", new Decision.Cut(4));
        other.send("b1 NOOP\r\n");
        assertEquals("b1 O", other.line());
        assertNull(other.line());
        assertEquals("closed: the line was cut on purpose", closed());
        server.stop();
        assertNull(client.line());
    }

    @Test
    void theLineIsCutAtEachStop() throws Exception {
        for (var stop : Stop.values()) {
            var client = imap();
            breakAt(stop, "CREATE");
            client.send("a1 NOOP\r\na2 CREATE Cut\r\n");
            assertEquals("a1 OK NOOP completed.", client.line());
            goOn(held(), new Decision.Cut());
            assertNull(client.line());
            assertEquals("closed: the line was cut on purpose", closed());
            assertEquals(stop == Stop.BEFORE_SENDING, hasFolder("Cut"));
            debugger.remove(debugger.breakpoints().getFirst());
        }
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

    // ---- tools

    private WireClient connect(String protocol) throws IOException {
        var client = WireClient.connect(server.address(protocol));
        clients.add(client);
        return client;
    }

    /** A client of IMAP that has logged in. */
    private WireClient imap() throws IOException {
        var client = connect("imap");
        client.line();
        client.ask("l LOGIN alice secret");
        return client;
    }

    private Breakpoint breakAt(Stop stop, String command) {
        var point = new Breakpoint(command, stop, is(command));
        debugger.add(point);
        return point;
    }

    private void fault(Stop stop, String command, Decision how) {
        debugger.add(new Fault("test", stop, is(command), how, true));
    }

    private static Predicate<Passing> is(String command) {
        return passing -> passing.command().equals(command);
    }

    private static Decision replace(String octets) {
        return new Decision.Replace(Octets.of(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The one session that is held, once one is. */
    private Held held() throws InterruptedException {
        await(() -> debugger.held().size() == 1);
        return debugger.held().getFirst();
    }

    private void goOn(Held held, Decision decision) {
        assertTrue(debugger.release(held, decision));
    }

    /** Asks again whenever something has changed with the debugger, or now and then. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            changes.tryAcquire(20, TimeUnit.MILLISECONDS);
        }
    }

    /** The newest session's number. */
    private long session() {
        return server.trace().live().sessions().lastKey();
    }

    private boolean hasFolder(String name) {
        return server.trace().live().server().account("alice").orElseThrow().folder(name).isPresent();
    }

    /** What happened from the last event on that begins so, in words. */
    private List<String> since(String start) {
        var all = server.trace().events(1, Integer.MAX_VALUE).stream().map(EventText::what).toList();
        for (var i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).startsWith(start)) {
                return all.subList(i, all.size());
            }
        }
        return List.of();
    }

    private TraceEvent find(Class<? extends What> kind) {
        return server.trace().events(1, Integer.MAX_VALUE).stream().filter(event -> kind.isInstance(event.what()))
                .reduce((a, b) -> b).orElseThrow();
    }

    /** How the newest session has ended, once it has. */
    private String closed() throws InterruptedException {
        var all = server.trace().events(1, Integer.MAX_VALUE);
        var newest = all.stream().mapToLong(TraceEvent::session).max().orElseThrow();
        await(() -> !server.trace().live().sessions().containsKey(newest));
        var end = find(What.Closed.class);
        assertEquals(newest, end.session());
        return EventText.what(end);
    }
}
