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
     * The same for an IMAP literal, which holds any octet but NUL (RFC 3501 section 9, {@code CHAR8}; section 4.3.1
     * forbids to send it). As in Dovecot, 0x80 stands where a NUL is in the message, so that all sizes stay right.
     */
    default Excerpt withoutNul(byte[] message) {
        final byte[] from = switch (this) {
            case Slice slice -> message;
            case Picked picked -> picked.picked;
        };
        final int start = this instanceof Slice(var range) ? range.offset() : 0;
        for (int i = start; i < start + size(); i++) {
            if (from[i] == 0) {
                final byte[] replaced = Arrays.copyOfRange(from, start, start + size());
                for (int j = i - start; j < replaced.length; j++) {
                    replaced[j] = replaced[j] == 0 ? (byte) 0x80 : replaced[j];
                }
                return new Picked(replaced);
            }
        }
        return this;
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
