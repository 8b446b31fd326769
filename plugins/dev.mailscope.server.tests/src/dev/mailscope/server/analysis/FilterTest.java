package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class FilterTest {
    private static final TraceEvent FETCH = new TraceEvent(1, 0, 3, "imap", 0, "Selected", "INBOX", "FETCH",
            new What.Received(Octets.of("a1 FETCH 1 (Flags)\r\n")));
    private static final TraceEvent CHANGE = new TraceEvent(2, 0, 0, "", 0, "", "INBOX", "",
            new What.StateChanged(1, List.of(new Change.FolderRenamed("alice", 2, "Work", "Play"),
                    new Change.SubscriptionChanged("alice", "Gone", false))));

    @Test
    void allWantsEverything() {
        assertTrue(Filter.ALL.test(FETCH) && Filter.ALL.test(CHANGE) && Filter.ALL.isAll());
        assertEquals("all events", Filter.ALL.words());
    }

    @Test
    void textIsFoundInTheLineInAnyCase() {
        assertTrue(Filter.ALL.withText("(FLAGS)").test(FETCH));
        assertTrue(Filter.ALL.withText("imap 3").test(FETCH));
        assertTrue(Filter.ALL.withText("renamed to play").test(CHANGE));
        assertFalse(Filter.ALL.withText("store").test(FETCH));
        assertFalse(Filter.ALL.withText("x".repeat(500)).test(FETCH));
    }

    @Test
    void sessionPhaseAndProtocolMustFit() {
        assertTrue(Filter.ALL.withSession(3).withPhase("selected").withProtocol("IMAP").test(FETCH));
        assertFalse(Filter.ALL.withSession(4).test(FETCH));
        assertFalse(Filter.ALL.withSession(0).test(FETCH));
        assertTrue(Filter.ALL.withSession(0).test(CHANGE));
        assertTrue(Filter.ALL.withSession(0).withAnySession().test(FETCH));
        assertFalse(Filter.ALL.withPhase("Authenticated").test(FETCH));
        assertFalse(Filter.ALL.withProtocol("pop3").test(FETCH));
    }

    @Test
    void aChangeFitsEveryFolderItConcerns() {
        assertTrue(Filter.ALL.withFolder("inbox").test(FETCH));
        assertFalse(Filter.ALL.withFolder("Work").test(FETCH));
        for (var folder : List.of("INBOX", "Work", "Play", "Gone")) {
            assertTrue(Filter.ALL.withFolder(folder).test(CHANGE), folder);
        }
        assertFalse(Filter.ALL.withFolder("Other").test(CHANGE));
        assertFalse(Filter.ALL.withFolder("work").test(CHANGE));
    }

    @Test
    void itSaysWhatItAsksFor() {
        assertEquals("session 3, protocol imap, phase Selected, folder INBOX, containing \"x\"",
                new Filter("x", OptionalLong.of(3), "INBOX", "Selected", "imap").words());
        assertEquals("the server itself", Filter.ALL.withSession(0).words());
    }
}
