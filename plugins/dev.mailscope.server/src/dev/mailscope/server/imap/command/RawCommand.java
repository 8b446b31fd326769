package dev.mailscope.server.imap.command;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.Range;

/**
 * One command as it came: lines of text, and between them the octets of literals. Every octet has an offset, counted
 * from 0 on the wire; announcements such as <code>{12}</code> and line ends belong to the text. Immutable.
 */
public final class RawCommand {
    /** A piece of the command. */
    public sealed interface Part {
        /** Where it starts in the command. */
        int offset();

        /** Its length on the wire, in octets. */
        int length();

        /** The octet at that place in it. */
        byte at(int index);

        /** Copies some of its octets. */
        void copyTo(byte[] target, int to, int from, int count);
    }

    /** One line, with its line end; the last one of an unfinished command may lack that. */
    public record Text(int offset, byte[] octets) implements Part {
        @Override
        public int length() {
            return octets.length;
        }

        @Override
        public byte at(int index) {
            return octets[index];
        }

        @Override
        public void copyTo(byte[] target, int to, int from, int count) {
            System.arraycopy(octets, from, target, to, count);
        }
    }

    /**
     * The octets of a literal.
     *
     * @param octets  its octets; null for one that is not in memory
     * @param stored  the same as a content; null for a literal that is small
     * @param nonSync true when it was announced with a plus sign (RFC 7888)
     */
    public record Literal(int offset, byte[] octets, Content stored, boolean nonSync) implements Part {
        /** From this size on, in octets, the framer makes a content of a literal. */
        public static final int STORED_FROM = 4096;

        /** A literal that has been received; a large one becomes a content. */
        static Literal of(int offset, byte[] octets, boolean nonSync) {
            return new Literal(offset, octets, octets.length >= STORED_FROM ? Content.of(octets) : null, nonSync);
        }

        /** A literal that has come into a file. */
        static Literal of(int offset, Content content, boolean nonSync) {
            return new Literal(offset, null, content, nonSync);
        }

        @Override
        public int length() {
            return octets == null ? stored.size() : octets.length;
        }

        @Override
        public byte at(int index) {
            return octets == null ? stored.open().at(index) : octets[index];
        }

        @Override
        public void copyTo(byte[] target, int to, int from, int count) {
            if (octets == null) {
                System.arraycopy(stored.open().copy(new Range(from, count)), 0, target, to, count);
            } else {
                System.arraycopy(octets, from, target, to, count);
            }
        }

        /** Where a NUL stands in it, -1 where none does. */
        int nul() {
            if (stored != null && !stored.hasNul()) {
                return -1;
            }
            try {
                return (octets == null ? stored.open() : MessageOctets.of(octets)).indexOf((byte) 0, 0, length());
            } catch (UncheckedIOException e) {
                return 0; // it could not be kept: that is what the client is told
            }
        }

        /** The literal as a content, made now when it is small. */
        public Content content() {
            return stored == null ? Content.of(octets) : stored;
        }
    }

    /** Nothing at all. */
    public static final RawCommand EMPTY = new RawCommand(List.of());

    private final List<Part> parts;
    private final int length;

    /** A command of these parts, which must follow each other without a gap. */
    RawCommand(List<Part> parts) {
        this.parts = List.copyOf(parts);
        var at = 0;
        for (var part : this.parts) {
            if (part.offset() != at) {
                throw new IllegalArgumentException("a part starts at " + part.offset() + " instead of " + at);
            }
            at = Math.addExact(at, part.length());
        }
        this.length = at;
    }

    /** A command of one piece of text, with its line end and without literals. */
    public static RawCommand of(byte[] line) {
        return line.length == 0 ? EMPTY : new RawCommand(List.of(new Text(0, line)));
    }

    /** Its parts in the order of the wire. */
    public List<Part> parts() {
        return parts;
    }

    /** Its length on the wire, in octets. */
    public int length() {
        return length;
    }

    /** The octet at that offset, from 0 to 255. */
    public int at(int offset) {
        for (var part : parts) {
            if (offset >= part.offset() && offset < part.offset() + part.length()) {
                return part.at(offset - part.offset()) & 0xFF;
            }
        }
        throw new IndexOutOfBoundsException("octet " + offset + " of " + length);
    }

    /** A copy of some of its octets; what lies behind the end is left out. */
    public byte[] octets(Range range) {
        var end = Math.min(range.end(), length);
        var start = Math.min(range.offset(), end);
        var copy = new byte[end - start];
        for (var part : parts) {
            var from = Math.max(start, part.offset());
            var to = Math.min(end, part.offset() + part.length());
            if (from < to) {
                part.copyTo(copy, from - start, from - part.offset(), to - from);
            }
        }
        return copy;
    }

    /** A copy of all its octets as they were on the wire, secrets included. */
    public byte[] wire() {
        return octets(new Range(0, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawCommand that && length == that.length && parts.size() == that.parts.size()
                && Arrays.equals(wire(), that.wire());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets(new Range(0, Math.min(length, 64))));
    }

    /** Its size only: the octets may hold a secret. */
    @Override
    public String toString() {
        return "RawCommand[" + length + " octets in " + parts.size() + " parts]";
    }
}
