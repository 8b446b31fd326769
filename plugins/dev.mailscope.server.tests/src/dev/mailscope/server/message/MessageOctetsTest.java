package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

/** A message that lies elsewhere and is read through a window is the same as one in memory. */
class MessageOctetsTest {
    private static final List<Integer> WINDOWS = List.of(1, 7, 64, 1_000);

    @Test
    void aWindowShowsWhatIsThere() {
        for (final String name : MessageCorpus.names()) {
            final byte[] octets = MessageCorpus.message(name);
            if (octets.length > 20_000) {
                continue;
            }
            final MimePart structure = MimePart.parse(octets);
            final List<String> known = FetchText.lines(octets);
            final String preview = Preview.of(MessageOctets.of(octets), structure);
            for (final int size : WINDOWS) {
                assertEquals(known, FetchText.lines(window(octets, size)), name + " by " + size);
                assertEquals(preview, Preview.of(window(octets, size), structure), name + " by " + size);
            }
        }
    }

    @Test
    void aTextIsFoundAcrossTheEdgesOfTheWindow() {
        final String text = "Gr\u00fc\u00dfe an alle, die lesen. ";
        for (final String encoding : List.of("8bit", "base64", "quoted-printable")) {
            for (int before = 0; before < 80; before++) {
                final byte[] body = ("-".repeat(before) + text).getBytes(UTF_8);
                final byte[] octets = ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                        + encoding + "\r\n\r\n" + encoded(body, encoding)).getBytes(ISO_8859_1);
                final MessageOctets window = window(octets, 16);
                final MimePart message = MimePart.parse(window);
                assertTrue(new SearchText("gr\u00fc\u00dfe AN alle, die lesen.").inBody(window, message), encoding);
                assertFalse(new SearchText("gr\u00fc\u00dfe an alle, die singen.").inBody(window, message), encoding);
            }
        }
    }

    @Test
    void aTextIsFoundAcrossThePiecesThatAreDecoded() {
        // What is decoded at once is 8,192 octets; the text ends behind that, or a character does.
        for (int before = 8_192 - 12; before <= 8_192; before++) {
            final byte[] octets = ("\r\n" + "x".repeat(before) + "Gr\u00fc\u00dfe").getBytes(UTF_8);
            final MessageOctets window = window(octets, 1_000);
            assertTrue(new SearchText("XGR\u00dc\u00dfE").inBody(window, MimePart.parse(window)), "at " + before);
        }
    }

    @Test
    void runsOfItAreTheSame() throws Exception {
        final byte[] octets = new byte[300];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 7);
        }
        for (final int size : WINDOWS) {
            final MessageOctets window = window(octets, size);
            for (int i = octets.length - 1; i >= 0; i--) {
                assertEquals(octets[i], window.at(i));
            }
            final var range = Range.between(17, 291);
            assertArrayEquals(range.of(octets), window.copy(range));
            assertArrayEquals(range.of(octets), window.stream(range).readAllBytes());
            assertEquals(-1, window.indexOf(octets[5], 6, 40));
            assertEquals(39, window.indexOf(octets[39], 0, 40));
            assertThrows(IndexOutOfBoundsException.class, () -> window.at(300));
        }
    }

    @Test
    void headersOfWhatIsNotInMemoryAreNotTakenThereWithoutEnd() {
        final byte[] octets = ("X: " + "y".repeat(HeaderTooLarge.MOST)).getBytes(ISO_8859_1);
        assertThrows(HeaderTooLarge.class, () -> MimePart.parse(window(octets, 1_000)));
        assertThrows(HeaderTooLarge.class, () -> Header.of(window(octets, 1_000)));
        assertEquals(octets.length, Header.of(octets).range().length());
        final byte[] parts = ("Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + ("--b\r\nX: " + "y".repeat(100_000) + "\r\n\r\n\r\n").repeat(42)).getBytes(ISO_8859_1);
        assertThrows(HeaderTooLarge.class, () -> MimePart.parse(window(parts, 1_000)));
    }

    @Test
    void whatCannotBeReadIsAnError() {
        final byte[] octets = new byte[100];
        final var broken = Content.stored(Content.of(octets).id(), 200, () -> octets);
        assertThrows(RuntimeException.class, () -> MessageOctets.windowOn(broken, 150).at(0));
        final var gone = Content.stored(Content.of(octets).id(), 100, () -> {
            throw new UncheckedIOException(new java.io.IOException("it has gone"));
        });
        assertThrows(UncheckedIOException.class, () -> MessageOctets.windowOn(gone, 150).at(0));
    }

    private static MessageOctets window(byte[] octets, int size) {
        return MessageOctets.windowOn(Content.of(octets), size);
    }

    private static String encoded(byte[] body, String encoding) {
        return switch (encoding) {
            case "base64" -> Base64.getMimeEncoder().encodeToString(body);
            case "quoted-printable" -> {
                final var text = new StringBuilder();
                for (final byte octet : body) {
                    text.append(octet >= ' ' && octet != '=' ? String.valueOf((char) octet)
                            : String.format("=%02X", octet & 0xff)).append(text.length() % 40 > 36 ? "=\r\n" : "");
                }
                yield text.toString();
            }
            default -> new String(body, ISO_8859_1);
        };
    }
}
