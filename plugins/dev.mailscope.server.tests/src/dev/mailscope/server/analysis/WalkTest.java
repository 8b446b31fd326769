package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

class WalkTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void twoSessions() throws IOException {
        server.account("alice", "secret");
        server.deliver("alice", "Subject: 1\r\n\r\n");
        server.deliver("alice", "Subject: 2\r\n\r\n");
        var imap = server.connect("imap");
        imap.ask("l LOGIN alice secret");
        imap.ask("s SELECT INBOX");
        imap.ask("f FETCH 1:2 (UID BODY[])");
        imap.ask("d STORE 2 +FLAGS (\\Deleted)");
        imap.ask("e EXPUNGE");
        imap.ask("o LOGOUT");
        imap.cut();
        var pop3 = server.connect("pop3");
        pop3.ask("USER alice");
        pop3.ask("PASS secret");
        pop3.ask("RETR 1");
        pop3.ask("DELE 1");
        pop3.ask("QUIT");
        pop3.cut();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyStrideIsTheSameForwardsAndBackwards() {
        for (var stride : Walk.Stride.values()) {
            var forwards = walk(Walk.Direction.FORWARDS, stride);
            assertEquals(forwards, walk(Walk.Direction.BACKWARDS, stride).reversed(), stride.name());
            assertEquals(all().stream().filter(stride).map(TraceEvent::number).toList(), forwards, stride.name());
        }
    }

    @Test
    void aCommandEndsWithItsAnswer() {
        var commands = walk(Walk.Direction.FORWARDS, Walk.Stride.COMMAND).stream()
                .map(number -> server.recording().event(number).command()).toList();
        assertEquals(List.of("LOGIN", "SELECT", "FETCH", "STORE", "EXPUNGE", "LOGOUT", "USER", "PASS", "RETR", "DELE",
                "QUIT"), commands);
    }

    @Test
    void onlyThatMessage() {
        var inbox = server.store().state().account("alice").orElseThrow().inbox();
        // it came, was read, was marked, went
        assertEquals(4, walk(Walk.Direction.FORWARDS, Walk.changesOf("alice", inbox.id(), 2)).size());
        assertEquals(List.of(), walk(Walk.Direction.FORWARDS, Walk.changesOf("bob", inbox.id(), 2)));
        assertEquals(all().stream().filter(e -> e.what() instanceof What.StateChanged && e.folder().equals("INBOX"))
                .map(TraceEvent::number).toList(),
                walk(Walk.Direction.FORWARDS, Walk.changesOf("alice", inbox.id())));
    }

    @Test
    void itCrossesPagesAndEndsWhenCancelled() {
        for (var i = 0; i < 3_000; i++) {
            server.recording().record(0, "", 0, "", "", "", new What.Remark("filler"));
        }
        server.flags("alice", "INBOX", server.deliver("alice", "Subject: 3\r\n\r\n"), Flags.of(List.of("\\Seen")));
        var last = server.recording().last();
        var target = Walk.find(server.recording(), last - 1, Walk.Direction.BACKWARDS,
                Walk.Stride.CHANGE, () -> false).getAsLong();
        assertEquals(last - 1, Walk.find(server.recording(), last, Walk.Direction.BACKWARDS, Walk.Stride.CHANGE,
                () -> false).getAsLong());
        assertEquals(OptionalLong.of(last - 1), Walk.find(server.recording(), target, Walk.Direction.FORWARDS,
                Walk.Stride.CHANGE, () -> false));
        assertEquals(OptionalLong.empty(), Walk.find(server.recording(), target, Walk.Direction.FORWARDS,
                Walk.Stride.CHANGE, () -> true));
        assertEquals(OptionalLong.empty(), Walk.find(server.recording(), 0, Walk.Direction.BACKWARDS,
                Walk.Stride.EVENT, () -> false));
    }

    private List<TraceEvent> all() {
        var events = new ArrayList<TraceEvent>();
        server.eachEvent(events::add);
        return events;
    }

    private List<Long> walk(Walk.Direction direction, Predicate<TraceEvent> wanted) {
        var found = new ArrayList<Long>();
        var at = direction == Walk.Direction.FORWARDS ? 0 : server.recording().last() + 1;
        for (var next = Walk.find(server.recording(), at, direction, wanted, () -> false); next.isPresent();) {
            found.add(next.getAsLong());
            next = Walk.find(server.recording(), next.getAsLong(), direction, wanted, () -> false);
        }
        return found;
    }
}
