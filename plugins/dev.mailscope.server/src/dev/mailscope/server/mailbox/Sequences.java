package dev.mailscope.server.mailbox;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Sequence numbers of a view, ascending, each once. Immutable. Takes memory by its runs, not by the numbers in them: a
 * command that works on all of a large folder, for a client that does not read the answer, keeps two numbers.
 */
public final class Sequences {
    /** No number. */
    public static final Sequences NONE = new Builder().build();

    // Of each run the first number and the last.
    private final int[] runs;
    private final int count;

    private Sequences(int[] runs, int count) {
        this.runs = runs;
        this.count = count;
    }

    /** All from the first to the last number; none when the last is lower. */
    public static Sequences range(int first, int last) {
        return new Builder().add(first, last).build();
    }

    /** These numbers, which ascend. */
    public static Sequences of(int... numbers) {
        var builder = new Builder();
        for (var number : numbers) {
            builder.add(number, number);
        }
        return builder.build();
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** The lowest; NoSuchElementException when there is none. */
    public int first() {
        requireSome();
        return runs[0];
    }

    /** The highest; NoSuchElementException when there is none. */
    public int last() {
        requireSome();
        return runs[runs.length - 1];
    }

    private void requireSome() {
        if (count == 0) {
            throw new NoSuchElementException();
        }
    }

    /** All of them. */
    public IntStream stream() {
        return IntStream.range(0, runs.length / 2).flatMap(run -> IntStream.rangeClosed(runs[2 * run],
                runs[2 * run + 1]));
    }

    /** All of them, one by one. */
    public PrimitiveIterator.OfInt iterator() {
        return new PrimitiveIterator.OfInt() {
            private int run;
            private int next = count == 0 ? 0 : runs[0];

            @Override
            public boolean hasNext() {
                return run < runs.length;
            }

            @Override
            public int nextInt() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                var number = next;
                if (number < runs[run + 1]) {
                    next++;
                } else {
                    run += 2;
                    next = hasNext() ? runs[run] : 0;
                }
                return number;
            }
        };
    }

    /** Those for which it holds. */
    public Sequences filter(IntPredicate holds) {
        var builder = new Builder();
        stream().filter(holds).forEach(number -> builder.add(number, number));
        return builder.build();
    }

    /** Those from that place on and before the other one, counted from 0. */
    public Sequences between(int from, int to) {
        var builder = new Builder();
        var before = 0;
        for (var run = 0; run < runs.length; run += 2) {
            var size = runs[run + 1] - runs[run] + 1;
            builder.add(runs[run] + Math.max(0, from - before), runs[run] + Math.min(size, to - before) - 1);
            before += size;
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequences sequences && Arrays.equals(runs, sequences.runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        return stream().mapToObj(Integer::toString).toList().toString();
    }

    /** Collects numbers in ascending order. For one thread. */
    public static final class Builder {
        private int[] runs = new int[2];
        private int size;
        private int count;

        /** Adds those from the first to the last number, none when the last is lower; all are higher than before. */
        public Builder add(int first, int last) {
            if (last < first) {
                return this;
            }
            count += last - first + 1;
            if (size > 0 && runs[size - 1] == first - 1) {
                runs[size - 1] = last;
                return this;
            }
            if (size == runs.length) {
                runs = Arrays.copyOf(runs, 2 * size);
            }
            runs[size++] = first;
            runs[size++] = last;
            return this;
        }

        /** What was added. */
        public Sequences build() {
            return new Sequences(Arrays.copyOf(runs, size), count);
        }
    }
}
