package dev.mailscope.server.expression;

import static dev.mailscope.server.expression.Samples.expression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Functions about what was before, and about the state at an event. */
class HistoryTest {
    private final Recording recording = Recording.inMemory();
    private long last;

    /** Two IMAP sessions on alice's INBOX; the first one removes UID 2, of which the second one hears later. */
    @BeforeEach
    void record() {
        change(new Change.AccountAdded("alice"), new Change.FolderCreated("alice", 1, "INBOX", 77, 1),
                new Change.MessageAdded("alice", 1, "INBOX", Samples.message(1, Flags.SEEN)),
                new Change.MessageAdded("alice", 1, "INBOX", Samples.message(2, Flags.NONE))); // 1
        for (var session = 1; session <= 2; session++) { // 2 to 7
            add(session, "Connected", "", "", new What.Connected("c", "s"));
            add(session, "Selected", "INBOX", "SELECT", new What.PhaseChanged("Authenticated", "Selected"));
            add(session, "Selected", "INBOX", "SELECT", new What.ViewOpened("alice", 1, "INBOX", session == 2));
        }
        add(1, "Selected", "INBOX", "EXPUNGE", new What.Received(Octets.of("a EXPUNGE\r\n"))); // 8
        change(new Change.MessageRemoved("alice", 1, "INBOX", Samples.message(2, Flags.NONE), 3)); // 9
        add(1, "Selected", "INBOX", "EXPUNGE", new What.Told(List.of(new Notice.Expunged(2, 2)))); // 10
        add(2, "Selected", "INBOX", "NOOP", new What.Told(List.of(new Notice.Expunged(2, 2)))); // 11
        add(1, "Logout", "", "LOGOUT", new What.PhaseChanged("Selected", "Logout")); // 12
        add(1, "Logout", "", "", new What.Closed("")); // 13
    }

    @Test
    void theStateIsTheOneAfterTheEvent() {
        assertAt(8, "messages('alice', 'inbox') == 2 && uids('alice', 'INBOX') == 2"
                + " && size(uids('alice', 'INBOX')) == 2");
        assertAt(9, "messages('alice', 'INBOX') == 1 && uids('alice', 'INBOX') != 2");
        assertAt(9, "told(1) == 2 && told(2) == 2 && size(told(2)) == 2");
        assertAt(10, "told(1) != 2 && told(2) == 2");
        assertAt(11, "told(2) != 2 && told(2) == 1 && told(2) =~ [1, 5] && told(2) !~ [2]");
        assertAt(9, "flags('alice', 'INBOX', 1) == '\\Seen' && empty(flags('alice', 'INBOX', 2))"
                + " && empty(flags('bob', 'INBOX', 1)) && empty(flags('alice', 'Work', 1))");
        assertAt(1, "messages('alice', 'Work') == 0 && messages('bob', 'INBOX') == 0 && empty(uids('bob', 'x'))");
    }

    @Test
    void sessionsAndFoldersShowTheirProperties() {
        assertAt(7, "session(2).open && session(2).phase == 'selected' && session(2).protocol == 'imap'"
                + " && session(2).account == 'alice' && session(2).folder == 'inbox' && session(2).readOnly"
                + " && session(2).told == 1 && empty(session(2).marked)");
        assertAt(7, "!session(1).readOnly && session(session).open");
        assertAt(13, "!session(1).open && session(1).phase == '' && session(1).folder == '' && !session(1).readOnly"
                + " && empty(session(1).told) && empty(session(1).marked) && session(1).account == ''");
        assertAt(9, "folder('alice', 'INBOX').there && folder('alice', 'INBOX').messages == 1"
                + " && folder('alice', 'INBOX').unseen == 0 && folder('alice', 'INBOX').octets == 17"
                + " && folder('alice', 'INBOX').uidNext == 3 && folder('alice', 'INBOX').uidValidity == 77"
                + " && folder('alice', 'INBOX').uids == 1");
        assertAt(9, "!folder('alice', 'Work').there && folder('alice', 'Work').messages == 0"
                + " && folder('alice', 'Work').uidNext == 0 && empty(folder('alice', 'Work').uids)");
    }

    @Test
    void theAccountIsThatOfTheOpenFolderWhereTheEventNamesNone() {
        assertEquals(List.of(1L, 4L, 7L, 8L, 9L, 10L, 11L, 12L), found("account == 'alice'"));
    }

    @Test
    void thePastIsAskedUpToTheEvent() {
        assertEquals(List.of(8L, 9L, 10L, 11L, 12L, 13L), found("exists(command == 'EXPUNGE')"));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), found("never(command == 'EXPUNGE')"));
        assertEquals(List.of(9L), found("count(kind == 'state') == 2 && kind == 'state'"));
        assertEquals(List.of(12L, 13L), found("exists(session == 1 && phase == 'Logout')"));
        // Nested: since the second session opened the folder there was a removal.
        assertEquals(List.of(9L, 10L, 11L, 12L, 13L),
                found("exists(kind == 'state' && exists(session == 2 && kind == 'opened'))"));
        assertEquals(List.of(12L, 13L), found("count(count(kind == 'told') == 2) > 1"));
    }

    @Test
    void thePastCanBeAskedAboutStates() {
        assertFalse(found("never(told(2) == 2)").contains(7L));
        assertEquals(13, found("never(told(2) == 3)").size());
        assertEquals(List.of(9L, 10L, 11L, 12L, 13L), found("exists(told(2) == 2 && uids('alice', 'INBOX') != 2)"
                + " && exists(session == 2)"));
    }

    @Test
    void theOrderInWhichEventsAreAskedForDoesNotMatter() {
        for (var text : List.of("exists(command == 'EXPUNGE')", "count(kind == 'told') == 1", "told(2) == 2",
                "never(told(2) == 2)", "count(exists(session == 2)) == 4")) {
            var inOrder = found(text);
            var evaluation = expression(text).on(recording);
            for (var number : List.of(13L, 1L, 9L, 8L, 11L, 2L, 12L, 10L, 10L, 5L, 3L, 4L, 6L, 7L)) {
                assertEquals(inOrder.contains(number), evaluation.test(recording.event(number)),
                        text + " at " + number);
            }
        }
    }

    @Test
    void anEventThatIsAboutToHappenSeesTheStateBeforeIt() {
        var next = new TraceEvent(0, 0, 2, "imap", 0, "Selected", "INBOX", "EXPUNGE",
                new What.Received(Octets.of("b EXPUNGE\r\n")));
        assertTrue(expression("count(command == 'EXPUNGE') == 3 && messages('alice', 'INBOX') == 1 && told(2) == 1"
                + " && session(2).open && !session(1).open && exists(session == 2 && command == 'EXPUNGE')"
                + " && never(command == 'IDLE')").on(recording).test(next));
    }

    @Test
    void whoHasGivenUpIsToldSo() {
        var cancelled = new AtomicBoolean();
        var evaluation = expression("count(kind == 'told') == 2").on(recording, Duration.ofMinutes(1), cancelled::get);
        assertTrue(evaluation.test(recording.event(13)));
        cancelled.set(true);
        var failure = assertThrows(EvaluationException.class, () -> evaluation.test(recording.event(5)));
        assertEquals("The expression was cancelled at event 5.", failure.getMessage());
    }

    private List<Long> found(String text) {
        var found = new ArrayList<Long>();
        var evaluation = expression(text).on(recording);
        for (var event : recording.events(1, 100)) {
            if (evaluation.test(event)) {
                found.add(event.number());
            }
        }
        return found;
    }

    private void assertAt(long number, String text) {
        assertTrue(expression(text).on(recording).test(recording.event(number)), text);
    }

    private void add(long session, String phase, String folder, String command, What what) {
        last = recording.record(session, "imap", 0, phase, folder, command, what);
    }

    private void change(Change... changes) {
        last = recording.record(0, "", last, "", "INBOX", "", new What.StateChanged(last + 1, List.of(changes)));
    }
}
