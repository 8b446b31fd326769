package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.analysis.Dialogue.Line;
import dev.mailscope.server.analysis.Dialogue.Speaker;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.transcript.TestServer;

class DialogueTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void oneMessage() {
        server.account("alice", "secret");
        server.deliver("alice", "Subject: 1\r\n\r\none\r\ntwo\r\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void clientAndServerTakeTurnsWithNotesBetween() throws IOException {
        var client = server.connect("pop3");
        client.ask("USER alice");
        client.ask("PASS secret");
        client.ask("LIST");
        client.ask("RETR 1");
        client.ask("DELE 7");
        client.ask("DELE 1");
        client.ask("QUIT");
        var text = Dialogue.text(lines(client.number()));
        assertTrue(text.contains("""
                C: USER alice
                S: +OK Now the password, with PASS.
                C: PASS ********
                   (phase: Transaction)
                S: +OK The maildrop has 1 message (24 octets).
                C: LIST
                S: +OK 1 message (24 octets):
                S: 1 24
                S: .
                C: RETR 1
                S: +OK 24 octets [27 octets]
                """), text);
        assertTrue(text.contains("""
                   (message 1 marked to be deleted (UID 1))
                S: +OK Message 1 is marked as deleted; it goes after QUIT.
                C: QUIT
                   (phase: Update)
                   (INBOX: message deleted (UID 1, "1"))
                """), text);
        assertFalse(text.contains("secret"));
        assertEquals(List.of("-ERR There is no message 7: the maildrop has 1 message."),
                lines(client.number()).stream().filter(Line::problem).map(Line::text).toList());
    }

    @Test
    void literalsAreFoldedInBothDirectionsAndShortNamesAreNot() throws IOException {
        var client = server.connect("imap");
        client.ask("a LOGIN alice secret");
        client.ask("b SELECT {5}");
        client.ask("INBOX");
        client.ask("c FETCH 1 (UID BODY.PEEK[])");
        client.ask("d APPEND INBOX {11+}\r\nA: b\r\n\r\nc\r\n");
        var all = lines(client.number());
        var said = all.stream().filter(line -> line.speaker() != Speaker.NOTE).map(Line::text).toList();
        assertTrue(said.contains("INBOX"), said::toString);
        assertTrue(said.contains("* 1 FETCH (UID 1 BODY[] {24} [24 octets])"), said::toString);
        var literal = all.get(1 + all.stream().map(Line::text).toList().indexOf("d APPEND INBOX {11+}"));
        assertEquals("[11 octets]", literal.text());
        assertEquals(11, literal.folded());
        assertEquals("A: b\n\nc", Dialogue.unfolded(server.recording().event(literal.event()), 1_000));
    }

    @Test
    void whoIsToldSaysSoInWords() throws IOException {
        var client = server.connect("imap");
        client.ask("a LOGIN alice secret");
        client.ask("b SELECT INBOX");
        client.ask("c IDLE");
        server.deliver("alice", "x");
        server.settle();
        var lines = lines(client.number());
        var told = lines.stream().filter(line -> line.topic() == Drawn.Topic.TOLD).findFirst().orElseThrow();
        assertEquals("told: 1 new message, 2 in all, 2 recent", told.text());
        assertEquals("* 2 EXISTS", lines.get(lines.indexOf(told) + 1).text());
    }

    @Test
    void aHugeAnswerIsFoldedWithoutReadingAllOfIt() {
        var shown = Folding.ofServer("imap",
                Octets.of("* 1 FETCH (BODY[] {200000}\r\n" + "x".repeat(200_000) + ")\r\n"));
        assertEquals("* 1 FETCH (BODY[] {200000} [200,000 octets]", shown.text());
        assertEquals(200_000, shown.folded());
    }

    @Test
    void aSecretIsNeitherShownNorMeasured() {
        var octets = new Octets.Builder().text("PASS ").hidden(600).text("\r\n").toOctets();
        assertEquals(new Folding.Shown("PASS ********", 0), new Folding().ofClient("pop3", octets));
        assertEquals(new Folding.Shown("PASS ********", 0), new Folding().ofClient("imap", octets));
    }

    private List<Line> lines(long session) {
        var dialogue = new Dialogue();
        return server.recording().events(1, 10_000).stream().filter(event -> event.session() == session)
                .flatMap(event -> dialogue.take(event).stream()).toList();
    }
}
