package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What a folder can be called. */
class FolderTest {
    @Test
    void inboxIsTheSameInAnyCaseAlsoAboveOthers() {
        assertEquals("INBOX", Folder.canonicalName("iNbOx"));
        assertEquals("INBOX/x", Folder.canonicalName("inbox/x"));
        assertEquals("inbox2", Folder.canonicalName("inbox2"));
        assertEquals("x/inbox", Folder.canonicalName("x/inbox"));
    }

    @Test
    void namesAreComposed() {
        assertEquals("caf\u00E9/\u00E9", Folder.canonicalName("cafe\u0301/\u00E9"));
        assertEquals("\u03A9", Folder.canonicalName("\u2126"));
        assertEquals("INBOX/\u1E69", Folder.canonicalName("Inbox/s\u0307\u0323"));
        // Compatible is not the same.
        assertEquals("\uFB01", Folder.canonicalName("\uFB01"));
        assertEquals("\uD83D\uDE00", Folder.canonicalName("\uD83D\uDE00"));
    }

    @Test
    void whatNetUnicodeLeavesOutIsRefused() {
        for (var bad : List.of("\u0000", "a\u001F", "\u007F", "\u0080", "x\u009F", "x\u2028", "x\u2029y", "\uFEFFx",
                "x\uFFFE", "\uDBFF\uDFFF", "\uD800", "x\u0378")) {
            assertThrows(MailboxException.class, () -> Folder.requireNetUnicode(bad), bad);
        }
        for (var good : List.of("", "a b", "\u00A0", "x\uFEFF", "\u200D", "\uE000", "\uD83D\uDE00", "e\u0301")) {
            assertDoesNotThrow(() -> Folder.requireNetUnicode(good), good);
        }
    }
}
