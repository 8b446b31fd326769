package dev.mailscope.server.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.message.Content;

/**
 * Octets as they passed over a connection, kept without copying mail: bytes of their own, slices of a message's
 * content, and secrets of which only the length is known. Immutable.
 */
public final class Octets {
    /** One piece of a whole. */
    public sealed interface Piece {
        /** Its length on the wire, in octets. */
        int size();
    }

    /** Bytes of its own; never change the array. */
    public record Inline(byte[] bytes) implements Piece {
        @Override
        public int size() {
            return bytes.length;
        }
    }

    /** Part of a message, as it stands there. */
    public record Slice(Content content, int offset, int size) implements Piece {
    }

    /** A secret: it was on the wire and is not kept. */
    public record Hidden(int size) implements Piece {
    }

    /** What stands for a secret wherever octets are shown. */
    public static final String MASK = "********";
    /** What stands, wherever octets are shown, for part of a mail that a damaged recording has lost. */
    public static final String LOST = "(part of a mail that this recording has lost)";
    /** No octets. */
    public static final Octets NONE = new Octets(List.of());

    // Most are bytes of their own and nothing else: then there are no pieces, but these. One of the two is null.
    private final byte[] plain;
    private final List<Piece> pieces;
    private final int size;

    private Octets(byte[] plain) {
        this.plain = plain;
        this.pieces = null;
        this.size = plain.length;
    }

    private Octets(List<Piece> pieces) {
        this.plain = null;
        this.pieces = List.copyOf(pieces);
        var sum = 0;
        for (var piece : this.pieces) {
            sum += piece.size();
        }
        this.size = sum;
    }

    /** These pieces, one after the other. */
    public static Octets of(List<Piece> pieces) {
        return pieces.size() == 1 && pieces.getFirst() instanceof Inline(var bytes) ? new Octets(bytes)
                : new Octets(pieces);
    }

    /** These bytes; the array belongs to the value from now on. */
    public static Octets of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Octets(bytes);
    }

    /** The text in UTF-8. */
    public static Octets of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The pieces in order. */
    public List<Piece> pieces() {
        return plain == null ? pieces : List.of(new Inline(plain));
    }

    /** The bytes when it is one piece of them; else null. Never change the array. */
    byte[] plain() {
        return plain;
    }

    /** The length on the wire, in octets, secrets included. */
    public int size() {
        return size;
    }

    /** True when part of it is hidden. */
    public boolean hasSecret() {
        return plain == null && pieces.stream().anyMatch(Hidden.class::isInstance);
    }

    /** Writes everything; a secret is written as its mask, so never send octets that hold one. */
    public void writeTo(OutputStream out) throws IOException {
        if (plain != null) {
            out.write(plain);
            return;
        }
        for (var piece : pieces) {
            switch (piece) {
                case Inline(var bytes) -> out.write(bytes);
                case Slice(var content, var offset, var length) -> content.writeTo(out, offset, length);
                case Hidden hidden -> out.write(MASK.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** All of it as bytes, for showing: secrets masked, and words for what is {@linkplain #LOST lost}. */
    public byte[] toBytes() {
        return first(Integer.MAX_VALUE);
    }

    /** The first bytes of it, at most that many, in the same way. */
    public byte[] first(int most) {
        if (plain != null) {
            return Arrays.copyOf(plain, Math.min(most, size));
        }
        var out = new ByteArrayOutputStream(Math.min(most, size) + MASK.length());
        for (var piece : pieces) {
            var left = most - out.size();
            if (left <= 0) {
                break;
            }
            switch (piece) {
                case Inline(var bytes) -> out.write(bytes, 0, Math.min(left, bytes.length));
                case Slice(var content, var offset, var length) -> {
                    try {
                        content.writeTo(out, offset, Math.min(left, length));
                    } catch (IOException e) {
                        out.writeBytes(LOST.substring(0, Math.min(left, LOST.length()))
                                .getBytes(StandardCharsets.US_ASCII));
                    }
                }
                case Hidden hidden -> out.writeBytes(MASK.substring(0, Math.min(left, MASK.length()))
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toByteArray();
    }

    /** The first line, or what fits into that many characters, without its line end; bytes above 126 as \xHH. */
    public String firstLine(int most) {
        var text = new StringBuilder();
        for (var b : first(most)) {
            var c = b & 0xFF;
            if (c == '\r' || c == '\n') {
                break;
            }
            if (c >= 0x20 && c < 0x7F) {
                text.append((char) c);
            } else {
                text.append(String.format("\\x%02X", c));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && size == that.size && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first(64));
    }

    @Override
    public String toString() {
        return firstLine(80);
    }

    /** Collects octets piece by piece; neighbouring bytes become one piece. */
    public static final class Builder extends OutputStream {
        private static final byte[] NOTHING = {};

        private final List<Piece> pieces = new ArrayList<>(1);
        private byte[] open = NOTHING;
        private int length;

        @Override
        public void write(int b) {
            makeRoom(1);
            open[length++] = (byte) b;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            makeRoom(len);
            System.arraycopy(b, off, open, length, len);
            length += len;
        }

        /** Adds text in UTF-8. */
        public Builder text(String text) {
            var octets = text.getBytes(StandardCharsets.UTF_8);
            write(octets, 0, octets.length);
            return this;
        }

        // What is written first is most often all there is: room for that, exactly.
        private void makeRoom(int more) {
            if (open.length - length < more) {
                open = Arrays.copyOf(open, length == 0 ? more : Math.max(2 * open.length, Math.addExact(length, more)));
            }
        }

        /** Adds part of a message without copying it. */
        public Builder slice(Content content, int offset, int length) {
            if (length > 0) {
                closeInline();
                pieces.add(new Slice(content, offset, length));
            }
            return this;
        }

        /** Adds a secret of that length. */
        public Builder hidden(int length) {
            if (length > 0) {
                closeInline();
                pieces.add(new Hidden(length));
            }
            return this;
        }

        /** What has been collected. */
        public Octets toOctets() {
            closeInline();
            return of(pieces);
        }

        private void closeInline() {
            if (length > 0) {
                pieces.add(new Inline(length == open.length ? open : Arrays.copyOf(open, length)));
                open = NOTHING;
                length = 0;
            }
        }
    }
}
