package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;

class MultiLineTest {
    @Test
    void aMessageWithCleanLinesArrivesAsItIsStored() {
        var random = new Random(7);
        for (var round = 0; round < 500; round++) {
            var mail = new StringBuilder();
            for (var lines = 1 + random.nextInt(30); lines > 0; lines--) {
                mail.append(".".repeat(random.nextInt(3))).append("x".repeat(random.nextInt(200))).append("\r\n");
            }
            var octets = mail.toString().getBytes(StandardCharsets.US_ASCII);
            assertArrayEquals(octets, received(MultiLine.message("+OK", Content.of(octets))));
            assertEquals(octets.length, Content.of(octets).sizeWithCrlf());
        }
    }

    @Test
    void aLargeMessageThatIsNotInMemoryIsTheSame() {
        for (var line : List.of("a bare one\n", "\n.\n", "clean and long enough to be worth a reference\r\n", ".")) {
            var octets = ("x\r\n" + line.repeat(Content.LARGE / line.length() + 10))
                    .getBytes(StandardCharsets.US_ASCII);
            var elsewhere = Content.stored(Content.of(octets).id(), octets.length, () -> octets);
            assertEquals(MultiLine.message("+OK", Content.of(octets)), MultiLine.message("+OK", elsewhere));
            assertEquals(MultiLine.top("+OK", Content.of(octets), 5), MultiLine.top("+OK", elsewhere, 5));
        }
    }

    @Test
    void theSizeIsWhatTheClientEndsUpWith() {
        var random = new Random(8);
        for (var round = 0; round < 20_000; round++) {
            var octets = new byte[random.nextInt(30)];
            for (var i = 0; i < octets.length; i++) {
                octets[i] = (byte) ".\r\nx\u00FF".charAt(random.nextInt(5));
            }
            var content = Content.of(octets);
            var got = received(MultiLine.message("+OK", content));
            assertEquals(content.sizeWithCrlf(), got.length);
            assertEquals(withCrlf(octets), new String(got, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void topIsAlwaysTheBeginningOfTheMessage() {
        var random = new Random(9);
        for (var round = 0; round < 20_000; round++) {
            var octets = new byte[random.nextInt(40)];
            for (var i = 0; i < octets.length; i++) {
                octets[i] = (byte) ".\r\nx".charAt(random.nextInt(4));
            }
            var content = Content.of(octets);
            var whole = new String(received(MultiLine.message("+OK", content)), StandardCharsets.ISO_8859_1);
            var lines = random.nextInt(5);
            var top = new String(received(MultiLine.top("+OK", content, lines)), StandardCharsets.ISO_8859_1);
            var headerEnd = whole.startsWith("\r\n") ? 2 : whole.indexOf("\r\n\r\n") + 4;
            assertTrue(whole.startsWith(top));
            if (headerEnd < 4 && !whole.startsWith("\r\n")) {
                assertEquals(whole, top);
            } else {
                var end = headerEnd;
                for (var left = lines; left > 0 && end < whole.length(); left--) {
                    end = whole.indexOf("\r\n", end) + 2;
                }
                assertEquals(whole.substring(0, end), top);
            }
        }
    }

    @Test
    void aCleanMessageIsNotCopied() {
        var content = Content.of(("A: b\r\n\r\n" + "line\r\n".repeat(10_000)).getBytes(StandardCharsets.US_ASCII));
        var slices = MultiLine.message("+OK", content).pieces().stream().filter(Octets.Slice.class::isInstance)
                .toList();
        assertEquals(1, slices.size());
        assertEquals(content.size(), slices.getFirst().size());
    }

    @Test
    void onlyTheDotsOfALongMessageAreItsOwn() {
        var content = Content.of(("A: b\r\n\r\n" + ("x".repeat(500) + "\r\n.").repeat(100))
                .getBytes(StandardCharsets.US_ASCII));
        var own = MultiLine.message("+OK", content).pieces().stream().filter(Octets.Inline.class::isInstance)
                .mapToInt(Octets.Piece::size).sum();
        assertEquals("+OK\r\n".length() + 100 + ".\r\n.\r\n".length(), own);
    }

    /** What a client makes of the response, by the words of RFC 1939 section 3. */
    static byte[] received(Octets response) {
        var text = new String(response.toBytes(), StandardCharsets.ISO_8859_1);
        var got = new StringBuilder();
        var from = text.indexOf("\r\n") + 2;
        while (true) {
            var end = text.indexOf("\r\n", from);
            assertTrue(end >= 0, "the response has no end");
            var line = text.substring(from, end);
            from = end + 2;
            if (line.equals(".")) {
                assertEquals(text.length(), from, "something follows the end");
                return got.toString().getBytes(StandardCharsets.ISO_8859_1);
            }
            got.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
    }

    private static String withCrlf(byte[] octets) {
        var text = new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").replace("\n", "\r\n");
        return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
    }
}
