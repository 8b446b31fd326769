package dev.mailscope.server.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
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
     * A part's body with its transfer encoding undone while reading; as it stands where the encoding is none or
     * unknown. What is not validly encoded is skipped or passed on, never an error.
     */
    public static InputStream decoded(byte[] message, MimePart part) {
        final var body = new ByteArrayInputStream(message, part.body().offset(), part.body().length());
        final String name = name(Header.of(message, part).first("Content-Transfer-Encoding").orElse(null));
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "base64" -> new Base64InputStream(body, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(body, DecodeMonitor.SILENT);
            default -> body;
        };
    }
}
