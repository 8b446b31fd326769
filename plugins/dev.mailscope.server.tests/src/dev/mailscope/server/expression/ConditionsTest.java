package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class ConditionsTest {
    private static final String EITHER = "kind == 'state' || kind == 'marked'";

    @Test
    void oneIsAddedAndTakenAwayAgain() {
        assertEquals("session == 3", Conditions.with(" ", "session == 3"));
        var both = Conditions.with("session == 3", "command == 'STORE'");
        assertEquals("session == 3 && command == 'STORE'", both);
        assertTrue(Conditions.has(both, "command == 'STORE'") && Conditions.has(both, "session == 3"));
        assertFalse(Conditions.has(both, "session == 4"));
        assertEquals(both, Conditions.with(both, "session == 3"), "it has it already");
        assertEquals("session == 3", Conditions.without(both, "command == 'STORE'"));
        assertEquals("", Conditions.without("session == 3", "session == 3"));
        assertEquals("session == 3", Conditions.without("session == 3", "size > 4"));
    }

    @Test
    void whatIsJoinedWithOrStaysTogether() {
        var text = Conditions.with(EITHER, "session == 3");
        assertEquals("(" + EITHER + ") && session == 3", text);
        assertEquals("session == 3 && (" + EITHER + ")", Conditions.with("session == 3", EITHER));
        assertTrue(Conditions.has(text, EITHER) && Conditions.has(EITHER, EITHER));
        assertEquals("session == 3", Conditions.without(text, EITHER));
        assertEquals("", Conditions.without(EITHER, EITHER));
    }

    @Test
    void andWithinBracketsAndTextsDividesNothing() {
        var text = "exists(session == 3 && size > 2) && note == 'a && b'";
        assertTrue(Conditions.has(text, "note == 'a && b'"));
        assertFalse(Conditions.has(text, "size > 2)"));
        assertEquals("exists(session == 3 && size > 2)", Conditions.without(text, "note == 'a && b'"));
    }

    @Test
    void plainWordsAreOneCondition() {
        var text = Conditions.with("a needle", "session == 3");
        assertEquals("contains(line, 'a needle') && session == 3", text);
        assertEquals("contains(line, 'a needle')", Conditions.without(text, "session == 3"));
    }

    @Test
    void whatIsLikeAnEventFitsIt() {
        var event = new TraceEvent(1, 0, 3, "imap", 0, "Selected", "It's", "UID STORE",
                new What.Response(Octets.of("a1 NO no\r\n")));
        var on = Recording.inMemory();
        for (var likeness : List.of(Likeness.SESSION, Likeness.COMMAND, Likeness.FOLDER, Likeness.KIND,
                Likeness.STATUS)) {
            var value = likeness.of(event, Moment.START);
            assertTrue(Samples.expression(likeness.condition(value)).on(on).test(event), likeness.condition(value));
            assertFalse(Samples.expression(likeness.opposite(value)).on(on).test(event), likeness.opposite(value));
        }
        assertEquals("", Likeness.ACCOUNT.of(event, Moment.START), "nobody has logged in");
    }

    @Test
    void ofSeveralFoldersNoneMustBeIt() {
        var renamed = new TraceEvent(2, 0, 0, "", 0, "", "", "", new What.StateChanged(1,
                List.of(new Change.FolderRenamed("alice", 2, "Work", "Play"))));
        assertEquals("Work", Likeness.FOLDER.of(renamed, Moment.START));
        assertEquals("alice", Likeness.ACCOUNT.of(renamed, Moment.START));
        assertFalse(Samples.expression(Likeness.FOLDER.opposite("Play")).on(Recording.inMemory()).test(renamed));
    }
}
