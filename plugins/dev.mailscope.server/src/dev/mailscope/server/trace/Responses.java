package dev.mailscope.server.trace;

import java.util.Arrays;

/**
 * Responses one after the other, in one array: what a command of many short answers tells, without an object for each.
 * None refers to the content of a mail, or holds a secret. Immutable.
 */
public final class Responses {
    private final byte[] octets;
    private final int[] ends;

    private Responses(byte[] octets, int[] ends) {
        this.octets = octets;
        this.ends = ends;
    }

    /** How many there are. */
    int count() {
        return ends.length;
    }

    /** The octets of all of them; never change the array. */
    byte[] all() {
        return octets;
    }

    /** Where in {@link #all} the response of that index, from 0, begins; that behind the last, where all end. */
    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** The octets of the response of that index, from 0. */
    Octets octets(int index) {
        return Octets.of(Arrays.copyOfRange(octets, start(index), ends[index]));
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
            return length >= MOST;
        }

        /** The octets of all of them come first in this array, which belongs to the builder. */
        public byte[] array() {
            return octets;
        }

        /** How many octets of the array they take. */
        public int length() {
            return length;
        }

        /** What has been collected. */
        public Responses toResponses() {
            return new Responses(Arrays.copyOf(octets, length), Arrays.copyOf(ends, count));
        }

        /** Begins anew. */
        public void clear() {
            length = 0;
            count = 0;
            if (octets.length > 2 * MOST) {
                octets = new byte[LEAST];
            }
        }
    }
}
