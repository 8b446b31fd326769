package dev.mailscope.server.message;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    default byte[] octets(MessageOctets message) {
        return switch (this) {
            case Slice slice -> message.copy(slice.range);
            case Picked picked -> picked.picked.clone();
        };
    }

    /**
     * The same for an IMAP literal, which holds any octet but NUL (RFC 3501 section 9, {@code CHAR8}; section 4.3.1
     * forbids to send it). As in Dovecot, 0x80 stands where a NUL is in the message, so that all sizes stay right.
     */
    default Excerpt withoutNul(MessageOctets message) {
        final byte[] octets = switch (this) {
            case Slice slice -> message.indexOf((byte) 0, slice.range.offset(), slice.range.end()) < 0 ? null
                    : message.copy(slice.range);
            case Picked picked -> picked.picked.clone();
        };
        return octets != null && WithoutNul.replace(octets) ? new Picked(octets) : this;
    }

    /** All octets of a message as {@link Excerpt#withoutNul} has them. */
    record NulReplaced(Content message) implements Content.Source {
        @Override
        public byte[] octets() {
            final byte[] octets = message.octets().clone();
            WithoutNul.replace(octets);
            return octets;
        }

        @Override
        public void check() {
            message.check();
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            message.writeTo(new WithoutNul(out), offset, length);
        }
    }

    /** Passes octets on as {@link Excerpt#withoutNul} has them. */
    final class WithoutNul extends FilterOutputStream {
        private static final byte INSTEAD = (byte) 0x80;

        WithoutNul(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            out.write((byte) octet == 0 ? INSTEAD : octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            final byte[] copy = Arrays.copyOfRange(octets, offset, offset + length);
            replace(copy);
            out.write(copy, 0, length);
        }

        private static boolean replace(byte[] octets) {
            boolean any = false;
            for (int i = 0; i < octets.length; i++) {
                any |= octets[i] == 0;
                octets[i] = octets[i] == 0 ? INSTEAD : octets[i];
            }
            return any;
        }
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
