package dev.mailscope.server.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.command.CommandParser;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.pop3.Pop3Parser;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** What is found in what a client does, and that what is only alike is not found. */
class FindingsTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void fill() {
        server.account("alice", "wonderland");
        for (var i = 1; i <= 6; i++) {
            server.deliver("alice", "INBOX", ("Subject: " + i + "\r\n\r\nText\r\n").getBytes(StandardCharsets.US_ASCII),
                    Flags.NONE, TestServer.NOW);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aCommandInTheWrongPhase() throws IOException {
        var imap = server.connect("imap");
        imap.ask("a1 FETCH 1 FLAGS");
        imap.ask("a2 LOGIN alice");
        var pop3 = server.connect("pop3");
        pop3.ask("STAT");
        assertFound("FETCH was sent in Not Authenticated.", Rule.WRONG_PHASE, "STAT was sent in Authorization.",
                Rule.POP3_WRONG_PHASE);
    }

    @Test
    void aCommandThatThereIsNot() throws IOException {
        server.connect("imap").ask("a1 XYZZY wonderland");
        var imap = loggedIn();
        imap.ask("a2 XYZZY");
        imap.ask("a3 UID STORES 1 FLAGS ()");
        imap.ask("FETCH 1 FLAGS");
        imap.ask("");
        imap.ask("a4");
        server.connect("pop3").ask("XYZZY wonderland");
        var pop3 = pop3();
        pop3.ask("XYZZY");
        pop3.ask("RETRX");
        pop3.ask("");
        var known = "Not understood at octet 3: expected a known command, found another word";
        var there = "This is no POP3 command. In the %s phase there are %s.";
        var login = there.formatted("Authorization", "CAPA, USER, PASS, APOP, AUTH, STLS, UTF8, LANG, QUIT");
        assertFound(known + ".", Rule.UNKNOWN_COMMAND, known + ": XYZZY.", Rule.UNKNOWN_COMMAND, known + ".",
                Rule.UNKNOWN_COMMAND, login, Rule.POP3_UNKNOWN_COMMAND, there.formatted("Transaction",
                        "CAPA, LANG, STAT, LIST, UIDL, RETR, TOP, DELE, RSET, NOOP, QUIT"), Rule.POP3_UNKNOWN_COMMAND);
        assertTrue(found().stream().noneMatch(finding -> finding.text().contains("wonderland")));
    }

    @Test
    void aCommandThatTheServerUnderstandsIsKnownWhoeverReadsIt() {
        var recording = server.recording();
        for (var answer : List.of("a1 OK done", "a1 NO not now", "a1 BAD what?", "* BAD what?")) {
            refused("imap", "a1 XLIST", CommandParser.KNOWN_COMMAND, answer);
        }
        for (var answer : List.of("+OK done", "-ERR [SYS/TEMP] not now", "-ERR what?")) {
            refused("pop3", "XTND", Pop3Parser.NO_COMMAND, answer);
        }
        assertEquals(List.of(Rule.UNKNOWN_COMMAND, Rule.POP3_UNKNOWN_COMMAND),
                found().stream().map(Finding::rule).toList());
        assertEquals("a1 BAD what?", text(found().getFirst().event()));
        assertEquals("-ERR what?", text(found().getLast().event()));
        assertEquals("XTND", text(found().getLast().events().getFirst()));
        assertEquals(recording.last(), found().getLast().event());
    }

    /** A session of a server that has more commands than this one, as a capture shows it. */
    private void refused(String protocol, String line, String problem, String answer) {
        var session = 1_000 + server.recording().last();
        var received = server.recording().record(session, protocol, 0, "", "", "", new What.Received(Octets.of(line)));
        var rejected = server.recording().record(session, protocol, received, "", "", "",
                new What.Rejected("a1", protocol.equals("imap") ? "expected " + problem : problem, 0));
        server.recording().record(session, protocol, rejected, "", "", "", new What.Response(Octets.of(answer)));
    }

    private String text(long event) {
        return switch (server.recording().event(event).what()) {
            case What.Received(var octets) -> octets.firstLine(100);
            case What.Response(var octets) -> octets.firstLine(100);
            default -> "";
        };
    }

    @Test
    void aMessageNumberOfPop3ThatNamesNothing() throws IOException {
        var client = pop3();
        client.ask("RETR 6\r\nTOP 1 0\r\nLIST 2\r\nUIDL 3\r\nLIST\r\nUIDL");
        server.deliver("alice", "one that comes too late");
        assertFound();
        client.ask("RETR 7");
        client.ask("DELE 2");
        client.ask("DELE 2");
        client.ask("RSET");
        client.ask("LIST 2");
        client.ask("TOP 99 1");
        client.ask("QUIT");
        assertFound("Message 7 was named.", Rule.NO_SUCH_MESSAGE,
                "Message 2 was named, and is marked.", Rule.NO_SUCH_MESSAGE,
                "Message 99 was named.", Rule.NO_SUCH_MESSAGE);
    }

    @Test
    void aNumberThatNamesAnotherMessageAfterAnExpunge() throws IOException {
        var client = selected();
        client.ask("a3 FETCH 3 BODY.PEEK[]");
        server.remove("alice", "INBOX", 1);
        client.ask("a4 STORE 3 +FLAGS (\\Flagged)");
        // The client had not been told yet: number 3 was still what it had read.
        assertFound();
        client.ask("a5 NOOP");
        client.ask("a6 STORE 3 +FLAGS (\\Deleted)");
        assertFound("Number 3 named the message with UID 3; now it names UID 4.", Rule.NUMBER_MOVED);
        client.ask("a7 STORE 2 -FLAGS (\\Deleted)");
        client.ask("a8 STORE 6 +FLAGS (\\Seen)");
        assertFound("Number 3 named the message with UID 3; now it names UID 4.", Rule.NUMBER_MOVED,
                "Message 6 was named, and there are 5.", Rule.NUMBER_GONE);
    }

    @Test
    void aClientThatCountsAlongOrReadsAnewIsRight() throws IOException {
        var client = selected();
        client.ask("a3 FETCH 3 BODY.PEEK[]");
        server.remove("alice", "INBOX", 1);
        client.ask("a5 NOOP");
        client.ask("a6 STORE 2 +FLAGS (\\Flagged)");
        client.ask("a7 FETCH 1:* FLAGS");
        client.ask("a8 STORE 3 +FLAGS (\\Flagged)");
        client.ask("a9 FETCH 9 FLAGS");
        assertFound();
    }

    @Test
    void aClientThatDeletesRowByRowIsRight() throws IOException {
        var client = selected();
        for (var i = 0; i < 4; i++) {
            client.ask("b" + i + " FETCH 2 BODY.PEEK[]");
            client.ask("c" + i + " STORE 2 +FLAGS (\\Deleted)");
            client.ask("d" + i + " EXPUNGE");
        }
        client.ask("e1 STORE 1 +FLAGS (\\Deleted)");
        client.ask("e2 EXPUNGE");
        client.ask("e3 STORE 1 +FLAGS (\\Deleted)");
        client.ask("e4 EXPUNGE");
        assertFound();
    }

    @Test
    void numbersSentBehindWhatMayMoveThem() throws IOException {
        var client = selected();
        client.ask("a1 NOOP\r\na2 FETCH 3 FLAGS");
        assertFound("FETCH 3 was sent before the answer to NOOP.", Rule.AMBIGUOUS_PIPELINING);
        client.ask("a3 STORE 3 +FLAGS (\\Seen)\r\na4 FETCH 3 FLAGS");
        client.ask("a5 NOOP\r\na6 FETCH 1:* FLAGS\r\na7 UID FETCH 3 FLAGS");
        client.ask("a8 NOOP");
        client.ask("a9 FETCH 3 FLAGS");
        assertFound("FETCH 3 was sent before the answer to NOOP.", Rule.AMBIGUOUS_PIPELINING);
    }

    @Test
    void uidsFromBeforeUidvalidityChanged() throws IOException {
        server.folder("alice", "Work");
        for (var i = 0; i < 3; i++) {
            server.deliver("alice", "Work", "A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII), Flags.NONE,
                    TestServer.NOW);
        }
        var client = loggedIn();
        client.ask("a1 SELECT Work");
        client.ask("a2 UID FETCH 2 FLAGS");
        client.ask("a3 UNSELECT");
        client.ask("a4 SELECT Work");
        client.ask("a5 UID FETCH 3 FLAGS");
        client.ask("a6 UNSELECT");
        assertFound();
        client.ask("a7 DELETE Work");
        client.ask("a8 CREATE Work");
        client.ask("a9 APPEND Work {8+}\r\nA: b\r\n\r\n");
        client.ask("b1 SELECT Work");
        client.ask("b2 UID FETCH 1:* FLAGS");
        client.ask("b3 UID FETCH 1 FLAGS");
        assertFound();
        client.ask("b4 UID STORE 2 +FLAGS (\\Deleted)");
        assertEquals(List.of(Rule.UIDVALIDITY_IGNORED), found().stream().map(Finding::rule).toList());
        assertTrue(found().getFirst().detail().endsWith("the client names UID 2, which it has not been told since."),
                found().getFirst().detail());
    }

    @Test
    void oneFetchForEachMessage() throws IOException {
        var client = selected();
        for (var i = 1; i <= 6; i++) {
            client.ask("a" + i + " FETCH " + i + " (BODY.PEEK[])");
        }
        for (var i = 1; i <= 4; i++) {
            client.ask("b" + i + " FETCH " + i + " (FLAGS ENVELOPE)");
        }
        client.ask("c NOOP");
        assertFound();
        for (var i = 1; i <= 6; i++) {
            client.ask("d" + i + " UID FETCH " + i + " (FLAGS ENVELOPE)");
        }
        assertFound("The same items were fetched of one message after the other.", Rule.FETCH_ONE_BY_ONE);
    }

    @Test
    void messagesMarkedAndLeft() throws IOException {
        var client = selected();
        client.ask("a1 STORE 1:3 +FLAGS (\\Deleted)");
        client.ask("a2 STORE 1 -FLAGS (\\Deleted)");
        client.ask("a3 UID EXPUNGE 2");
        client.ask("a4 LOGOUT");
        assertFound("1 message was still there when the session ended.", Rule.NEVER_EXPUNGED);
        var other = selected();
        other.ask("a1 STORE 1:* +FLAGS (\\Deleted)");
        other.ask("a2 CLOSE");
        other.ask("a3 LOGOUT");
        assertFound("1 message was still there when the session ended.", Rule.NEVER_EXPUNGED);
    }

    @Test
    void pollingWhereThereIsIdle() throws IOException {
        var client = selected();
        for (var i = 0; i < 7; i++) {
            client.ask("a" + i + " NOOP");
        }
        assertFound();
        assertEquals(List.of(Rule.POLLING), found(5_000_000).stream().map(Finding::rule).toList());
        var idling = selected();
        idling.ask("i IDLE");
        idling.ask("DONE");
        for (var i = 0; i < 7; i++) {
            idling.ask("a" + i + " NOOP");
        }
        assertEquals(1, found(5_000_000).size());
    }

    @Test
    void passwordsInTheClear() throws IOException {
        server.connect("pop3").ask("USER alice\r\nPASS wonderland");
        loggedIn();
        assertFound();
        server.tls(new TlsPolicy(true, true), false);
        server.connect("imap").ask("a LOGIN alice {10+}\r\nwonderland");
        var pop3 = server.connect("pop3");
        pop3.ask("CAPA");
        pop3.ask("USER alice");
        pop3.ask("PASS wonderland");
        server.tls(new TlsPolicy(true, false), false);
        server.connect("imap").ask("a LOGIN alice wonderland");
        server.tls(new TlsPolicy(true, true), true);
        server.connect("imap").ask("a LOGIN alice wonderland");
        assertFound("STARTTLS was offered.", Rule.PASSWORD_IN_CLEAR, "", Rule.POP3_PASSWORD_IN_CLEAR, "",
                Rule.LOGIN_DISABLED);
    }

    @Test
    void literalsThatAreTooLarge() throws IOException {
        server.limits(server.limits().with("message", 200));
        var client = loggedIn();
        client.ask("a1 APPEND INBOX {9}");
        client.ask("A: b\r\n\r\n\r");
        client.ask("a2 APPEND INBOX {201}");
        server.literalMinus();
        var minus = loggedIn();
        minus.send(("a3 APPEND INBOX {4097+}\r\n" + "x".repeat(4097) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertFound("It announced 201 octets for APPEND; the server offers APPENDLIMIT=200.", Rule.LITERAL_TOO_LARGE,
                "It announced 4097 octets.", Rule.LITERAL_NOT_ASKED_FOR);
    }

    @Test
    void quitIsMissing() throws IOException {
        var client = pop3();
        client.ask("DELE 1\r\nDELE 2");
        client.cut();
        var quit = pop3();
        quit.ask("DELE 1");
        quit.ask("QUIT");
        var reset = pop3();
        reset.ask("DELE 1");
        reset.ask("RSET");
        reset.cut();
        assertFound("2 messages were marked and stay.", Rule.QUIT_MISSING);
    }

    @Test
    void everythingRetrievedAgain() throws IOException {
        retrieveAll(pop3(), "");
        assertFound();
        retrieveAll(pop3(), "UIDL");
        assertFound();
        retrieveAll(pop3(), "LIST");
        assertFound("All 6 messages of alice had been retrieved in an earlier session.", Rule.RETRIEVED_AGAIN);
        server.deliver("alice", "one more");
        retrieveAll(pop3(), "");
        var deletes = pop3();
        for (var i = 1; i <= 6; i++) {
            deletes.ask("RETR " + i);
            deletes.ask("DELE " + i);
        }
        deletes.ask("QUIT");
        assertFound("All 6 messages of alice had been retrieved in an earlier session.", Rule.RETRIEVED_AGAIN);
    }

    @Test
    void eachIsFoundOnceHoweverOftenOneLooks() throws IOException {
        var findings = new Findings();
        var client = server.connect("imap");
        client.ask("a1 FETCH 1 FLAGS");
        assertEquals(1, findings.takeNew(server.recording(), () -> false).size());
        assertEquals(0, findings.takeNew(server.recording(), () -> false).size());
        client.ask("a2 STORE 1 FLAGS ()");
        assertEquals(1, findings.takeNew(server.recording(), () -> false).size());
        assertEquals(Findings.of(server.recording(), () -> false), findings.all());
    }

    private static void retrieveAll(SocketlessConnection client, String first) throws IOException {
        client.ask(first.isEmpty() ? "STAT" : first);
        for (var i = 1; i <= 6; i++) {
            client.ask("RETR " + i);
        }
        client.ask("QUIT");
    }

    private SocketlessConnection pop3() throws IOException {
        var client = server.connect("pop3");
        client.ask("USER alice");
        client.ask("PASS wonderland");
        return client;
    }

    private SocketlessConnection loggedIn() throws IOException {
        var client = server.connect("imap");
        client.ask("l LOGIN alice wonderland");
        return client;
    }

    private SocketlessConnection selected() throws IOException {
        var client = loggedIn();
        client.ask("s SELECT INBOX");
        return client;
    }

    private List<Finding> found() {
        return Findings.of(server.recording(), () -> false);
    }

    /** What is found when the events are that many microseconds apart. */
    private List<Finding> found(long apart) {
        var findings = new Findings();
        for (var e : server.recording().events(1, Integer.MAX_VALUE)) {
            findings.take(new TraceEvent(e.number(), e.number() * apart, e.session(), e.protocol(), e.cause(),
                    e.phase(), e.folder(), e.command(), e.what()));
        }
        return findings.all();
    }

    private void assertFound(Object... detailsAndRules) {
        assertEquals(List.of(detailsAndRules), found().stream().flatMap(f -> java.util.stream.Stream.of(f.detail(),
                f.rule())).toList());
    }
}
