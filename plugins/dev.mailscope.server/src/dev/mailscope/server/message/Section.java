package dev.mailscope.server.message;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which octets of a message a client asks for: {@code section-spec} (RFC 9051 section 6.4.5.1).
 *
 * @param part   the part's number from the outside in; empty for the message itself
 * @param text   what of it
 * @param fields field names, for {@link Text#HEADER_FIELDS} and {@link Text#HEADER_FIELDS_NOT} only
 */
public record Section(List<Integer> part, Text text, List<String> fields) {

    /** The whole message: {@code BODY[]}. */
    public static final Section MESSAGE = new Section(List.of(), Text.ALL);

    /** What of a part is asked for. */
    public enum Text {
        /** The whole message, or a part's body. */
        ALL(""),
        /** The header of the message or of the message enclosed in the part. */
        HEADER("HEADER"),
        /** The named fields of that header, and its blank line. */
        HEADER_FIELDS("HEADER.FIELDS"),
        /** All but the named fields of that header. */
        HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
        /** The body of the message or of the message enclosed in the part. */
        TEXT("TEXT"),
        /** The part's own header. */
        MIME("MIME");

        private final String keyword;

        Text(String keyword) {
            this.keyword = keyword;
        }
    }

    /** Refuses field names where there can be none, none where there must be some, and MIME without a part. */
    public Section {
        part = List.copyOf(part);
        fields = List.copyOf(fields);
        Objects.requireNonNull(text);
        if (fields.isEmpty() == (text == Text.HEADER_FIELDS || text == Text.HEADER_FIELDS_NOT)) {
            throw new IllegalArgumentException("field names do not fit " + text);
        }
        if (text == Text.MIME && part.isEmpty()) {
            throw new IllegalArgumentException("MIME needs a part number");
        }
    }

    /** A section without field names. */
    public Section(List<Integer> part, Text text) {
        this(part, text, List.of());
    }

    /**
     * The octets of this section of a message.
     *
     * @param octets  the message
     * @param message its structure
     * @return empty where the message has no such part, or the part encloses no message and so has no such header or
     *         text; a part that is there and has no octets is an excerpt of size 0
     */
    public Optional<Excerpt> of(MessageOctets octets, MimePart message) {
        final Optional<MimePart> found = message.part(part);
        return switch (text) {
            case ALL -> found.map(it -> slice(part.isEmpty() ? it.whole() : it.body()));
            case MIME -> found.map(it -> slice(it.header()));
            case HEADER -> inMessage(found).map(it -> slice(it.header()));
            case TEXT -> inMessage(found).map(it -> slice(it.body()));
            case HEADER_FIELDS -> inMessage(found).map(it -> pick(octets, it, true));
            case HEADER_FIELDS_NOT -> inMessage(found).map(it -> pick(octets, it, false));
        };
    }

    private Optional<MimePart> inMessage(Optional<MimePart> found) {
        return part.isEmpty() ? found : found.flatMap(MimePart::message);
    }

    private static Excerpt slice(Range range) {
        return new Excerpt.Slice(range);
    }

    /** The blank line is part of every header that has one, whichever fields are picked (RFC 9051 section 6.4.5.1). */
    private Excerpt pick(MessageOctets octets, MimePart message, boolean wanted) {
        final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(fields);
        final var picked = new ByteArrayOutputStream();
        for (final HeaderField field : Header.of(octets, message.header())) {
            if (names.contains(field.name()) == wanted) {
                picked.writeBytes(octets.copy(field.whole()));
            }
        }
        picked.writeBytes(octets.copy(message.blankLine()));
        return new Excerpt.Picked(picked.toByteArray());
    }

    /** The section as a client writes it between the brackets. */
    @Override
    public String toString() {
        final String number = part.stream().map(String::valueOf).collect(Collectors.joining("."));
        final String names = fields.isEmpty() ? "" : " (" + String.join(" ", fields).toUpperCase(Locale.ROOT) + ")";
        return number + (number.isEmpty() || text == Text.ALL ? "" : ".") + text.keyword + names;
    }
}
