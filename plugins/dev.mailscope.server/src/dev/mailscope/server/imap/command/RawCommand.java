package dev.mailscope.server.imap.command;

import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.message.Content;
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

        /** Its octets, shared: never change them. */
        byte[] octets();
    }

    /** One line, with its line end; the last one of an unfinished command may lack that. */
    public record Text(int offset, byte[] octets) implements Part {
        @Override
        public int length() {
            return octets.length;
        }
    }

    /**
     * The octets of a literal.
     *
     * @param octets  its octets
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

        @Override
        public int length() {
            return octets.length;
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
                return part.octets()[offset - part.offset()] & 0xFF;
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
                System.arraycopy(part.octets(), from - part.offset(), copy, from - start, to - from);
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
