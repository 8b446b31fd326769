package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class HeaderTest {

    private static Header header(String text) {
        return Header.of(text.getBytes(ISO_8859_1));
    }

    @Test
    void fieldsAreFoundWhateverTheirCaseAndOrder() {
        final Header header = header("To: a\r\nX: 1\r\nto : b\r\n c\r\nTO:\r\n\r\nTo: body");
        assertEquals(Optional.of("a"), header.first("TO"));
        assertEquals(List.of("a", "b c", ""), header.all("to"));
        assertEquals(Optional.empty(), header.first("Cc"));
        assertEquals(List.of(), header.all("T"));
    }

    @Test
    void rangesOfAllFieldsAndTheBlankLineMakeUpTheHeader() {
        final String text = " lost\r\nA: b\r\n c\nno colon\nB:\r\n\r\nbody";
        final byte[] octets = text.getBytes(ISO_8859_1);
        final var rebuilt = new StringBuilder();
        final var names = new ArrayList<String>();
        for (final HeaderField field : Header.of(octets)) {
            rebuilt.append(new String(field.whole().of(octets), ISO_8859_1));
            names.add(field.name());
        }
        assertEquals(" lost\r\nA: b\r\n c\nno colon\nB:\r\n", rebuilt.toString());
        assertEquals(List.of("", "A", "", "B"), names);
        assertEquals(text.length() - 4, Header.of(octets).range().length());
    }

    @Test
    void valueIsUnfoldedAndKeepsEveryOctet() {
        assertEquals(Optional.of("a \tb\u00ff\u00e4"), header("X:\t a\r\n \tb\u00ff\u00e4 \r\n").first("x"));
        assertEquals(Optional.of("a\rb"), header("X: a\rb\n").first("X"));
        assertEquals(Optional.of("a\u00ef\u00bf\u00bdb"), header("X: a\0b\n").first("X"));
    }

    @Test
    void rangeOfTheValueEndsBeforeTheLineBreak() {
        final Header header = header("X: a\r\n b\r\nY:\r\n");
        assertEquals(new Range(2, 6), header.field("X").orElseThrow().value());
        assertEquals(new Range(12, 0), header.field("y").orElseThrow().value());
    }

    @Test
    void headerOfTheMessageIsThatOfItsStructure() {
        for (final String name : MessageCorpus.names()) {
            final byte[] octets = MessageCorpus.message(name);
            assertEquals(MimePart.parse(octets).header(), Header.of(octets).range(), name);
        }
    }

    @Test
    void iterationEndsAtTheBlankLine() {
        final var fields = header("A: b\n\nC: d\n").iterator();
        assertTrue(fields.hasNext());
        fields.next();
        assertFalse(fields.hasNext());
        assertThrows(NoSuchElementException.class, fields::next);
    }
}
