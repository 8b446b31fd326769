package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.analysis.Sequence.Kind;
import dev.mailscope.server.analysis.Sequence.Row;
import dev.mailscope.server.trace.RandomTrace;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

class SequenceTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void threeMessages() {
        server.account("alice", "secret");
        for (var i = 1; i <= 3; i++) {
            server.deliver("alice", "Subject: " + i + "\r\n\r\n" + i + "\r\n");
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void commandsSentAtOnceStandBeforeTheirAnswers() throws IOException {
        selected(); // whoever comes first takes what is recent
        var client = selected();
        var before = server.recording().last();
        client.ask("c STORE 1 +FLAGS (\\Deleted)\r\nd EXPUNGE\r\ne NOOP");
        var rows = since(before);
        assertEquals(List.of("COMMAND c STORE 1 +FLAGS (\\Deleted)", "CHANGE INBOX UID 1 flags () → (\\Deleted)",
                "COMMAND d EXPUNGE", "CHANGE INBOX: message deleted (UID 1, \"1\")", "COMMAND e NOOP",
                "UNTAGGED * 1 FETCH (FLAGS (\\Deleted))", "ANSWER c OK STORE completed.", "UNTAGGED * 1 EXPUNGE",
                "ANSWER d OK 1 message expunged.", "ANSWER e OK NOOP completed."), words(rows));
        assertEquals(List.of(1, 1, 2, 2, 3, 3, 2, 2, 1, 0), rows.stream().map(row -> row.open().size()).toList());
        assertEquals(List.of(0, 1, 2), rows.get(4).open().stream().map(Sequence.Open::depth).toList());
        var commands = rows.stream().filter(row -> row.kind() == Kind.COMMAND).map(Row::event).toList();
        assertEquals(commands, rows.stream().filter(row -> row.kind() == Kind.ANSWER).map(Row::answers).toList());
        assertEquals(commands.get(1), rows.get(7).answers());
    }

    @Test
    void whatAnIdlingClientIsToldIsPushedAndDoneBelongsToIdle() throws IOException {
        var idling = selected();
        idling.ask("i IDLE");
        var before = server.recording().last();
        server.deliver("alice", "x");
        server.settle();
        idling.ask("DONE");
        var rows = since(before);
        assertEquals(List.of("CHANGE INBOX: message added (UID 4, 1 octet)",
                "CHANGE INBOX: messages below UID 5 are recent to no later session", "PUSHED * 4 EXISTS",
                "PUSHED * 4 RECENT", "CONTINUED DONE", "ANSWER i OK IDLE ended."), words(rows));
        var idle = rows.getFirst().open().getFirst().event();
        assertEquals(List.of(0L, 0L, idle, idle, idle, idle), rows.stream().map(Row::answers).toList());
        assertEquals(List.of(), rows.getLast().open());
    }

    @Test
    void whatNotifyAskedForIsPushedAfterItsAnswer() throws IOException {
        var client = connect("imap");
        client.ask("a LOGIN alice secret");
        client.ask("b NOTIFY SET (personal (MessageNew MessageExpunge))");
        var before = server.recording().last();
        server.deliver("alice", "x");
        server.settle();
        assertEquals(List.of(Kind.CHANGE, Kind.PUSHED), since(before).stream().map(Row::kind).toList());
    }

    @Test
    void aLiteralAndASaslResponseBelongToTheirCommand() throws IOException {
        var client = connect("imap");
        client.ask("a AUTHENTICATE PLAIN");
        client.ask("AGFsaWNlAHNlY3JldA==");
        client.ask("b APPEND INBOX {5}");
        client.ask("abcde");
        var rows = since(client.number() == 0 ? 0 : 4);
        var kinds = rows.stream().filter(row -> row.kind() != Kind.NOTE && row.kind() != Kind.CHANGE).map(Row::kind)
                .toList();
        assertEquals(List.of(Kind.BEGUN, Kind.UNTAGGED, Kind.COMMAND, Kind.GO_AHEAD, Kind.CONTINUED, Kind.ANSWER,
                Kind.COMMAND, Kind.GO_AHEAD, Kind.CONTINUED, Kind.ANSWER), kinds);
        assertEquals(List.of(), rows.getLast().open());
        assertTrue(rows.stream().noneMatch(row -> row.text().contains("AGFsaWNl")));
    }

    @Test
    void manyUntaggedResponsesAreOneRow() throws IOException {
        var client = connect("imap");
        client.ask("a LOGIN alice secret");
        var before = server.recording().last();
        client.ask("b SELECT INBOX");
        var folded = since(before).stream().filter(row -> row.kind() == Kind.UNTAGGED).toList();
        assertEquals(1, folded.size());
        assertEquals(folded.getFirst().last() - folded.getFirst().event() + 1, folded.getFirst().count());
        assertTrue(folded.getFirst().count() > 5);
    }

    @Test
    void aCutLineIsToldFromAGoodbye() throws IOException {
        var polite = connect("pop3");
        polite.ask("QUIT");
        var rude = connect("pop3");
        rude.ask("USER alice");
        rude.ask("PASS secret");
        rude.cut();
        var ends = all().stream().filter(row -> row.kind() == Kind.ENDED || row.kind() == Kind.CUT).map(Row::kind);
        assertEquals(List.of(Kind.ENDED, Kind.CUT), ends.toList());
        assertEquals(List.of(), all().getLast().alive());
    }

    @Test
    void aSessionIsCalledAsItsClientCallsItself() throws IOException {
        var client = connect("imap");
        assertEquals(":40001", name());
        client.ask("a LOGIN alice secret");
        assertEquals("alice", name());
        client.ask("i ID (\"name\" \"Laptop\")");
        assertEquals("Laptop", name());
        client.ask("b SELECT INBOX");
        assertEquals("Laptop", name());
        assertEquals("Selected", all().getLast().alive().getFirst().phase());
    }

    @Test
    void laterSessionsTakeThePlaceOfThoseThatEnded() throws IOException {
        for (var i = 0; i < Sequence.LANES + 3; i++) {
            connect("pop3").ask("QUIT");
        }
        var lanes = all().stream().filter(row -> row.kind() == Kind.BEGUN).map(Row::lane).toList();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 0, 0, 0), lanes);
    }

    @Test
    void whateverIsInATraceEachResponseAndCommandHasItsRow() {
        try (var recording = Recording.inMemory()) {
            var random = new RandomTrace(3);
            var chart = new Sequence();
            var rows = new ArrayList<Row>();
            for (var i = 1; i < 3_000; i++) {
                var event = random.anyEvent(i);
                if (event.what() instanceof What.StateChanged) {
                    continue; // it would have to fit the state
                }
                var session = 1 + i / 100 * 4 + (event.session() & 3);
                var number = recording.record(session, "imap", event.cause(), event.phase(), event.folder(),
                        event.command(), event.what());
                chart.take(recording.event(number)).forEach(item -> rows.add(item.row()));
            }
            assertTrue(rows.size() > 50);
            rows.forEach(row -> assertTrue(row.last() >= row.event() && row.text().length() < 200));
        }
    }

    private String name() {
        return all().getLast().alive().getFirst().name();
    }

    private SocketlessConnection connect(String protocol) throws IOException {
        return server.connect(protocol);
    }

    private SocketlessConnection selected() throws IOException {
        var client = connect("imap");
        client.ask("a LOGIN alice secret");
        client.ask("b SELECT INBOX");
        return client;
    }

    private List<Row> all() {
        var chart = new Sequence();
        return server.recording().events(1, 10_000).stream().flatMap(event -> chart.take(event).stream())
                .map(Sequence.Item::row).toList();
    }

    private List<Row> since(long event) {
        return all().stream().filter(row -> row.event() > event).toList();
    }

    private static List<String> words(List<Row> rows) {
        return rows.stream().map(row -> row.kind() + " " + row.text()).toList();
    }
}
