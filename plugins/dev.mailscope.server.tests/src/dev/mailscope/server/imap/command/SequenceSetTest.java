package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class SequenceSetTest {
    @Test
    void printsAsItWasWritten() {
        for (var text : List.of("1", "*", "1:3", "1:*", "2,4:7,9,12:*", "4294967295", "1:4294967295", "7,1,3:5")) {
            assertEquals(text, SequenceSet.parse(text).toString());
        }
    }

    @Test
    void endsOfARangeComeInAnyOrder() {
        assertEquals("2:4", SequenceSet.parse("4:2").toString());
        assertEquals("4:*", SequenceSet.parse("*:4").toString());
        assertEquals("*", SequenceSet.parse("*:*").toString());
    }

    @Test
    void refusesWhatIsNone() {
        for (var text : List.of("", "0", "01", "1:0", "1,", ",1", "1:", ":1", "1::2", "1 2", "4294967296", "-1", "a",
                "99999999999999999999999999", "**", "1*")) {
            assertThrows(IllegalArgumentException.class, () -> SequenceSet.parse(text), text);
        }
    }

    @Test
    void hugeRangeIsOneRange() {
        var set = SequenceSet.parse("1:4294967295");
        assertEquals(1, set.ranges().size());
        assertTrue(set.contains(4_000_000_000L));
    }

    @Test
    void resolvesToAscendingRangesWithoutOverlap() {
        // The example of RFC 3501 section 9: a folder with 10 messages.
        assertEquals("4:10", SequenceSet.parse("*:4,5:7").resolve(10).toString());
        assertEquals("2,4:7,9,12:15", SequenceSet.parse("2,4:7,9,12:*").resolve(15).toString());
        assertEquals("1:5", SequenceSet.parse("5,3,1:2,4").resolve(9).toString());
    }

    @Test
    void starBelowTheRangeStartIsIncluded() {
        assertEquals("7:3291", SequenceSet.parse("3291:*").resolve(7).toString());
        assertTrue(SequenceSet.parse("3291:*").contains(7, 7));
        assertFalse(SequenceSet.parse("3291:*").contains(6, 7));
    }

    @Test
    void starAloneInAnEmptyFolderIsNothing() {
        assertTrue(SequenceSet.parse("*").resolve(0).isEmpty());
        assertEquals("5", SequenceSet.parse("5:*").resolve(0).toString());
    }

    @Test
    void tellsTheLargestNumberAndTheStar() {
        assertEquals(9, SequenceSet.parse("2,9,4").largest());
        assertEquals(7, SequenceSet.parse("7:*").largest());
        assertEquals(0, SequenceSet.parse("*").largest());
        assertTrue(SequenceSet.parse("1,7:*").hasStar());
        assertFalse(SequenceSet.parse("1,7").hasStar());
    }

    @Test
    void printsUidsCompactly() {
        assertEquals("1:3,7", SequenceSet.print(1, 2, 3, 7));
        assertEquals("3,2,1", SequenceSet.print(3, 2, 1));
        assertEquals("5", SequenceSet.print(5));
        assertEquals("4,4:5", SequenceSet.print(4, 4, 5));
        assertArrayEquals(new long[] {1, 2, 3, 7, 5}, SequenceSet.of(1, 2, 3, 7, 5).numbers());
    }

    @Test
    void randomSetsAgreeWithASetOfNumbers() {
        var random = new Random(3501);
        for (var round = 0; round < 2_000; round++) {
            var max = 1 + random.nextInt(40);
            var expected = new TreeSet<Long>();
            var parts = new ArrayList<String>();
            for (var i = 1 + random.nextInt(5); i > 0; i--) {
                var one = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(50);
                var other = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(50);
                parts.add((one == 0 ? "*" : "" + one) + ":" + (other == 0 ? "*" : "" + other));
                var from = one == 0 ? max : one;
                var to = other == 0 ? max : other;
                for (long n = Math.min(from, to); n <= Math.max(from, to); n++) {
                    expected.add(n);
                }
            }
            var set = SequenceSet.parse(String.join(",", parts));
            assertEquals(set, SequenceSet.parse(set.toString()));
            var resolved = set.resolve(max);
            for (var n = 1L; n < 60; n++) {
                assertEquals(expected.contains(n), resolved.contains(n), set + " " + n + " of " + max);
                assertEquals(expected.contains(n), set.contains(n, max), set + " " + n + " of " + max);
            }
            assertArrayEquals(expected.stream().mapToLong(n -> n).toArray(), resolved.numbers());
        }
    }
}
