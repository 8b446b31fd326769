package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final Content MESSAGE = Content.of(octets(200_000));

    @Test
    void piecesBecomeOneContent() throws IOException {
        // A large one stays in its pieces.
        for (final int times : new int[] {1, 30}) {
            final var whole = new Composition();
            final var expected = new ByteArrayOutputStream();
            for (int i = 0; i < times; i++) {
                final var range = Range.between(i, 100_003 - 7 * i);
                whole.add("head " + i).add(MESSAGE, range).addEncoded(MESSAGE, range).add(new byte[0]).add("\r\n");
                expected.writeBytes(("head " + i).getBytes(US_ASCII));
                expected.writeBytes(range.of(MESSAGE.octets()));
                expected.writeBytes(Base64.getMimeEncoder().encode(range.of(MESSAGE.octets())));
                expected.writeBytes("\r\n".getBytes(US_ASCII));
            }
            assertEquals(expected.size(), whole.size());
            assertMade(expected.toByteArray(), whole.toContent());
        }
    }

    private static void assertMade(byte[] expected, Content found) throws IOException {
        assertEquals(expected.length <= Content.LARGE, found.isInMemory());
        assertEquals(Content.of(expected), found);
        assertEquals(Content.of(expected).sizeWithCrlf(), found.sizeWithCrlf());
        assertArrayEquals(expected, found.octets());
        final var random = new Random(3);
        final MessageOctets open = found.open();
        for (int i = 0; i < 300; i++) {
            final int offset = random.nextInt(expected.length);
            final int length = random.nextInt(Math.min(i % 10 == 0 ? 200_000 : 300, expected.length - offset));
            final var part = new ByteArrayOutputStream();
            found.writeTo(part, offset, length);
            assertArrayEquals(Range.between(offset, offset + length).of(expected), part.toByteArray(), "at " + offset);
            assertEquals(expected[offset], open.at(offset));
        }
    }

    @Test
    void ofOneWholeContentIsThatContent() {
        assertSame(MESSAGE, new Composition().add(MESSAGE, new Range(0, MESSAGE.size())).toContent());
        assertEquals(0, new Composition().toContent().size());
    }

    @Test
    void whatIsMadeOfALargeMessageIsThatOfASmallOne() throws IOException {
        final String head = "Subject: Gr\u00fc\u00dfe\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        final byte[] body = octets(Content.LARGE + 5);
        final var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(UTF_8));
        all.writeBytes(body);
        final var message = Content.of(all.toByteArray());
        assertTrue(message.hasNul());
        final Content encoded = BinaryParts.encoded(message).orElseThrow();
        final MimePart part = MimePart.parse(encoded.open());
        assertFalse(encoded.hasNul());
        assertArrayEquals(body, TransferEncoding.decode(encoded.open(), part));
        var decoded = TransferEncoding.decoded(encoded, part, TransferEncoding.measured(encoded, part));
        assertArrayEquals(body, decoded.octets());
        final var some = new ByteArrayOutputStream();
        decoded.writeTo(some, 1_000_000, 17);
        assertArrayEquals(Range.between(1_000_000, 1_000_017).of(body), some.toByteArray());
        final byte[] surrogate = encoded.surrogate().octets();
        assertTrue(new String(surrogate, US_ASCII).startsWith("Subject: =?UTF-8?"));
        assertArrayEquals(MimePart.parse(encoded.open()).body().of(encoded.octets()),
                MimePart.parse(surrogate).body().of(surrogate));
        final byte[] before = message.octets();
        final byte[] without = message.withoutNul().octets();
        for (int i = 0; i < without.length; i++) {
            final byte octet = before[i];
            assertEquals(octet == 0 ? (byte) 0x80 : octet, without[i]);
        }
        final var noNul = new ByteArrayOutputStream();
        message.withoutNul().writeTo(noNul, 500_000, 1_000);
        assertArrayEquals(Range.between(500_000, 501_000).of(without), noNul.toByteArray());
    }

    private static byte[] octets(int count) {
        final var octets = new byte[count];
        new Random(1).nextBytes(octets);
        return octets;
    }
}
