package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class SectionTest {
    private static final byte[] OCTETS = """
            From: a@example.org
            Subject: one
             folded
            X: y

            body
            """.replace("\n", "\r\n").getBytes(US_ASCII);
    private static final MimePart MESSAGE = MimePart.parse(OCTETS);

    private static Optional<Excerpt> excerpt(Section section) {
        return section.of(MessageOctets.of(OCTETS), MESSAGE);
    }

    private static String text(Section section) {
        return excerpt(section).map(it -> new String(it.octets(MessageOctets.of(OCTETS)), US_ASCII)).orElse("none");
    }

    @Test
    void sectionsOfTheMessageAreRunsOfItsOctets() {
        assertEquals(Optional.of(new Excerpt.Slice(new Range(0, OCTETS.length))), excerpt(Section.MESSAGE));
        assertEquals(Optional.of(new Excerpt.Slice(MESSAGE.header())),
                excerpt(new Section(List.of(), Section.Text.HEADER)));
        assertEquals("body\r\n", text(new Section(List.of(), Section.Text.TEXT)));
        assertEquals("body\r\n", text(new Section(List.of(1), Section.Text.ALL)));
    }

    @Test
    void fieldsArePickedAsTheyStandWithTheBlankLine() {
        assertEquals("Subject: one\r\n folded\r\n\r\n",
                text(new Section(List.of(), Section.Text.HEADER_FIELDS, List.of("SUBJECT", "None"))));
        assertEquals("From: a@example.org\r\nX: y\r\n\r\n",
                text(new Section(List.of(), Section.Text.HEADER_FIELDS_NOT, List.of("subject"))));
        assertEquals("\r\n", text(new Section(List.of(), Section.Text.HEADER_FIELDS, List.of("None"))));
    }

    @Test
    void whatIsNotThereIsNotTheSameAsWhatIsEmpty() {
        assertEquals(Optional.empty(), excerpt(new Section(List.of(2), Section.Text.ALL)));
        assertEquals(Optional.empty(), excerpt(new Section(List.of(1), Section.Text.HEADER)));
        assertEquals(Optional.empty(), excerpt(new Section(List.of(1), Section.Text.TEXT)));
        final byte[] empty = "Subject: x\r\n\r\n".getBytes(US_ASCII);
        assertEquals(0,
                new Section(List.of(1), Section.Text.ALL).of(MessageOctets.of(empty), MimePart.parse(empty))
                        .orElseThrow().size());
    }

    @Test
    void partialsStayWithinTheExcerpt() {
        final Excerpt slice = excerpt(new Section(List.of(), Section.Text.TEXT)).orElseThrow();
        assertEquals("od", new String(slice.partial(1, 2).octets(MessageOctets.of(OCTETS)), US_ASCII));
        assertEquals("dy\r\n", new String(slice.partial(2, 4_294_967_295L).octets(MessageOctets.of(OCTETS)), US_ASCII));
        assertEquals(0, slice.partial(4_294_967_295L, 5).size());
        final Excerpt picked = excerpt(new Section(List.of(), Section.Text.HEADER_FIELDS, List.of("X"))).orElseThrow();
        assertInstanceOf(Excerpt.Picked.class, picked);
        assertEquals(": y", new String(picked.partial(1, 3).octets(MessageOctets.of(OCTETS)), US_ASCII));
        assertEquals(new Excerpt.Picked(new byte[0]), picked.partial(100, 1));
    }

    @Test
    void whatIsSentHasNoNulAndTheSameSize() {
        final byte[] octets = "a\0b\0\0c".getBytes(US_ASCII);
        for (final Excerpt excerpt : List.of(new Excerpt.Slice(new Range(1, 4)),
                new Excerpt.Picked("\0b\0\0".getBytes(US_ASCII)))) {
            assertArrayEquals(new byte[] {(byte) 0x80, 'b', (byte) 0x80, (byte) 0x80},
                    excerpt.withoutNul(MessageOctets.of(octets)).octets(MessageOctets.of(octets)));
        }
        final Excerpt without = new Excerpt.Slice(new Range(2, 1));
        assertSame(without, without.withoutNul(MessageOctets.of(octets)));
        assertEquals("a\0b\0\0c", new String(octets, US_ASCII), "the message is as it was");
    }

    @Test
    void sectionIsWrittenAsAClientWritesIt() {
        assertEquals("", Section.MESSAGE.toString());
        assertEquals("1.2", new Section(List.of(1, 2), Section.Text.ALL).toString());
        assertEquals("2.MIME", new Section(List.of(2), Section.Text.MIME).toString());
        assertEquals("HEADER.FIELDS.NOT (A B)",
                new Section(List.of(), Section.Text.HEADER_FIELDS_NOT, List.of("a", "B")).toString());
    }

    @Test
    void sectionsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Section(List.of(), Section.Text.MIME));
        assertThrows(IllegalArgumentException.class, () -> new Section(List.of(), Section.Text.HEADER_FIELDS));
        assertThrows(IllegalArgumentException.class,
                () -> new Section(List.of(), Section.Text.TEXT, List.of("Subject")));
    }
}
