package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/** What is decided on what passes a stop, over real connections. */
@Timeout(60)
class DecisionsTest extends DebuggedServer {
    private static final byte[] MAIL = "Subject: one\r\n\r\nabcdef\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FOR_EVER = Duration.ofDays(400_000);

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
}
