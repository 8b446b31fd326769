package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SearchTextTest {
    private static final byte[] OCTETS = """
            From: a@example.org
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
             folded
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64
            Content-Description: one

            w4RwZmVs
            --b
            Content-Type: application/x

            binary
            --b
            Content-Type: message/rfc822

            Subject: enclosed

            deep =C3=84
            --b--
            epilogue
            """.replace("\n", "\r\n").getBytes(ISO_8859_1);
    private static final MimePart MESSAGE = MimePart.parse(OCTETS);

    private static boolean inBody(String text) {
        return new SearchText(text).inBody(MessageOctets.of(OCTETS), MESSAGE);
    }

    @Test
    void caseAndCompositionDoNotMatter() {
        assertTrue(new SearchText("\u00e4PFEL").in("gr\u00fcne \u00c4pfel"));
        assertTrue(new SearchText("a\u0308pfel").in("\u00c4PFEL"));
        assertTrue(new SearchText("\u00c4").in("a\u0308"));
        assertTrue(new SearchText("\uff21").in("a"), "compatibility letters too");
        assertTrue(new SearchText("\ud801\udc28").in("\ud801\udc00"));
        assertFalse(new SearchText("\u00e4").in("a"));
        assertTrue(new SearchText("").in(""));
        assertFalse(new SearchText("x").in(""));
    }

    @Test
    void findsWhatIndexOfFinds() throws IOException {
        final var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            final String text = random.ints(random.nextInt(40), 'a', 'c').collect(StringBuilder::new,
                    StringBuilder::appendCodePoint, StringBuilder::append).toString();
            final String wanted = random.ints(random.nextInt(7), 'a', 'c').collect(StringBuilder::new,
                    StringBuilder::appendCodePoint, StringBuilder::append).toString();
            assertEquals(text.contains(wanted), new SearchText(wanted).in(text), wanted + " in " + text);
            assertEquals(text.contains(wanted), new SearchText(wanted.toUpperCase()).in(new StringReader(text)));
        }
    }

    @Test
    void bodySearchReadsDecodedTextAndNoHeader() {
        assertTrue(inBody("\u00e4pfel"));
        assertTrue(inBody("deep"));
        assertTrue(inBody("Preamble"));
        assertTrue(inBody("Epilogue"));
        assertFalse(inBody("--b"));
        assertFalse(inBody("description: ONE"));
        assertFalse(inBody("enclosed"));
        assertFalse(inBody("binary"));
        assertFalse(inBody("a@example.org"));
        assertFalse(inBody("w4RwZmVs"));
    }

    @Test
    void textSearchReadsTheHeadersToo() {
        assertTrue(new SearchText("description: ONE").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertTrue(new SearchText("enclosed").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertTrue(new SearchText("preamble").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertTrue(new SearchText("gr\u00fc\u00dfe folded").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertTrue(new SearchText("from: a@").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertTrue(new SearchText("deep").inMessage(MessageOctets.of(OCTETS), MESSAGE));
        assertFalse(new SearchText("nowhere").inMessage(MessageOctets.of(OCTETS), MESSAGE));
    }

    @Test
    void headerSearchReadsTheNamedFieldOnly() {
        final Header header = Header.of(OCTETS);
        assertTrue(new SearchText("GR\u00dc").in(header, "subject"));
        assertFalse(new SearchText("example").in(header, "subject"));
        assertTrue(new SearchText("").in(header, "Subject"));
        assertFalse(new SearchText("").in(header, "X-Missing"));
    }

    @Test
    void addressSearchReadsTheEnvelopeNotTheField() {
        final Header header = Header.of("""
                From: "Bee, Ann" (a comment) < ann @ example . org >
                To: =?utf-8?Q?J=C3=B6rg?= <j@b.c>, Friends: <@route:d@e.f>, g;
                To: other@h.i
                """.replace("\n", "\r\n").getBytes(ISO_8859_1));
        for (final String found : List.of("Bee, Ann <ann@example.org>", "ANN@")) {
            assertTrue(new SearchText(found).inAddresses(header, "from"), found);
        }
        for (final String found : List.of("j\u00f6rg <j@b.c>, friends: d@e.f, g;", "other@", "")) {
            assertTrue(new SearchText(found).inAddresses(header, "To"), found);
        }
        assertFalse(new SearchText("comment").inAddresses(header, "From"));
        assertFalse(new SearchText("route").inAddresses(header, "To"));
        assertFalse(new SearchText("").inAddresses(header, "Cc"));
    }

    @Test
    void aSpaceFindsWhereALineWasFolded() {
        final Header header = Header.of("Subject: one\r\n\ttwo\r\n   three\r\n".getBytes(ISO_8859_1));
        assertTrue(new SearchText("one two three").in(header, "Subject"));
        assertTrue(new SearchText("two   three").in(header, "Subject"), "as it is written");
        assertFalse(new SearchText("onetwo").in(header, "Subject"));
    }

    @Test
    void multipartWithoutPartsIsSearchedAsText() {
        final byte[] octets = "Content-Type: multipart/mixed\r\n\r\nneedle".getBytes(ISO_8859_1);
        assertTrue(new SearchText("needle").inBody(MessageOctets.of(octets), MimePart.parse(octets)));
    }

    @Test
    void repetitiveTextTakesLinearTime() {
        final String text = "a".repeat(5_000_000);
        final var wanted = new SearchText("a".repeat(100_000) + "b");
        assertFalse(assertTimeout(Duration.ofSeconds(30), () -> wanted.in(text)));
    }
}
