package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

class SearchSyntaxTest {
    @Test
    void keysPrintAsTheyAreWritten() {
        for (var text : List.of("ALL", "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN", "UNANSWERED", "UNDELETED",
                "UNDRAFT", "UNFLAGGED", "UNSEEN", "KEYWORD $x", "UNKEYWORD $x", "OLD", "RECENT", "BCC \"x\"",
                "CC \"x\"", "FROM \"a \\\"b\\\" \\\\\"", "SUBJECT \"\"", "TO \"x\"", "BODY \"x\"", "TEXT \"x\"",
                "HEADER \"X-Y\" \"z\"", "BEFORE 1-Feb-2024", "ON 12-Dec-1999", "SINCE 1-Jan-0001",
                "SENTBEFORE 1-Feb-2024", "SENTON 1-Feb-2024", "SENTSINCE 1-Feb-2024", "LARGER 0", "SMALLER 4294967295",
                "UID 1:3,*", "NOT SEEN", "OR SEEN NOT DRAFT", "1", "*", "3:*", "2,4:7", "(SEEN DRAFT)",
                "OR (SEEN 1) NOT (DRAFT UID 1)")) {
            assertEquals(text, search(text).key().toString());
        }
    }

    @Test
    void severalKeysMustAllFit() {
        assertEquals("(SEEN DRAFT 1:2)", search("seen draft 1:2").key().toString());
        assertEquals("SEEN", search("((SEEN))").key().toString());
    }

    @Test
    void newIsRecentAndUnseen() {
        assertEquals("(RECENT UNSEEN)", search("NEW").key().toString());
    }

    @Test
    void charsetIsRead() {
        var search = search("CHARSET UTF-8 SUBJECT {2}\r\n\u00c3\u00a4");
        assertEquals("UTF-8", search.charset());
        assertEquals("SUBJECT \"ä\"", search.key().toString());
        assertEquals(null, search("ALL").charset());
        assertEquals("x y", search("CHARSET \"x y\" ALL").charset());
    }

    @Test
    void textKeepsItsOctets() throws Exception {
        var text = ((SearchKey.Body) search("BODY {1}\r\n\u00e4").key()).text();
        assertEquals("ä", text.decode(StandardCharsets.ISO_8859_1));
        assertEquals(new EncodedText(new byte[] {(byte) 0xE4}), text);
    }

    @Test
    void datesMayBeQuoted() {
        assertEquals(new SearchKey.Received(SearchKey.When.ON, LocalDate.of(2024, 2, 29)),
                search("ON \"29-feb-2024\"").key());
        assertEquals(search("ON 01-Feb-2024").key(), search("ON 1-Feb-2024").key());
    }

    @Test
    void malformedKeysAreBadAtTheirOctet() {
        assertBad("", 8);
        assertBad(" ", 9);
        assertBad(" FROB", 9);
        assertBad(" CHARSET UTF-8", 22);
        assertBad(" ALL CHARSET UTF-8 ALL", 13);
        assertBad(" FROM", 13);
        assertBad(" FROM (", 14);
        assertBad(" FROM \"\u00e4\"", 15);
        assertBad(" HEADER X", 17);
        assertBad(" ON 30-Feb-2024", 12);
        assertBad(" ON \"1-Feb-2024", 23);
        assertBad(" ON 1-Foo-2024", 14);
        assertBad(" ON 123-Feb-2024", 14);
        assertBad(" LARGER x", 16);
        assertBad(" LARGER 4294967296", 16);
        assertBad(" KEYWORD \\Seen", 17);
        assertBad(" NOT", 12);
        assertBad(" OR ALL", 15);
        assertBad(" (ALL", 13);
        assertBad(" ()", 10);
        assertBad(" ALL)", 12);
        assertBad(" UID x", 13);
        assertBad(" 1:x", 11);
        assertBad(" 0", 9);
    }

    @Test
    void nestingIsLimited() {
        var deepest = "(".repeat(SearchSyntax.MAX_DEPTH) + "ALL" + ")".repeat(SearchSyntax.MAX_DEPTH);
        assertEquals("ALL", search(deepest).key().toString());
        for (var one : List.of("(", "NOT ", "OR ")) {
            var bad = assertInstanceOf(Parsed.Bad.class,
                    CommandParser.parse(CommandText.raw("a SEARCH " + one.repeat(10_000) + "ALL\r\n")));
            assertTrue(bad.message().contains("100 deep"), bad.message());
            assertEquals(9 + one.length() * (SearchSyntax.MAX_DEPTH + 1), bad.offset());
        }
    }

    private static ImapCommand.Search search(String keys) {
        var parsed = CommandParser.parse(CommandText.raw("a SEARCH " + keys + "\r\n"));
        var ok = assertInstanceOf(Parsed.Ok.class, parsed, () -> keys + ": " + parsed);
        return assertInstanceOf(ImapCommand.Search.class, ok.command());
    }

    private static void assertBad(String keys, int offset) {
        var parsed = CommandParser.parse(CommandText.raw("a SEARCH" + keys + "\r\n"));
        var bad = assertInstanceOf(Parsed.Bad.class, parsed, keys);
        assertEquals(offset, bad.offset(), keys + ": " + bad.message());
    }
}
