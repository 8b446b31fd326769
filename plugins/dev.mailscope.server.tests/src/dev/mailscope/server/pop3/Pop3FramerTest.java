package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.pop3.Pop3Framer.Part;

class Pop3FramerTest {
    private static final int LIMIT = 16;

    @Test
    void aLineEndsWithLineFeed() {
        assertEquals(List.of("LINE:STAT\r\n", "LINE:NOOP\n", "LINE:\n"), frames("STAT\r\nNOOP\n\nQUI", 100));
    }

    @Test
    void aLoneCarriageReturnEndsNothing() {
        assertEquals(List.of("LINE:STAT\rNOOP\r\n"), frames("STAT\rNOOP\r\n", 100));
    }

    @Test
    void theLimitCountsTheLineEnd() {
        assertEquals(List.of("LINE:12345678901234\r\n"), frames("12345678901234\r\n", 100));
        assertEquals(List.of("TOO_LONG:123456789012345\r", "REST:\n"), frames("123456789012345\r\n", 100));
    }

    @Test
    void afterALongLineTheNextOneIsWhole() {
        assertEquals(List.of("TOO_LONG:1234567890123456", "REST:7890\r\n", "LINE:STAT\r\n"),
                frames("12345678901234567890\r\nSTAT\r\n", 100));
    }

    @Test
    void theRestOfALongLineIsNotKept() {
        var framer = new Pop3Framer(LIMIT);
        var octets = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (var i = 0; i < 1000; i++) {
            framer.feed(octets, 0, octets.length);
            while (framer.next() != null) {
                assertTrue(framer.waiting().length <= octets.length);
            }
            assertEquals(0, framer.waiting().length);
        }
        assertTrue(framer.isInRest());
    }

    @Test
    void discardingForgetsAllThatWasFed() {
        var framer = new Pop3Framer(LIMIT);
        var octets = "STAT\r\nNOOP\r\nQU".getBytes(StandardCharsets.US_ASCII);
        framer.feed(octets, 0, octets.length);
        assertEquals(6, framer.next().octets().length);
        assertEquals(8, framer.discard());
        assertNull(framer.next());
        framer.feed(octets, 6, 6);
        assertEquals("NOOP\r\n", new String(framer.next().octets(), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 512})
    void piecesMakeNoDifference(int chunk) {
        var random = new Random(chunk);
        for (var round = 0; round < 200; round++) {
            var input = new StringBuilder();
            for (var lines = random.nextInt(20); lines >= 0; lines--) {
                input.append("x".repeat(random.nextInt(2 * LIMIT))).append(random.nextBoolean() ? "\r\n" : "\n");
            }
            assertEquals(joined(frames(input.toString(), 1 << 20)), joined(frames(input.toString(), chunk)));
        }
    }

    @Test
    void noOctetIsLost() {
        var random = new Random(1);
        for (var round = 0; round < 500; round++) {
            var octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            var framer = new Pop3Framer(LIMIT);
            var out = new ByteArrayOutputStream();
            for (var from = 0; from < octets.length;) {
                var length = Math.min(1 + random.nextInt(40), octets.length - from);
                framer.feed(octets, from, length);
                from += length;
                for (var piece = framer.next(); piece != null; piece = framer.next()) {
                    out.writeBytes(piece.octets());
                    assertTrue(piece.part() == Part.REST || piece.octets().length <= LIMIT);
                }
            }
            out.writeBytes(framer.waiting());
            assertArrayEquals(octets, out.toByteArray());
        }
    }

    private static List<String> frames(String input, int chunk) {
        var framer = new Pop3Framer(LIMIT);
        var octets = input.getBytes(StandardCharsets.ISO_8859_1);
        var frames = new ArrayList<String>();
        for (var from = 0; from < octets.length; from += chunk) {
            framer.feed(octets, from, Math.min(chunk, octets.length - from));
            for (var piece = framer.next(); piece != null; piece = framer.next()) {
                frames.add(piece.part() + ":" + new String(piece.octets(), StandardCharsets.ISO_8859_1));
            }
        }
        return frames;
    }

    /** The rest of a long line comes in pieces of any size. */
    private static String joined(List<String> frames) {
        var text = new StringBuilder();
        var before = "";
        for (var frame : frames) {
            text.append(frame.startsWith("REST:") && before.startsWith("REST:") && !before.endsWith("\n")
                    ? frame.substring("REST:".length()) : "|" + frame);
            before = frame;
        }
        return text.toString();
    }
}
