package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A set of message numbers, or of UIDs, as a command names it (RFC 3501 section 9, "sequence-set"): ranges, of which
 * one end may be {@code *}, the largest number in use. Takes memory by its ranges, not by the numbers in them.
 */
public final class SequenceSet {
    /** The largest number there can be: 2^32-1. */
    public static final long LARGEST = 0xFFFF_FFFFL;
    /** Stands for {@code *} in a range; larger than any number. */
    public static final long STAR = Long.MAX_VALUE;

    /** From the lower to the higher number, both included; either may be {@link #STAR}. */
    public record Range(long low, long high) {
        /** Turns the ends around when they come in the wrong order, as {@code 4:2} does. */
        public Range {
            requireNumber(low);
            requireNumber(high);
            if (low > high) {
                var swapped = low;
                low = high;
                high = swapped;
            }
        }

        @Override
        public String toString() {
            return low == high ? text(low) : text(low) + ':' + text(high);
        }

        private static String text(long number) {
            return number == STAR ? "*" : Long.toString(number);
        }

        private static void requireNumber(long number) {
            if (number < 1 || number > LARGEST && number != STAR) {
                throw new IllegalArgumentException("not a message number: " + number);
            }
        }
    }

    /** Whatever the last search that was saved has found, written {@code $} (RFC 5182), and no more. */
    public static final SequenceSet SAVED = new SequenceSet(List.of(), true);

    /** Everything: {@code 1:*}. */
    public static final SequenceSet ALL = new SequenceSet(List.of(new Range(1, STAR)));

    private final List<Range> ranges;
    private final boolean saved;

    /** The set of these ranges, kept in this order. */
    public SequenceSet(List<Range> ranges) {
        this(ranges, false);
    }

    private SequenceSet(List<Range> ranges, boolean saved) {
        this.ranges = List.copyOf(ranges);
        this.saved = saved;
    }

    /** The same and {@link #SAVED}, as in {@code 1:3,$}. */
    public SequenceSet orSaved() {
        return new SequenceSet(ranges, true);
    }

    /** What is in either of these, of which none is saved. */
    public SequenceSet or(SequenceSet other) {
        return new SequenceSet(Stream.concat(ranges.stream(), other.ranges.stream()).toList()).resolve(LARGEST);
    }

    /** The set of these numbers; a run of ascending ones becomes a range. */
    public static SequenceSet of(long... numbers) {
        var ranges = new ArrayList<Range>();
        for (var i = 0; i < numbers.length; i++) {
            var first = i;
            while (i + 1 < numbers.length && numbers[i + 1] == numbers[i] + 1) {
                i++;
            }
            ranges.add(new Range(numbers[first], numbers[i]));
        }
        return new SequenceSet(ranges);
    }

    /**
     * These numbers in their order, runs as ranges: {@code 1:3,7}. COPYUID and APPENDUID (RFC 4315 section 3) write
     * UIDs so.
     */
    public static String print(long... numbers) {
        return of(numbers).toString();
    }

    /** The set that is written so. Throws IllegalArgumentException, which gives no detail, for anything else. */
    public static SequenceSet parse(String text) {
        var in = new CommandReader(RawCommand.of(text.getBytes(StandardCharsets.ISO_8859_1)),
                Dialect.REV1);
        try {
            var set = in.sequenceSet("a sequence set");
            if (in.offset() == text.length()) {
                return set;
            }
        } catch (SyntaxError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        throw new IllegalArgumentException("more than a sequence set");
    }

    /** Its own ranges in the order they were given, without what was saved. */
    public List<Range> ranges() {
        return ranges;
    }

    /** True when what was saved is in it, with its ranges or alone. */
    public boolean isSaved() {
        return saved;
    }

    /** True when it has no ranges of its own. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** True when {@code *} occurs in it. */
    public boolean hasStar() {
        return ranges.stream().anyMatch(range -> range.high == STAR);
    }

    /** The largest number in it apart from {@code *}; 0 for none. */
    public long largest() {
        var largest = 0L;
        for (var range : ranges) {
            largest = Math.max(largest, range.high == STAR ? range.low == STAR ? 0 : range.low : range.high);
        }
        return largest;
    }

    /**
     * Its own ranges with {@code *} replaced, in ascending order and without overlaps, so that {@link #contains} is
     * quick.
     *
     * @param max the largest number in use; with 0 for none, {@code *} alone is nothing and {@code 5:*} is 5
     */
    public SequenceSet resolve(long max) {
        var sorted = new ArrayList<Range>(ranges.size());
        for (var range : ranges) {
            if (range.high != STAR) {
                sorted.add(range);
            } else if (range.low != STAR) {
                sorted.add(new Range(range.low, max == 0 ? range.low : max));
            } else if (max > 0) {
                sorted.add(new Range(max, max));
            }
        }
        sorted.sort((one, other) -> Long.compare(one.low, other.low));
        var merged = new ArrayList<Range>(sorted.size());
        for (var range : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && range.low <= last.high + 1) {
                merged.set(merged.size() - 1, new Range(last.low, Math.max(last.high, range.high)));
            } else {
                merged.add(range);
            }
        }
        return new SequenceSet(merged);
    }

    /** True when the number is in it. Only for a {@linkplain #resolve resolved} set, which has no {@code *}. */
    public boolean contains(long number) {
        var low = 0;
        var high = ranges.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var range = ranges.get(middle);
            if (number < range.low) {
                high = middle - 1;
            } else if (number > range.high) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** True when the number is in it, {@code *} being that largest number. Takes time by the number of ranges. */
    public boolean contains(long number, long max) {
        for (var range : ranges) {
            var low = range.low == STAR ? max : range.low;
            var high = range.high == STAR ? max : range.high;
            if (number >= Math.min(low, high) && number <= Math.max(low, high)) {
                return true;
            }
        }
        return false;
    }

    /** How many numbers are in it, where {@code *} counts for as many as there can be. */
    public long numbersCount() {
        return ranges.stream().mapToLong(range -> Math.min(range.high, LARGEST) - Math.min(range.low, LARGEST) + 1)
                .sum();
    }

    /** The first of its numbers in order, at most that many; only for a set without {@code *}. */
    public long[] numbers(int most) {
        return ranges.stream().flatMapToLong(range -> LongStream.rangeClosed(range.low, range.high)).limit(most)
                .toArray();
    }

    /** All its numbers in order; only for a set known to be small and without {@code *}. */
    public long[] numbers() {
        var count = 0L;
        for (var range : ranges) {
            count += range.high - range.low + 1;
        }
        var numbers = new long[Math.toIntExact(count)];
        var at = 0;
        for (var range : ranges) {
            for (var number = range.low; number <= range.high; number++) {
                numbers[at++] = number;
            }
        }
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceSet that && saved == that.saved && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        return Stream.concat(ranges.stream().map(Range::toString), saved ? Stream.of("$") : Stream.empty())
                .collect(Collectors.joining(","));
    }
}
