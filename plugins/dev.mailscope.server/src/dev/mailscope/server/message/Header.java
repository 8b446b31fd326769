package dev.mailscope.server.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The header of a message or of a body part, read in place: fields are found while iterating, nothing is copied or
 * kept. A line without a colon, or a folded line with nothing before it, is a field without a name.
 * <p>
 * Values are handed out as <em>octet strings</em>: each char is one octet (0 to 255) of the message, so that nothing
 * is lost of a header that is not ASCII. {@link DecodedText} makes readable text of them.
 */
public final class Header implements Iterable<HeaderField> {
    private final MessageOctets message;
    private final Range range;

    private Header(MessageOctets message, Range range) {
        this.message = message;
        this.range = range;
    }

    /** The header that lies in the given range; a blank line at its end may belong to the range. */
    public static Header of(MessageOctets message, Range range) {
        if (range.end() > message.length()) {
            throw new IllegalArgumentException("the header ends behind the message");
        }
        message.admitHeader(range.length());
        return new Header(message, range);
    }

    /** The header of a part. */
    public static Header of(MessageOctets message, MimePart part) {
        return of(message, part.header());
    }

    /** The header of a message in memory. */
    public static Header of(byte[] message) {
        return of(MessageOctets.of(message));
    }

    /** The header of the message itself, found without reading its body. */
    public static Header of(MessageOctets message) {
        int at = 0;
        while (at < message.length()) {
            final int next = Lines.next(message, at, message.length());
            message.admitHeader(next);
            final boolean blank = Lines.isBlank(message, at, next);
            at = next;
            if (blank) {
                break;
            }
        }
        return new Header(message, new Range(0, at));
    }

    /** Where the header lies in the message. */
    public Range range() {
        return range;
    }

    /** The first field of this name, whatever its case. */
    public Optional<HeaderField> field(String name) {
        for (final HeaderField field : this) {
            if (field.isNamed(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The unfolded value of the first field of this name, as an octet string. */
    public Optional<String> first(String name) {
        return field(name).map(this::value);
    }

    /** The unfolded values of all fields of this name, in their order, as octet strings. */
    public List<String> all(String name) {
        final var values = new ArrayList<String>();
        for (final HeaderField field : this) {
            if (field.isNamed(name)) {
                values.add(value(field));
            }
        }
        return values;
    }

    /**
     * The unfolded value of a field as an octet string (RFC 5322 section 2.2.3), without white space around it. A NUL,
     * which IMAP strings cannot hold, becomes the UTF-8 octets of U+FFFD.
     */
    public String value(HeaderField field) {
        final int end = field.value().end();
        final var value = new StringBuilder(field.value().length());
        for (int i = field.value().offset(); i < end; i++) {
            final byte octet = message.at(i);
            if (octet == 0) {
                value.append("\u00ef\u00bf\u00bd");
            } else if (octet != '\n' && !(octet == '\r' && i + 1 < end && message.at(i + 1) == '\n')) {
                value.append((char) (octet & 0xff));
            }
        }
        return trim(value);
    }

    private static String trim(CharSequence text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.subSequence(start, end).toString();
    }

    private static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    @Override
    public Iterator<HeaderField> iterator() {
        return new Fields();
    }

    private final class Fields implements Iterator<HeaderField> {
        private int at = range.offset();

        @Override
        public boolean hasNext() {
            return at < range.end() && !Lines.isBlank(message, at, Lines.next(message, at, range.end()));
        }

        @Override
        public HeaderField next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            final int start = at;
            final int limit = range.end();
            final int firstEnd = Lines.next(message, start, limit);
            int end = firstEnd;
            while (end < limit && (message.at(end) == ' ' || message.at(end) == '\t')) {
                end = Lines.next(message, end, limit);
            }
            at = end;
            final int valueEnd = Lines.contentEnd(message, start, end);
            final int colon = colon(start, Math.min(firstEnd, valueEnd));
            final int valueStart = colon < 0 ? start : colon + 1;
            return new HeaderField(colon < 0 ? "" : name(start, colon), Range.between(start, end),
                    Range.between(valueStart, Math.max(valueStart, valueEnd)));
        }

        private int colon(int start, int end) {
            if (start < end && isWhiteSpace(message.at(start))) {
                return -1;
            }
            for (int i = start; i < end; i++) {
                if (message.at(i) == ':') {
                    return i;
                }
            }
            return -1;
        }

        private String name(int start, int colon) {
            int end = colon;
            while (end > start && isWhiteSpace(message.at(end - 1))) {
                end--;
            }
            return new String(message.copy(Range.between(start, end)), StandardCharsets.ISO_8859_1);
        }
    }
}
