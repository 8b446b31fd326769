package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

class DecodedTextTest {

    private static String read(byte[] octets) throws IOException {
        final var text = new StringWriter();
        try (Reader reader = DecodedText.reader(MessageOctets.of(octets), MimePart.parse(octets))) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    private static String body(String type, String encoding, String body) throws IOException {
        return read(("Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1));
    }

    @Test
    void encodedWordsAreDecoded() {
        assertEquals("gr\u00fc\u00dfe x", DecodedText.of("=?utf-8?Q?gr=C3=BC?= =?iso-8859-1?B?32U=?= x"));
        assertEquals("\ud83d\ude00", DecodedText.of("=?utf-8?Q?=F0=9F?= =?utf-8?Q?=98=80?="));
        assertEquals("=?utf-8?X?a?= =?", DecodedText.of("=?utf-8?X?a?= =?"));
        assertEquals("plain", DecodedText.of("plain"));
    }

    @Test
    void rawOctetsAreUtf8OrElseWindows1252() {
        assertEquals("\u00e4\u20ac", DecodedText.of("\u00c3\u00a4\u00e2\u0082\u00ac"));
        assertEquals("\u00e4\u20ac", DecodedText.of("\u00e4\u0080"));
    }

    @Test
    void longHeadersEndSoon() {
        for (final String piece : new String[] {"=?", "=?a?b?c?=", "=?utf-8?Q?", "?=", "=?utf-8?Q?a?= "}) {
            final String hostile = piece.repeat(500_000);
            assertEquals(hostile, assertTimeout(Duration.ofSeconds(30), () -> DecodedText.of(hostile)));
            assertTimeout(Duration.ofSeconds(30), () -> DecodedText.of(hostile.substring(0, 65_000)));
        }
    }

    @Test
    void bodyIsDecodedFromItsTransferEncodingAndCharset() throws IOException {
        assertEquals("Gr\u00fc\u00dfe\r\n", body("text/plain; charset=utf-8", "quoted-printable",
                "Gr=C3=BC=\r\n=C3=9Fe\r\n"));
        assertEquals("\u00e4", body("text/html; charset=ISO-8859-1", "BASE64", "5A=="));
        assertEquals("\u3053", body("text/plain; charset=iso-2022-jp", "7bit", "\u001b$B$3\u001b(B"));
        assertEquals("a\u00e4", body("text/plain; charset=utf-16be", "base64", "AGEA5A=="));
    }

    @Test
    void unknownCharsetIsReadAsUtf8ElseAsWindows1252() throws IOException {
        for (final String type : new String[] {"text/plain", "text/plain; charset=no-such", "text/plain; charset=\"\"",
            "text/plain; charset=us-ascii", "text/plain; charset=\"\u00fc%\""}) {
            assertEquals("\u00e4 \u00e4 \u20ac", body(type, "8bit", "\u00c3\u00a4 \u00e4 \u0080"), type);
        }
    }

    @Test
    void unknownTransferEncodingLeavesTheBodyAsItIs() throws IOException {
        assertEquals("a=41", body("text/plain", "x-other", "a=41"));
    }

    @Test
    void brokenEncodingsGiveWhatCanBeRead() throws IOException {
        assertEquals("a=zz=", body("text/plain", "quoted-printable", "a=zz="));
        assertEquals("ab", body("text/plain", "base64", "Y*W\r\nI="));
    }

    @Test
    void bigBodyIsReadWholly() throws IOException {
        final String text = "\u00e4\ud83d\ude00x".repeat(20_000);
        final String octets = new String(text.getBytes("UTF-8"), ISO_8859_1);
        assertEquals(text, body("text/plain; charset=utf-8", "8bit", octets));
    }

    @Test
    void anyOctetsInAnyCharsetAreRead() throws IOException {
        final var random = new Random(7);
        for (final String charset : Charset.availableCharsets().keySet()) {
            final var octets = new byte[20_000];
            random.nextBytes(octets);
            final String body = new String(octets, ISO_8859_1);
            for (final String encoding : new String[] {"8bit", "base64", "quoted-printable"}) {
                assertTrue(body("text/plain; charset=" + charset, encoding, body).length() <= 60_000, charset);
            }
        }
    }
}
