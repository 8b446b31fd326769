package dev.mailscope.server.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Makes a content of runs of others and of octets of its own. A small one is in memory, a large one stays where its
 * pieces lie.
 */
public final class Composition {
    // A line of base64: its digits, and the octets they stand for.
    private static final int DIGITS = 76;
    private static final int OCTETS = 57;
    // So many octets are encoded at once: what makes whole lines.
    private static final int AT_ONCE = OCTETS * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private sealed interface Piece {
        long size();

        void writeTo(OutputStream out, int offset, int length) throws IOException;
    }

    private record Own(byte[] octets) implements Piece {
        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }
    }

    private record Run(Content content, Range range) implements Piece {
        @Override
        public long size() {
            return range.length();
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            content.writeTo(out, range.offset() + offset, length);
        }
    }

    private record Encoded(Content content, Range range) implements Piece {
        @Override
        public long size() {
            final long digits = (range.length() + 2L) / 3 * 4;
            return digits + Math.max(0, digits - 1) / DIGITS * LINE_END.length;
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            final int line = offset / (DIGITS + LINE_END.length);
            int before = offset % (DIGITS + LINE_END.length);
            int left = length;
            for (int at = range.offset() + line * OCTETS; left > 0; at += AT_ONCE) {
                final int end = Math.min(range.end(), at + AT_ONCE);
                final byte[] encoded = encoded(at, end);
                final int count = Math.min(left, encoded.length - before);
                out.write(encoded, before, count);
                left -= count;
                before = 0;
            }
        }

        private byte[] encoded(int start, int end) throws IOException {
            final var octets = new ByteArrayOutputStream(end - start);
            content.writeTo(octets, start, end - start);
            final byte[] encoded = Base64.getMimeEncoder().encode(octets.toByteArray());
            if (end == range.end()) {
                return encoded;
            }
            final byte[] lines = Arrays.copyOf(encoded, encoded.length + LINE_END.length);
            System.arraycopy(LINE_END, 0, lines, encoded.length, LINE_END.length);
            return lines;
        }
    }

    /** The pieces, one after the other. */
    private record Whole(List<Piece> pieces, int size) implements Content.Source {
        @Override
        public byte[] octets() {
            final var octets = new ByteArrayOutputStream(size);
            try {
                writeTo(octets, 0, size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return octets.toByteArray();
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            long before = offset;
            long left = length;
            for (final Piece piece : pieces) {
                final long count = Math.min(left, piece.size() - before);
                if (count > 0) {
                    piece.writeTo(out, (int) before, (int) count);
                    left -= count;
                    before = 0;
                } else {
                    before -= piece.size();
                }
                if (left == 0) {
                    return;
                }
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private long size;

    /** How many octets it has. */
    public long size() {
        return size;
    }

    /** Adds octets of its own; the array must not be changed any more. */
    public Composition add(byte[] octets) {
        return add(new Own(octets));
    }

    /** Adds text of US-ASCII. */
    Composition add(String text) {
        return add(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds a run of a content. */
    public Composition add(Content content, Range range) {
        return add(new Run(content, range));
    }

    /** Adds a run of a content in base64, in lines of 76 octets (RFC 2045 section 6.8) the last of which has no end. */
    Composition addEncoded(Content content, Range range) {
        return add(new Encoded(content, range));
    }

    private Composition add(Piece piece) {
        if (piece.size() > 0) {
            pieces.add(piece);
            size += piece.size();
        }
        return this;
    }

    /** What has been put together. UncheckedIOException when a piece cannot be read. */
    public Content toContent() {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Run(var content, var range)
                && range.length() == content.size()) {
            return content;
        }
        final var whole = new Whole(List.copyOf(pieces), Math.toIntExact(size));
        return size > Content.LARGE ? Content.derived(whole.size, whole) : Content.of(whole.octets());
    }
}
