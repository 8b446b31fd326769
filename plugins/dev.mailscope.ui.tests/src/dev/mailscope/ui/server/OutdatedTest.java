package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

class OutdatedTest {
    private final Recording recording = Recording.inMemory();
    private final MailStore store = new MailStore(recording, Clock.systemUTC());

    @BeforeEach
    void mail() {
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            for (var uid = 1; uid <= 3; uid++) {
                t.append("alice", 1, Flags.NONE, OffsetDateTime.now(store.clock()), Content.of(new byte[10]));
            }
            return null;
        });
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    void aMessageWithOtherFlagsAndNoOtherIs() {
        var before = recording.live();
        store.transact(Cause.SERVER, t -> {
            t.setFlags("alice", 1, 2, Flags.SEEN);
            return null;
        });
        assertEquals(Set.of(2L), messages(before, Marks.NONE, Marks.NONE));
    }

    @Test
    void whatHasAnotherMarkIs() {
        var now = recording.live();
        var marks = new Marks(Map.of(new Item.OfMessage("alice", 1, 1), "new"));
        assertEquals(Set.of(1L), messages(now, Marks.NONE, marks));
        assertEquals(Set.of(1L), messages(now, marks, Marks.NONE));
        assertEquals(Set.of(), messages(now, marks, marks));
    }

    @Test
    void whatASessionMarksOrMarksNoLongerIs() {
        recording.record(9, "pop3", 0, "Transaction", "", "", new What.Connected("a", "b"));
        recording.record(9, "pop3", 0, "Transaction", "INBOX", "", new What.ViewOpened("alice", 1, "INBOX", false));
        var before = recording.live();
        recording.record(9, "pop3", 0, "Transaction", "INBOX", "DELE", new What.Marked(3, 3, true));
        assertEquals(Set.of(3L), messages(before, Marks.NONE, Marks.NONE));
        var marked = recording.live();
        recording.record(9, "pop3", 0, "Transaction", "INBOX", "", new What.Closed("cut"));
        assertEquals(Set.of(3L), messages(marked, Marks.NONE, Marks.NONE));
    }

    private Set<Long> messages(Moment before, Marks was, Marks is) {
        var shown = new MailLabels.Shown(null);
        shown.moment = before;
        shown.marks = was;
        return Outdated.between(shown, recording.live(), is, new MailContent()).stream()
                .filter(Item.OfMessage.class::isInstance).map(item -> ((Item.OfMessage) item).uid())
                .collect(Collectors.toSet());
    }
}
