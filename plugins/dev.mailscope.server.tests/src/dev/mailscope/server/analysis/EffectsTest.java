package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

class EffectsTest {
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
    void whoHearsAtOnceAndForWhomItWaits() throws IOException {
        var acting = selected();
        var idling = selected();
        var silent = selected();
        idling.ask("i IDLE");
        acting.ask("s STORE 2 +FLAGS (\\Deleted)");
        acting.ask("e EXPUNGE");
        server.settle();

        var effects = effectsOf("EXPUNGE");
        assertEquals(List.of(2L), effects.changes().stream().map(c -> ((Change.MessageRemoved) c).uid()).toList());
        assertEquals(List.of(acting.number(), idling.number(), silent.number()),
                effects.hearing().stream().map(h -> h.session().number()).toList());
        assertEquals(1, effects.hearing().get(0).heard().size());
        assertEquals(1, effects.hearing().get(1).heard().size());
        assertNull(effects.hearing().get(1).waiting());
        var waits = effects.hearing().get(2);
        assertEquals(List.of(), waits.heard());
        assertEquals(List.of("* 2 EXPUNGE"), waits.waiting().lines());
        assertTrue(waits.waiting().why().contains("section 7.5.1"), waits.waiting().why());

        assertEquals("* 2 EXPUNGE\r\nn OK NOOP completed.\r\n",
                silent.ask("n NOOP").replaceAll("OK .*", "OK NOOP completed."));
        assertNull(effectsOf("EXPUNGE").hearing().get(2).waiting());
        assertEquals(1, effectsOf("EXPUNGE").hearing().get(2).heard().size());
    }

    @Test
    void everyEventOfACommandLeadsToIt() throws IOException {
        var acting = selected();
        acting.ask("s STORE 1 +FLAGS (\\Seen)");
        var of = events("STORE");
        for (var event : of) {
            if (event.what() instanceof What.Response || event.what() instanceof What.StateChanged) {
                assertEquals(1, Effects.of(server.recording(), event.number(), server.recording().last(), () -> false)
                        .changes().size());
            }
        }
    }

    @Test
    void aPop3SessionIsNeverTold() throws IOException {
        var reader = server.connect("pop3");
        reader.ask("USER alice");
        reader.ask("PASS secret");
        var acting = selected();
        acting.ask("s STORE 3 +FLAGS (\\Deleted)");
        acting.ask("e EXPUNGE");
        var hearing = effectsOf("EXPUNGE").hearing().getFirst();
        assertEquals("pop3", hearing.session().protocol());
        assertTrue(hearing.waiting().why().contains("RFC 1939"), hearing.waiting().why());
        reader.ask("QUIT");
        assertTrue(effectsOf("EXPUNGE").hearing().getFirst().left() > 0);
    }

    @Test
    void whoLeavesTheFolderIsNotToldAndNothingWaits() throws IOException {
        var silent = selected();
        var acting = selected();
        acting.ask("s STORE 2 +FLAGS (\\Seen)");
        silent.ask("e EXAMINE INBOX");
        var hearing = effectsOf("STORE").hearing().getFirst();
        assertEquals(silent.number(), hearing.session().number());
        assertTrue(hearing.left() > 0);
        assertNull(hearing.waiting());
        acting.ask("t STORE 3 +FLAGS (\\Seen)");
        assertNull(effectsOf("STORE").hearing().getFirst().waiting(), "what waits now is of another view");
    }

    @Test
    void aChangeWithoutACommandStandsForItself() throws IOException {
        var told = selected();
        server.deliver("alice", "Subject: 4\r\n\r\n");
        var change = server.recording().last();
        var effects = Effects.of(server.recording(), change, server.recording().last(), () -> false);
        assertEquals(change, effects.root().number());
        assertEquals(List.of("* 4 EXISTS"), effects.hearing().getFirst().waiting().lines());
        told.ask("n NOOP");
        assertEquals(1, Effects.of(server.recording(), change, server.recording().last(), () -> false).hearing()
                .getFirst().heard().size());
    }

    @Test
    void anEventThatIsNotThereIsNamed() {
        var problem = assertThrows(IllegalArgumentException.class,
                () -> Effects.of(server.recording(), 9_999, 10_000, () -> false));
        assertTrue(problem.getMessage().contains("9999"), problem.getMessage());
    }

    @Test
    void theDifferenceOfTwoMomentsNamesSessionsAndChanges() throws IOException {
        var before = server.recording().live();
        var acting = selected();
        var between = server.recording().live();
        acting.ask("s STORE 1 +FLAGS (\\Seen)");
        acting.ask("u STORE 1 -FLAGS (\\Seen)");
        var same = Difference.between(between, server.recording().live());
        assertTrue(same.changes().isEmpty(), "what was taken back is no difference");
        var session = Difference.between(before, between).sessions().getFirst();
        assertEquals(List.of("connected, now in Selected"), session.words());
        acting.ask("c CLOSE");
        assertEquals(List.of("phase Selected \u2192 Authenticated", "folder INBOX \u2192 none"),
                Difference.between(between, server.recording().live()).sessions().getFirst().words());
        acting.cut();
        assertEquals(List.of("closed; it was in Selected"),
                Difference.between(between, server.recording().live()).sessions().getFirst().words());
    }

    private SocketlessConnection selected() throws IOException {
        var connection = server.connect("imap");
        connection.ask("l LOGIN alice secret");
        connection.ask("x SELECT INBOX");
        return connection;
    }

    private Effects effectsOf(String command) {
        var found = events(command).getFirst().number();
        return Effects.of(server.recording(), found, server.recording().last(), () -> false);
    }

    private List<TraceEvent> events(String command) {
        var recording = server.recording();
        return LongStream.rangeClosed(recording.first(), recording.last()).mapToObj(recording::event)
                .filter(e -> e.command().equals(command) && !(e.what() instanceof What.Received)).toList();
    }
}
