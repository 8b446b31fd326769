package dev.mailscope.server.message;

import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.util.CharsetUtil;

/** Readable text of what a message holds in octets and encodings. Never fails: what is broken shows as it stands. */
public final class DecodedText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int MAX_ENCODED_WORDS = 65_536;

    private DecodedText() {
    }

    /**
     * The text of a header value given as an octet string: raw octets taken as UTF-8, else as windows-1252; encoded
     * words decoded (RFC 2047) unless the value is longer than 64 K.
     */
    public static String of(String octets) {
        final String text = plain(octets);
        if (text.length() > MAX_ENCODED_WORDS || !text.contains("=?")) {
            return text;
        }
        return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
    }

    /** The text of a field's value, unfolded. */
    public static String of(Header header, HeaderField field) {
        return of(header.value(field));
    }

    /** The text of an octet string in which nothing is encoded. */
    static String plain(String octets) {
        return isAscii(octets) ? octets : raw(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String raw(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, WINDOWS_1252);
        }
    }

    /**
     * A part's text: its body with transfer encoding and charset decoded while reading. A missing or unknown charset,
     * and US-ASCII, are read as UTF-8; octets that are invalid in UTF-8 are read as windows-1252.
     */
    public static Reader reader(MessageOctets message, MimePart part) {
        final Charset charset = part.type().parameter("charset").flatMap(DecodedText::charset)
                .filter(it -> !it.equals(StandardCharsets.US_ASCII)).orElse(StandardCharsets.UTF_8);
        // No transfer encoding makes more octets of fewer.
        return new LenientReader(TransferEncoding.decoded(message, part), charset, part.body().length());
    }

    /** Text that nothing describes, read as a part without a charset is. */
    static Reader reader(MessageOctets message, Range range) {
        return new LenientReader(message.stream(range), StandardCharsets.UTF_8, range.length());
    }

    private static Optional<Charset> charset(String name) {
        return Optional.ofNullable(CharsetUtil.lookup(name));
    }

    /** The file name a part is meant to be saved under: Content-Disposition's (RFC 2183), else Content-Type's. */
    public static Optional<String> fileName(MessageOctets message, MimePart part) {
        return Header.of(message, part).first("Content-Disposition").flatMap(BodyStructure.Disposition::parse)
                .flatMap(disposition -> Parameter.find(disposition.parameters(), "filename"))
                .or(() -> Parameter.find(part.type().parameters(), "name")).map(Parameter::decoded);
    }
}
