package dev.mailscope.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The octets of a message for whoever reads them in place: all of them in memory, or, where a large message lies
 * elsewhere, a window that moves to where it is read. For one thread. UncheckedIOException from all that reads when
 * they cannot be read.
 */
public final class MessageOctets {
    private static final int WINDOW = 1 << 16;

    // Null where the window has all there is.
    private final Content content;
    private final int length;
    private byte[] window;
    private int start;
    private int end;

    private MessageOctets(Content content, int length, byte[] window, int end) {
        this.content = content;
        this.length = length;
        this.window = window;
        this.end = end;
    }

    /** Octets in memory, which are not copied. */
    public static MessageOctets of(byte[] octets) {
        return new MessageOctets(null, octets.length, octets, octets.length);
    }

    /** Those of a content that stay where they lie. */
    static MessageOctets windowOn(Content content) {
        return windowOn(content, WINDOW);
    }

    /** The same with a window of that size. */
    static MessageOctets windowOn(Content content, int size) {
        return new MessageOctets(content, content.size(), new byte[size], 0);
    }

    /** How many there are. */
    public int length() {
        return length;
    }

    /** The octet at that place. */
    public byte at(int index) {
        if (index < start || index >= end) {
            load(index);
        }
        return window[index - start];
    }

    /** Where that octet comes first, from one place on and before another; -1 when it does not. */
    public int indexOf(byte octet, int from, int limit) {
        for (int at = from; at < limit; at = end) {
            if (at < start || at >= end) {
                load(at);
            }
            final byte[] within = window;
            final int to = Math.min(limit, end) - start;
            for (int i = at - start; i < to; i++) {
                if (within[i] == octet) {
                    return start + i;
                }
            }
        }
        return -1;
    }

    /** A copy of some of them. */
    public byte[] copy(Range range) {
        if (content == null) {
            return Arrays.copyOfRange(window, range.offset(), range.end());
        }
        final byte[] copy = new byte[range.length()];
        for (int at = 0; at < copy.length;) {
            at += read(range.offset() + at, copy, at, copy.length - at);
        }
        return copy;
    }

    /** Writes some of them. */
    public void writeTo(OutputStream out, Range range) throws IOException {
        for (int at = range.offset(); at < range.end();) {
            final int count = available(at, range.end());
            out.write(window, at - start, count);
            at += count;
        }
    }

    /** Some of them as a stream, which ends where they end. */
    InputStream stream(Range range) {
        return new InputStream() {
            private int next = range.offset();

            @Override
            public int read() {
                return next < range.end() ? at(next++) & 0xFF : -1;
            }

            @Override
            public byte[] readAllBytes() {
                final var rest = Range.between(next, range.end());
                next = range.end();
                return copy(rest);
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                if (count == 0) {
                    return 0;
                }
                if (next >= range.end()) {
                    return -1;
                }
                final int read = MessageOctets.this.read(next, target, offset, Math.min(count, range.end() - next));
                next += read;
                return read;
            }
        };
    }

    /** HeaderTooLarge when they are not all in memory, and a header of that size would have to be. */
    void admitHeader(long size) {
        if (content != null && size > HeaderTooLarge.MOST) {
            throw new HeaderTooLarge();
        }
    }

    private int read(int from, byte[] target, int offset, int most) {
        final int count = available(from, from + most);
        System.arraycopy(window, from - start, target, offset, count);
        return count;
    }

    private int available(int from, int limit) {
        if (from < start || from >= end) {
            load(from);
        }
        return Math.min(limit, end) - from;
    }

    private void load(int index) {
        if (content == null || index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("octet " + index + " of " + length);
        }
        // Who reads on looks back a little now and then; who reads backwards goes on backwards.
        final int behind = index < start ? window.length - 1 : window.length / 8;
        final int first = Math.max(0, index - behind);
        final int count = Math.min(window.length, length - first);
        start = 0;
        end = 0;
        try {
            content.writeTo(new Filling(), first, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (end != count) {
            throw new UncheckedIOException(new IOException("a mail has fewer octets than it should"));
        }
        start = first;
        end = first + count;
    }

    private final class Filling extends OutputStream {
        @Override
        public void write(int octet) {
            window[end++] = (byte) octet;
        }

        @Override
        public void write(byte[] octets, int offset, int count) {
            System.arraycopy(octets, offset, window, end, count);
            end += count;
        }
    }
}
