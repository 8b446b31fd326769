package dev.mailscope.server.message;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A text that SEARCH looks for, as a substring under the collation i;unicode-casemap (RFC 5051): upper and lower case
 * are the same, and so are composed and decomposed letters. Reads what it searches once and keeps none of it.
 * Immutable.
 */
public final class SearchText {
    private static final Pattern RUN = Pattern.compile("[ \t]{2,}|\t");

    private final int[] wanted;
    /** For each length of a match so far, the length of the longest shorter match that is also its end. */
    private final int[] fallback;

    /** The empty text is found everywhere. */
    public SearchText(String text) {
        wanted = text.codePoints().flatMap(c -> Arrays.stream(UnicodeCasemap.fold(c))).toArray();
        fallback = new int[wanted.length + 1];
        int length = 0;
        for (int i = 1; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = fallback[length];
            }
            if (wanted[i] == wanted[length]) {
                length++;
            }
            fallback[i + 1] = length;
        }
    }

    /** True where the text contains this one. */
    public boolean in(CharSequence text) {
        final var search = new Search();
        for (int i = 0; i < text.length() && !search.found(); i++) {
            final char c = text.charAt(i);
            if (search.mayGoOn(c)) {
                search.next(c);
            }
        }
        return search.found();
    }

    /** True where the text, contains this one; reads no further than needed. */
    boolean in(Reader text) {
        final var search = new Search();
        final var buffer = new char[1024];
        try (text) {
            while (!search.found()) {
                final int count = text.read(buffer, 0, buffer.length);
                if (count < 0) {
                    return false;
                }
                for (int i = 0; i < count && !search.found(); i++) {
                    if (search.mayGoOn(buffer[i])) {
                        search.next(buffer[i]);
                    }
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much of the wanted text stands before the present place. */
    private final class Search {
        private int matched;
        private char high;

        boolean found() {
            return matched == wanted.length;
        }

        /** False where nothing has begun, and nothing begins with that: most places are passed over so. */
        boolean mayGoOn(char c) {
            return matched > 0 || c >= 0x80 || high != 0 || UnicodeCasemap.foldAscii(c) == wanted[0];
        }

        void next(char c) {
            if (c < 0x80) {
                step(UnicodeCasemap.foldAscii(c));
                high = 0;
            } else if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                final boolean pair = high != 0 && Character.isLowSurrogate(c);
                for (final int folded : UnicodeCasemap.fold(pair ? Character.toCodePoint(high, c) : c)) {
                    step(folded);
                }
                high = 0;
            }
        }

        private void step(int c) {
            if (found()) {
                return;
            }
            while (matched > 0 && wanted[matched] != c) {
                matched = fallback[matched];
            }
            if (wanted[matched] == c) {
                matched++;
            }
        }
    }

    /** SEARCH HEADER: true where a field of this name has this text in its decoded value (RFC 9051 section 6.4.4). */
    public boolean in(Header header, String name) {
        for (final HeaderField field : header) {
            if (field.isNamed(name) && inUnfolded(DecodedText.of(header, field))) {
                return true;
            }
        }
        return false;
    }

    /**
     * SEARCH FROM, TO, CC and BCC: true where the addresses in fields of this name have this text. These keys look into
     * the envelope (RFC 3501 section 6.4.4): at names and addresses, not at comments or at how they are written.
     */
    public boolean inAddresses(Header header, String name) {
        for (final HeaderField field : header) {
            if (field.isNamed(name) && inUnfolded(Address.text(Address.parse(header.value(field))))) {
                return true;
            }
        }
        return false;
    }

    /** Where a line was folded there may be a tab or several spaces, for which one space is as good. */
    private boolean inUnfolded(String text) {
        return in(text) || hasRun(text) && in(RUN.matcher(text).replaceAll(" "));
    }

    /** True where the pattern finds something; it takes longer. */
    private static boolean hasRun(String text) {
        return text.indexOf('\t') >= 0 || text.contains("  ");
    }

    /** SEARCH TEXT: true where the body, or a header of the message or of anything in it, has this text, decoded. */
    public boolean inMessage(MessageOctets octets, MimePart message) {
        for (final MimePart part : message.all()) {
            if (inHeader(Header.of(octets, part))) {
                return true;
            }
        }
        return inBody(octets, message);
    }

    /**
     * SEARCH BODY: true where a text part, or what a multipart has before and after its parts, has this text, decoded.
     * No header is searched, be it that of a part or of an enclosed message (RFC 9051 section 6.4.4), and no part that
     * is neither text nor a message.
     * <p>
     * Preamble and epilogue are for readers without MIME; but they are part of the "body of the message", which is all
     * that RFC 3501 says, and BODY[TEXT] shows them. Dovecot passes over them.
     */
    public boolean inBody(MessageOctets octets, MimePart message) {
        for (final MimePart part : message.all()) {
            if (part.isMultipart() ? inAround(octets, part) : inTextOf(octets, part)) {
                return true;
            }
        }
        return false;
    }

    private boolean inAround(MessageOctets octets, MimePart multipart) {
        return inRange(octets, multipart.preamble(octets)) || inRange(octets, multipart.epilogue(octets));
    }

    private boolean inRange(MessageOctets octets, Range range) {
        return range.length() > 0 ? in(DecodedText.reader(octets, range)) : wanted.length == 0;
    }

    private boolean inHeader(Header header) {
        for (final HeaderField field : header) {
            if (inUnfolded(field.name() + ": " + DecodedText.of(header, field))) {
                return true;
            }
        }
        return false;
    }

    private boolean inTextOf(MessageOctets octets, MimePart part) {
        final ContentType type = part.type();
        return part.message().isEmpty() && (type.is("text") || type.is("message") || type.is("multipart"))
                && in(DecodedText.reader(octets, part));
    }
}
