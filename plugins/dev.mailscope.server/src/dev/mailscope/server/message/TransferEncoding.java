package dev.mailscope.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Content-Transfer-Encoding (RFC 2045 section 6). */
public final class TransferEncoding {

    private TransferEncoding() {
    }

    /** {@code mechanism}: as written in a field value, which may be null; 7bit where there is none or no valid one. */
    static String name(String value) {
        if (value == null) {
            return "7bit";
        }
        final var field = new FieldReader(value);
        field.skipCfws();
        final String name = field.runUntil(";(\"");
        field.skipCfws();
        return name.isEmpty() || !field.atEnd() && field.peek() != ';' ? "7bit" : name;
    }

    /**
     * True when a part's transfer encoding can be undone: it is one of those RFC 2045 knows. A multipart has none, as
     * its parts have their own (RFC 2045 section 6.4).
     */
    public static boolean isKnown(MessageOctets message, MimePart part) {
        return part.isMultipart() || switch (of(message, part)) {
            case "7bit", "8bit", "binary", "base64", "quoted-printable" -> true;
            default -> false;
        };
    }

    /** True when a part's octets stand as they are: 7bit, 8bit or binary (RFC 2045 section 6.2). */
    static boolean isIdentity(MessageOctets message, MimePart part) {
        return switch (of(message, part)) {
            case "7bit", "8bit", "binary" -> true;
            default -> false;
        };
    }

    private static String of(MessageOctets message, MimePart part) {
        return name(Header.of(message, part).first("Content-Transfer-Encoding").orElse(null)).toLowerCase(Locale.ROOT);
    }

    /** A part's body with its transfer encoding undone, in memory. */
    public static byte[] decode(MessageOctets message, MimePart part) {
        try (var decoded = decoded(message, part)) {
            return decoded.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of a part's body with its transfer encoding undone. UncheckedIOException when that fails. */
    public static Measured measured(Content message, MimePart part) {
        final var measured = new Measured();
        try {
            write(message, part, measured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        measured.id();
        return measured;
    }

    /** That body as a content, which is decoded anew each time it is read. */
    public static Content decoded(Content message, MimePart part, Measured known) {
        return known.content(new Derived(out -> write(message, part, out)));
    }

    private static void write(Content message, MimePart part, OutputStream out) throws IOException {
        try (var decoded = decoded(message.open(), part)) {
            decoded.transferTo(out);
        }
    }

    /**
     * A part's body with its transfer encoding undone while reading; as it stands where the encoding is none or
     * unknown. What is not validly encoded is skipped or passed on, never an error.
     */
    public static InputStream decoded(MessageOctets message, MimePart part) {
        final var body = message.stream(part.body());
        return switch (part.isMultipart() ? "" : of(message, part)) {
            case "base64" -> new Base64InputStream(body, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(body, DecodeMonitor.SILENT);
            default -> body;
        };
    }
}
