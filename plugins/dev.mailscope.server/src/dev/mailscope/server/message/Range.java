package dev.mailscope.server.message;

import java.util.Arrays;

/** A run of octets within a message: the offset of the first and how many there are. */
public record Range(int offset, int length) {

    /** Refuses a negative offset or length. */
    public Range {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("no such range: " + offset + ", " + length);
        }
    }

    /** The range from one offset up to, and without, another. */
    public static Range between(int start, int end) {
        return new Range(start, end - start);
    }

    /** The offset behind the last octet. */
    public int end() {
        return offset + length;
    }

    /** True where no octet lies in the range. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** A copy of the octets of this range of a message in memory. */
    public byte[] of(byte[] message) {
        return Arrays.copyOfRange(message, offset, end());
    }
}
