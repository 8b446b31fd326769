package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class ContentTest {
    @Test
    void theSizeWithCrlfCountsWhatCrlfEverywhereComesTo() {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++) {
            var text = random.ints(random.nextInt(12), 0, 4).collect(StringBuilder::new,
                    (built, i) -> built.append("\r\n.x".charAt(i)), StringBuilder::append).toString();
            var whole = text.replace("\r\n", "\n").replace("\n", "\r\n");
            var expected = whole.isEmpty() || whole.endsWith("\r\n") ? whole.length() : whole.length() + 2;
            assertEquals(expected, Content.of(text.getBytes(StandardCharsets.US_ASCII)).sizeWithCrlf());
        }
    }

    @Test
    void theOctetsAreLookedAtOnce() {
        var asked = new AtomicInteger();
        var content = Content.stored("id", 3, () -> {
            asked.incrementAndGet();
            return new byte[] {'a', '\n', 'b'};
        });
        for (var i = 0; i < 3; i++) {
            assertEquals(6, content.sizeWithCrlf());
            assertTrue(content.isAscii());
        }
        assertEquals(1, asked.get());
    }

    @Test
    void asciiEndsAt127() {
        assertTrue(Content.of(new byte[] {0, 127}).isAscii());
        assertFalse(Content.of(new byte[] {0, (byte) 128, 1}).isAscii());
        assertFalse(Content.of(new byte[] {(byte) 255}).isAscii());
    }
}
