package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

class GroupingTest {
    private static final Grouping.FolderOf ACCOUNT = new Grouping.FolderOf("alice", "");
    private static final Grouping.FolderOf INBOX = new Grouping.FolderOf("alice", "INBOX");

    @Test
    void eachPhaseOfEachSessionHasItsChangesByFolder() {
        try (var recording = Recording.inMemory()) {
            var account = new Change.AccountAdded("alice");
            var folder = new Change.FolderCreated("alice", 1, "INBOX", 9, 1);
            var recent = new Change.RecentClaimed("alice", 1, "INBOX", 1);
            record(recording, 0, "", new What.StateChanged(1, List.of(account, folder)));
            record(recording, 1, "Authorization", new What.Connected("a", "b"));
            record(recording, 2, "Authenticated", new What.Connected("c", "d"));
            record(recording, 1, "Transaction", new What.PhaseChanged("Authorization", "Transaction"));
            record(recording, 2, "Authenticated", new What.Command("NOOP"));
            record(recording, 1, "Transaction", new What.StateChanged(2, List.of(recent)));
            record(recording, 1, "Authorization", new What.Remark("the same phase again"));

            var groups = Grouping.of(recording, 1, 7);
            assertEquals(List.of(
                    new Grouping.Group(0, "", "", 1, 1, 1,
                            Map.of(ACCOUNT, List.of(new Grouping.Numbered(1, account)),
                                    INBOX, List.of(new Grouping.Numbered(1, folder)))),
                    new Grouping.Group(1, "pop3", "Authorization", 2, 2, 1, Map.of()),
                    new Grouping.Group(2, "pop3", "Authenticated", 3, 5, 2, Map.of()),
                    new Grouping.Group(1, "pop3", "Transaction", 4, 6, 2,
                            Map.of(INBOX, List.of(new Grouping.Numbered(6, recent)))),
                    new Grouping.Group(1, "pop3", "Authorization", 7, 7, 1, Map.of())), groups);
            assertEquals(List.of(ACCOUNT, INBOX), List.copyOf(groups.getFirst().folders().keySet()));
        }
    }

    @Test
    void onlyTheRangeIsGrouped() {
        try (var recording = Recording.inMemory()) {
            for (var i = 0; i < 10_000; i++) {
                record(recording, 1, i < 5_000 ? "A" : "B", new What.Command("x"));
            }
            assertEquals(List.of(new Grouping.Group(1, "pop3", "A", 11, 5_000, 4_990, Map.of()),
                    new Grouping.Group(1, "pop3", "B", 5_001, 9_990, 4_990, Map.of())),
                    Grouping.of(recording, 11, 9_990));
            assertEquals(List.of(), Grouping.of(recording, 10_001, 20_000));
        }
    }

    private static void record(Recording recording, long session, String phase, What what) {
        recording.record(session, session == 0 ? "" : "pop3", 0, phase, "", "", what);
    }
}
