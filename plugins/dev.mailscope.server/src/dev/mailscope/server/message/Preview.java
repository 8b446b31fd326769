package dev.mailscope.server.message;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a message's text, for a list of messages (RFC 8970 section 3.3): of the first plain text that has
 * any, else of the first HTML, without its markup. Attachments and enclosed messages are not looked into.
 */
public final class Preview {
    /** How long it is at most, in Unicode characters. */
    public static final int MOST = 200;

    private final StringBuilder text = new StringBuilder();
    private int count;
    private boolean space;

    Preview() {
    }

    /** The preview of a message; empty when it has no text. Takes time in proportion to the size at most. */
    public static String of(MessageOctets octets, MimePart message) {
        final List<MimePart> parts = own(octets, message);
        for (final String subtype : List.of("plain", "html")) {
            for (final MimePart part : parts) {
                if (part.type().is("text", subtype)) {
                    final var preview = new Preview();
                    preview.read(DecodedText.reader(octets, part), subtype.equals("html"));
                    if (preview.count > 0) {
                        return preview.text();
                    }
                }
            }
        }
        return "";
    }

    /** The parts that are the message's own text. */
    private static List<MimePart> own(MessageOctets octets, MimePart message) {
        final var own = new ArrayList<MimePart>();
        int enclosedUpTo = 0;
        for (final MimePart part : message.all()) {
            if (part.message().isPresent()) {
                enclosedUpTo = Math.max(enclosedUpTo, part.whole().end());
            } else if (part.type().is("text") && part.whole().offset() >= enclosedUpTo && !isAttachment(octets, part)) {
                own.add(part);
            }
        }
        return own;
    }

    private static boolean isAttachment(MessageOctets octets, MimePart part) {
        return Header.of(octets, part).first("Content-Disposition").flatMap(BodyStructure.Disposition::parse)
                .filter(disposition -> disposition.type().equalsIgnoreCase("attachment")).isPresent();
    }

    private void read(Reader reader, boolean html) {
        try (reader) {
            if (html) {
                new HtmlText(reader, this).read();
            } else {
                readPlain(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readPlain(Reader reader) throws IOException {
        for (int c = reader.read(); c >= 0 && !isFull(); c = reader.read()) {
            add((char) c);
        }
    }

    /** True when it takes no more. */
    boolean isFull() {
        return count == MOST && !endsWithHalf();
    }

    /** Words are parted here. */
    void separate() {
        space = count > 0;
    }

    /** Takes a character; white space and what cannot be shown become one space between words. */
    void add(int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c) || c == 0xFEFF) {
            separate();
        } else {
            put(c);
        }
    }

    // A pair may come in two halves; half a character is never shown.
    private void put(int c) {
        final boolean second = c <= 0xFFFF && Character.isLowSurrogate((char) c);
        if (endsWithHalf() && second && !space) {
            text.append((char) c);
            return;
        }
        if (endsWithHalf()) {
            text.setCharAt(text.length() - 1, '\uFFFD');
        }
        if (space && count < MOST) {
            text.append(' ');
            count++;
        }
        space = false;
        if (count < MOST) {
            text.appendCodePoint(second ? 0xFFFD : c);
            count++;
        }
    }

    /** What has been taken. */
    private String text() {
        if (endsWithHalf()) {
            text.setCharAt(text.length() - 1, '\uFFFD');
        }
        return text.toString();
    }

    private boolean endsWithHalf() {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
