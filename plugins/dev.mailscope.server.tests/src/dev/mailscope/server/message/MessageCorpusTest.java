package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** The parts of the odd messages of the corpus, and of all their beginnings, are runs of the message's octets. */
class MessageCorpusTest {

    @Test
    void partsAndWhatLiesBetweenThemMakeUpTheMessage() {
        for (final String name : MessageCorpus.names()) {
            final byte[] octets = MessageCorpus.message(name);
            assertArrayEquals(octets, rebuilt(octets, MimePart.parse(octets)), name);
        }
    }

    @Test
    void everyBeginningOfAMessageIsAMessageToo() {
        for (final byte[] octets : MessageCorpus.small()) {
            for (int length = 0; length < octets.length; length++) {
                final byte[] cut = Arrays.copyOf(octets, length);
                assertArrayEquals(cut, rebuilt(cut, MimePart.parse(cut)), () -> new String(cut, US_ASCII));
                assertTrue(length % 7 > 0 || FetchText.lines(cut).size() >= 6, () -> new String(cut, US_ASCII));
            }
        }
    }

    static byte[] rebuilt(byte[] octets, MimePart part) {
        final var out = new ByteArrayOutputStream();
        write(octets, part, out);
        return out.toByteArray();
    }

    private static void write(byte[] octets, MimePart part, ByteArrayOutputStream out) {
        assertEquals(part.header().end(), part.body().offset());
        assertEquals(part.header().end(), part.blankLine().end());
        assertEquals(part.whole(), Range.between(part.header().offset(), part.body().end()));
        assertEquals(lineFeeds(octets, part.body()), part.lines());
        out.writeBytes(part.header().of(octets));
        int at = part.body().offset();
        for (final MimePart child : part.message().isPresent() ? part.message().stream().toList() : part.parts()) {
            out.writeBytes(Range.between(at, child.whole().offset()).of(octets));
            write(octets, child, out);
            at = child.whole().end();
        }
        out.writeBytes(Range.between(at, part.body().end()).of(octets));
    }

    private static int lineFeeds(byte[] octets, Range range) {
        int count = 0;
        for (final byte octet : range.of(octets)) {
            count += octet == '\n' ? 1 : 0;
        }
        return count;
    }
}
