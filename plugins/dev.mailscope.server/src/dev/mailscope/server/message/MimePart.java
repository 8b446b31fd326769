package dev.mailscope.server.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The MIME structure of a message (RFC 2045, RFC 2046): the message itself, one of its body parts, or a message
 * enclosed in one. It says where header and body lie, to the octet, and holds no octet itself, so it can be kept as
 * long as one likes. Immutable.
 * <p>
 * Any octets have a structure. A header ends at the first empty line, at the enclosing multipart's boundary, or at the
 * end. A boundary matches the beginning of a line (RFC 2046 section 5.1.1); of several that do, the longest, then the
 * innermost. The line break before it belongs to it. Parts more than {@value #MAX_DEPTH} levels deep, and those behind
 * the first {@value #MAX_PARTS}, are not taken apart.
 */
public final class MimePart {
    /** How deep parts may lie within each other; what lies deeper is not taken apart. */
    public static final int MAX_DEPTH = 100;

    /** How many parts a message may have; the last one holds the rest. */
    public static final int MAX_PARTS = 10_000;

    private final Range header;
    private final Range blankLine;
    private final Range body;
    private final ContentType type;
    private final List<MimePart> parts;
    private final int lines;
    private final boolean opaque;

    MimePart(Range header, Range blankLine, Range body, ContentType type, List<MimePart> parts, int lines,
            boolean opaque) {
        this.header = header;
        this.blankLine = blankLine;
        this.body = body;
        this.type = type;
        this.parts = List.copyOf(parts);
        this.lines = lines;
        this.opaque = opaque;
    }

    /** The structure of a whole message in memory. Never fails; takes time in proportion to the size. */
    public static MimePart parse(byte[] message) {
        return parse(MessageOctets.of(message));
    }

    /** The same for a message that need not be in memory: HeaderTooLarge when it is not, and its headers would be. */
    public static MimePart parse(MessageOctets message) {
        return new MimeReader(message).read();
    }

    /** Header and body: the whole part, without the boundaries around it. */
    public Range whole() {
        return Range.between(header.offset(), body.end());
    }

    /** The header with the blank line that ends it. */
    public Range header() {
        return header;
    }

    /** The blank line that ends the header; empty where there is none. */
    public Range blankLine() {
        return blankLine;
    }

    /** All behind the header. */
    public Range body() {
        return body;
    }

    /** How many line breaks lie in the body: the "size in text lines" of RFC 9051 section 7.5.2. */
    public int lines() {
        return lines;
    }

    /** The media type; the default where the header gives none or no valid one. */
    public ContentType type() {
        return type;
    }

    /**
     * The parts of a multipart, in their order; empty for every other type. A multipart in which none can be found,
     * since its boundary is missing or never occurs, has one empty text part at its end: IMAP knows no multipart
     * without a part ({@code body-type-mpart = 1*body}), and what the structure shows must be there to be fetched.
     */
    public List<MimePart> parts() {
        return isMultipart() ? parts : List.of();
    }

    /** What a multipart has before its first boundary (RFC 2046 section 5.1.1): all of it, where there is none. */
    Range preamble(MessageOctets octets) {
        final MimePart first = parts.getFirst();
        final int end = first.body.end() == body.end() && first.header.isEmpty() ? body.end()
                : Lines.start(octets, body.offset(), first.header.offset());
        return Range.between(body.offset(), end);
    }

    /** What a multipart has behind its closing boundary. */
    Range epilogue(MessageOctets octets) {
        final int closing = Lines.next(octets, parts.getLast().body.end(), body.end());
        return Range.between(Lines.next(octets, closing, body.end()), body.end());
    }

    /** The message that a message/rfc822 or message/global part encloses. */
    public Optional<MimePart> message() {
        return isMultipart() || parts.isEmpty() ? Optional.empty() : Optional.of(parts.getFirst());
    }

    /** True for a multipart that is taken apart, even where it has no part. */
    public boolean isMultipart() {
        return type.is("multipart") && !opaque;
    }

    /** True where a multipart or message lies too deep, or behind too many parts, to be taken apart. */
    public boolean isOpaque() {
        return opaque;
    }

    /**
     * The body part with this number, where this is a message (RFC 9051 section 6.4.5.1, {@code section-part}). A
     * message that is no multipart has one part, 1: itself. Below a part that is a message, numbers count that
     * message's parts.
     *
     * @param number from the outside in, each from 1
     */
    public Optional<MimePart> part(List<Integer> number) {
        MimePart part = this;
        MimePart container = this;
        for (final int n : number) {
            if (container == null) {
                return Optional.empty();
            }
            if (container.isMultipart()) {
                if (n < 1 || n > container.parts.size()) {
                    return Optional.empty();
                }
                part = container.parts.get(n - 1);
            } else if (n == 1) {
                part = container;
            } else {
                return Optional.empty();
            }
            container = part.isMultipart() ? part : part.message().orElse(null);
        }
        return Optional.of(part);
    }

    /** This part and all that lie in it, in the order in which they stand in the message. */
    public List<MimePart> all() {
        final var all = new ArrayList<MimePart>();
        final var waiting = new ArrayDeque<MimePart>();
        waiting.push(this);
        while (!waiting.isEmpty()) {
            final MimePart part = waiting.pop();
            all.add(part);
            part.parts.reversed().forEach(waiting::push);
        }
        return all;
    }

    @Override
    public String toString() {
        return type.type() + "/" + type.subtype() + "[" + header.offset() + ", " + body.offset() + ", " + body.end()
                + "]";
    }
}
