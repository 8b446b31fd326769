package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class FilterTest {
    private static final TraceEvent FETCH = new TraceEvent(1, 0, 3, "imap", 0, "Selected", "INBOX", "FETCH",
            new What.Received(Octets.of("a1 FETCH 1 (Flags)\r\n")));
    private static final TraceEvent CHANGE = new TraceEvent(2, 0, 0, "", 0, "", "INBOX", "",
            new What.StateChanged(1, List.of(new Change.FolderRenamed("alice", 2, "Work", "Play"),
                    new Change.SubscriptionChanged("alice", "Gone", false))));

    private static boolean test(Filter filter, TraceEvent event) {
        return filter.on(Recording.inMemory(), () -> false).test(event);
    }

    @Test
    void allWantsEverything() {
        assertTrue(test(Filter.ALL, FETCH) && test(Filter.ALL, CHANGE) && Filter.ALL.isAll());
        assertEquals("all events", Filter.ALL.words());
    }

    @Test
    void textIsFoundInTheLineInAnyCase() {
        assertTrue(test(Filter.ALL.withText("(FLAGS)"), FETCH));
        assertTrue(test(Filter.ALL.withText("imap 3"), FETCH));
        assertTrue(test(Filter.ALL.withText("renamed to play"), CHANGE));
        assertFalse(test(Filter.ALL.withText("store"), FETCH));
        assertFalse(test(Filter.ALL.withText("x".repeat(500)), FETCH));
    }

    @Test
    void sessionPhaseAndProtocolMustFit() {
        assertTrue(test(Filter.ALL.withSession(3).withPhase("selected").withProtocol("IMAP"), FETCH));
        assertFalse(test(Filter.ALL.withSession(4), FETCH));
        assertFalse(test(Filter.ALL.withSession(0), FETCH));
        assertTrue(test(Filter.ALL.withSession(0), CHANGE));
        assertTrue(test(Filter.ALL.withSession(0).withAnySession(), FETCH));
        assertFalse(test(Filter.ALL.withPhase("Authenticated"), FETCH));
        assertFalse(test(Filter.ALL.withProtocol("pop3"), FETCH));
    }

    @Test
    void aChangeFitsEveryFolderItConcerns() {
        assertTrue(test(Filter.ALL.withFolder("inbox"), FETCH));
        assertFalse(test(Filter.ALL.withFolder("Work"), FETCH));
        for (var folder : List.of("INBOX", "Work", "Play", "Gone")) {
            assertTrue(test(Filter.ALL.withFolder(folder), CHANGE), folder);
        }
        assertFalse(test(Filter.ALL.withFolder("Other"), CHANGE));
        assertFalse(test(Filter.ALL.withFolder("work"), CHANGE));
    }

    @Test
    void itSaysWhatItAsksFor() {
        assertEquals("session 3, protocol imap, phase Selected, folder INBOX, containing \"x\"",
                new Filter("x", OptionalLong.of(3), "INBOX", "Selected", "imap").words());
        assertEquals("the server itself", Filter.ALL.withSession(0).words());
    }

    @Test
    void theTextMayBeAnExpression() {
        assertTrue(test(Filter.ALL.withText("command == 'STORE' || command == 'FETCH'").withSession(3), FETCH));
        assertFalse(test(Filter.ALL.withText("command == 'STORE' || command == 'FETCH'").withSession(4), FETCH));
        assertTrue(test(Filter.ALL.withText("true"), CHANGE));
        assertEquals("session 3, where size > 2", Filter.ALL.withSession(3).withText("size > 2").words());
    }

    @Test
    void whatIsMeantAsAnExpressionAndIsWrongLetsNothingThroughAndSaysWhy() {
        for (var text : List.of("comand == 'FETCH'", "command = 'FETCH'", "size > ", "exists(", "a && b", "told()")) {
            var filter = Filter.ALL.withText(text).withSession(3);
            assertFalse(PlainText.isPlain(text), text);
            var wrong = assertInstanceOf(Expression.Wrong.class, filter.expression(), text);
            assertTrue(wrong.problem().offset() <= text.length(), text);
            assertFalse(test(filter, FETCH), text);
        }
        assertEquals(0, ((Expression.Wrong) Filter.ALL.withText("comand == 'x'").withFolder("INBOX").expression())
                .problem().offset());
    }

    @Test
    void plainWordsStayPlain() {
        for (var text : List.of("> a1 fetch", "FETCH 1 (Flags)", "a1  ", "1", "session", "(flags)", "'", "a \\ 'b",
                "x\u0001", "renamed to", "command", "{", "http://x", "imap:", ":x", "x:y", "3 < 4 > 5",
                "nothing = here")) {
            assertTrue(PlainText.isPlain(text), text);
            assertInstanceOf(Expression.Right.class, Filter.ALL.withText(text).expression(), text);
        }
        assertTrue(test(Filter.ALL.withText("> a1 fetch"), FETCH));
        assertFalse(test(Filter.ALL.withText("a1 'FETCH'"), FETCH));
    }

    @Test
    void fieldsAreUnderstood() {
        assertTrue(test(Filter.ALL.withText("session:3 command:fetch (flags)"), FETCH));
        assertTrue(test(Filter.ALL.withText("folder:inbox"), FETCH));
        assertFalse(test(Filter.ALL.withText("session:4 command:fetch"), FETCH));
        assertFalse(test(Filter.ALL.withText("command:store"), FETCH));
        assertFalse(test(Filter.ALL.withText("session:x"), FETCH)); // no number: a plain word, which does not occur
    }

    @Test
    void namesWithQuotationMarksAreQuoted() {
        for (var name : List.of("it's", "a\\b", "\\", "'", "\\'", "tab\tline\n", "\u00FCml\uD83D\uDE00 \\n \\u0041")) {
            var event = new TraceEvent(1, 0, 3, "imap", 0, "Selected", name, "FETCH", new What.Remark(name));
            assertTrue(test(Filter.ALL.withFolder(name).withPhase("Selected"), event), name);
            assertFalse(test(Filter.ALL.withFolder(name + "x"), event), name);
        }
    }
}
