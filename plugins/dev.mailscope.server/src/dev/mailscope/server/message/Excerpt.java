package dev.mailscope.server.message;

import java.util.Arrays;

/** What a {@link Section} of a message holds: octets of the message as they stand, or some that were picked from it. */
public sealed interface Excerpt {

    /** A run of the message's own octets. */
    record Slice(Range range) implements Excerpt {
    }

    /** Octets picked from several places of the message. Never change the array. */
    record Picked(byte[] picked) implements Excerpt {

        @Override
        public boolean equals(Object other) {
            return other instanceof Picked that && Arrays.equals(picked, that.picked);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(picked);
        }
    }

    /** The number of octets. */
    default int size() {
        return switch (this) {
            case Slice slice -> slice.range.length();
            case Picked picked -> picked.picked.length;
        };
    }

    /** A copy of the octets. */
    default byte[] octets(byte[] message) {
        return switch (this) {
            case Slice slice -> slice.range.of(message);
            case Picked picked -> picked.picked.clone();
        };
    }

    /**
     * {@code partial = "<" number "." nz-number ">"}: at most {@code count} octets from {@code first} on; nothing where
     * {@code first} lies behind the end (RFC 9051 section 6.4.5).
     */
    default Excerpt partial(long first, long count) {
        final int start = (int) Math.min(Math.max(0, first), size());
        final int length = (int) Math.min(Math.max(0, count), size() - start);
        return switch (this) {
            case Slice slice -> new Slice(new Range(slice.range.offset() + start, length));
            case Picked picked -> new Picked(Arrays.copyOfRange(picked.picked, start, start + length));
        };
    }
}
