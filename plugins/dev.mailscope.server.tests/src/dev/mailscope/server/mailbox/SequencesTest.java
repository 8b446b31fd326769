package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SequencesTest {
    @Test
    void whateverTheyAreTheyComeBackInOrder() {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++) {
            var numbers = random.ints(1 + random.nextInt(30), 1, 40).sorted().distinct().toArray();
            var sequences = Sequences.of(numbers);
            assertArrayEquals(numbers, sequences.stream().toArray());
            assertEquals(numbers.length, sequences.count());
            assertEquals(numbers[0], sequences.first());
            assertEquals(numbers[numbers.length - 1], sequences.last());
            var walk = sequences.iterator();
            for (var number : numbers) {
                assertTrue(walk.hasNext());
                assertEquals(number, walk.nextInt());
            }
            assertFalse(walk.hasNext());
            assertThrows(NoSuchElementException.class, walk::nextInt);
            assertEquals(Sequences.of(Arrays.stream(numbers).filter(n -> n % 3 > 0).toArray()),
                    sequences.filter(n -> n % 3 > 0));
            var from = random.nextInt(numbers.length + 1);
            var to = from + random.nextInt(numbers.length + 1 - from);
            assertArrayEquals(Arrays.copyOfRange(numbers, from, to), sequences.between(from, to).stream().toArray());
        }
    }

    @Test
    void placesBeyondThemAreNone() {
        assertEquals(Sequences.range(4, 5), Sequences.range(3, 5).between(1, 9));
        assertEquals(Sequences.NONE, Sequences.range(3, 5).between(3, 9));
        assertEquals(Sequences.NONE, Sequences.range(3, 5).between(2, 1));
    }

    @Test
    void noneIsEmptyAndHasNoEnds() {
        assertEquals(Sequences.NONE, Sequences.range(3, 2));
        assertTrue(Sequences.NONE.isEmpty());
        assertEquals(0, Sequences.NONE.count());
        assertFalse(Sequences.NONE.iterator().hasNext());
        assertThrows(NoSuchElementException.class, Sequences.NONE::first);
        assertThrows(NoSuchElementException.class, Sequences.NONE::last);
    }

    @Test
    void neighboursAreOneRun() {
        assertEquals(Sequences.range(1, 5), new Sequences.Builder().add(1, 2).add(3, 3).add(4, 5).build());
    }
}
