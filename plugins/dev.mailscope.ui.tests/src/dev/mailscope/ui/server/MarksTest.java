package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class MarksTest {
    private static final Item INBOX = new Item.OfFolder("alice", 1);

    @Test
    void whatComesIsNewAndItsFolderCounts() {
        var marks = marks(new Change.MessageAdded("alice", 1, "INBOX", message(4, Flags.NONE)),
                new Change.MessageAdded("alice", 1, "INBOX", message(5, Flags.NONE)));
        assertEquals("new", marks.word(new Item.OfMessage("alice", 1, 4)));
        assertEquals("2 new", marks.word(INBOX));
        assertEquals("", marks.word(new Item.OfMessage("alice", 1, 3)));
    }

    @Test
    void flagsAreSaidOneByOne() {
        var was = message(2, Flags.of("\\Seen", "old"));
        var marks = marks(new Change.FlagsChanged("alice", 1, "INBOX", was, Flags.of("\\Deleted", "old"), 9));
        assertEquals("+\\Deleted \u2212\\Seen", marks.word(new Item.OfMessage("alice", 1, 2)));
        assertEquals("flags changed", marks.word(INBOX));
    }

    @Test
    void whatGoesIsCountedInItsFolder() {
        var marks = marks(new Change.MessageRemoved("alice", 1, "INBOX", message(2, Flags.NONE), 9));
        assertEquals("1 removed", marks.word(INBOX));
        assertEquals("", marks.word(new Item.OfMessage("alice", 1, 2)));
    }

    @Test
    void aNewFolderIsNewWhateverIsInIt() {
        var marks = marks(new Change.FolderCreated("alice", 1, "INBOX", 7, 1),
                new Change.MessageAdded("alice", 1, "INBOX", message(1, Flags.NONE)));
        assertEquals("new", marks.word(INBOX));
    }

    @Test
    void whatNobodyCanSeeIsNotMarked() {
        assertSame(Marks.NONE, marks(new Change.RecentClaimed("alice", 1, "INBOX", 3)));
        assertTrue(Marks.of(List.of()).isEmpty());
    }

    private static Marks marks(Change... changes) {
        return Marks.of(List.of(new TraceEvent(1, 0, 0, "", 0, "", "INBOX", "",
                new What.StateChanged(2, Arrays.asList(changes)))));
    }

    private static Message message(long uid, Flags flags) {
        return new Message(uid, uid, flags, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), Instant.EPOCH,
                Content.of(new byte[] { 'x' }));
    }
}
