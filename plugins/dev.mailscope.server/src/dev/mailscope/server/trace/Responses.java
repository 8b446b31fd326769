package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import dev.mailscope.server.message.Content;

/**
 * Responses one after the other, in one array: what a command of many short answers tells, without an object for each.
 * None refers to the content of a mail, or holds a secret. Immutable.
 */
public final class Responses {
    /** What stands for a response that a damaged recording has lost. */
    static final String LOST = "(a response that this recording has lost)\r\n";

    /** A content of responses has at most so many octets. */
    static final int MOST = 256 << 10;

    private final byte[] octets;
    private final int[] ends;
    private volatile boolean repeated;
    // Null until it is asked for; any thread comes to the same.
    private volatile Content content;

    private Responses(byte[] octets, int[] ends) {
        this.octets = octets;
        this.ends = ends;
    }

    /** So many of which the octets are lost. */
    static Responses lost(int count) {
        return new Responses(LOST.repeat(count).getBytes(StandardCharsets.US_ASCII),
                IntStream.rangeClosed(1, count).map(i -> i * LOST.length()).toArray());
    }

    /** How many there are. */
    int count() {
        return ends.length;
    }

    /** Where among the octets of all the response of that index, from 0, begins; that behind the last, where all end. */
    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** The octets of the response of that index, from 0. */
    Octets octets(int index) {
        return Octets.of(Arrays.copyOfRange(octets, start(index), ends[index]));
    }

    /** The same have been made again. */
    void repeat() {
        repeated = true;
    }

    /** True when the same have been made several times. */
    boolean isRepeated() {
        return repeated;
    }

    /** How many there are, the length of each, and their octets, as a content. */
    Content content() {
        var made = content;
        if (made == null) {
            var out = new BinaryOutput();
            writeTo(out, 0, ends.length);
            made = Content.of(out.seal());
            content = made;
        }
        return made;
    }

    /** Writes those from that index to before the other: how many, the length of each, and their octets. */
    void writeTo(BinaryOutput out, int from, int to) {
        out.number(to - from);
        for (var i = from; i < to; i++) {
            out.number(start(i + 1) - start(i));
        }
        out.raw(octets, start(from), start(to) - start(from));
    }

    /** What {@link #writeTo} wrote. IOException when it is damaged. */
    static Responses readFrom(BinaryInput in) throws IOException {
        var ends = new int[in.count()];
        var end = 0L;
        for (var i = 0; i < ends.length; i++) {
            end += in.size();
            if (end > Integer.MAX_VALUE) {
                throw new IOException("damaged: " + end + " octets in some responses");
            }
            ends[i] = (int) end;
        }
        return new Responses(in.raw((int) end), ends);
    }

    /** Collects responses, of which the last may not be whole. Reusable; for one thread. */
    public static final class Builder {
        private static final int LEAST = 256;
        // A client that does not read keeps that, too.
        private static final int MOST = 16 << 10;

        private byte[] octets = new byte[LEAST];
        private int length;
        private int[] ends = new int[8];
        private int count;
        // How many octets were handed over before it was full: where that ends is to be where it does without.
        private int before;

        /** Adds octets to the response that is being made. */
        public void write(byte[] some, int offset, int size) {
            if (octets.length - length < size) {
                var more = octets.length < MOST ? octets.length : octets.length / 4;
                octets = Arrays.copyOf(octets, Math.max(octets.length + more, Math.addExact(length, size)));
            }
            System.arraycopy(some, offset, octets, length, size);
            length += size;
        }

        /** The response that was being made is whole. */
        public void end() {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = length;
        }

        /** Takes out what there is of a response that is not whole. */
        public byte[] takeUnfinished() {
            var from = count == 0 ? 0 : ends[count - 1];
            var taken = Arrays.copyOfRange(octets, from, length);
            length = from;
            return taken;
        }

        /** How many responses are whole. */
        public int count() {
            return count;
        }

        /** True when it is time to hand over what there is. */
        public boolean isFull() {
            return before + length >= MOST;
        }

        /** The octets of all of them come first in this array, which belongs to the builder. */
        public byte[] array() {
            return octets;
        }

        /** How many octets of the array they take. */
        public int length() {
            return length;
        }

        /** Their length and a checksum. */
        long checksum() {
            var crc = new CRC32C();
            crc.update(octets, 0, length);
            return (long) length << 32 | crc.getValue();
        }

        /** True when those are the same responses. */
        boolean isLike(Responses other) {
            return Arrays.equals(octets, 0, length, other.octets, 0, other.octets.length)
                    && Arrays.equals(ends, 0, count, other.ends, 0, other.ends.length);
        }

        /** What has been collected. */
        public Responses toResponses() {
            return new Responses(Arrays.copyOf(octets, length), Arrays.copyOf(ends, count));
        }

        /** Begins anew, behind what there was. */
        public void clear() {
            before = isFull() ? 0 : before + length;
            length = 0;
            count = 0;
            if (octets.length > 2 * MOST) {
                octets = new byte[LEAST];
            }
        }
    }
}
