package dev.mailscope.server.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Parts that hold NUL, in a message that came as binary (RFC 3516). IMAP shows a message only without NUL, so such a
 * part is given a transfer encoding; all else stays as it is, to the octet.
 */
public final class BinaryParts {
    private static final String FIELD = "Content-Transfer-Encoding";
    private static final byte[] BASE64 = (FIELD + ": base64\r\n").getBytes(StandardCharsets.US_ASCII);

    private final byte[] message;
    private final ByteArrayOutputStream out;
    private int at;

    private BinaryParts(byte[] message) {
        this.message = message;
        this.out = new ByteArrayOutputStream(message.length + message.length / 2);
    }

    /** True when there is a NUL anywhere in the message. */
    public static boolean haveNul(byte[] message) {
        return hasNul(message, new Range(0, message.length));
    }

    /**
     * The message with each body that holds NUL in base64. Empty when a NUL stands elsewhere: in a header, before,
     * between or behind parts, in what is not taken apart, or in a part that says it is encoded already.
     */
    public static Optional<byte[]> encoded(byte[] message) {
        return new BinaryParts(message).encode();
    }

    private Optional<byte[]> encode() {
        for (final MimePart part : MimePart.parse(message).all()) {
            final boolean leaf = !part.isMultipart() && part.message().isEmpty() && !part.isOpaque();
            if (leaf && hasNul(message, part.body())) {
                if (!TransferEncoding.isIdentity(message, part)) {
                    return Optional.empty();
                }
                encode(part);
            }
        }
        copyTo(message.length);
        final byte[] encoded = out.toByteArray();
        return haveNul(encoded) ? Optional.empty() : Optional.of(encoded);
    }

    /** The field that says how the part is encoded changes in its place, or comes last. */
    private void encode(MimePart part) {
        final Range field = Header.of(message, part).field(FIELD).map(HeaderField::whole)
                .orElse(new Range(part.blankLine().offset(), 0));
        copyTo(field.offset());
        out.writeBytes(BASE64);
        at = field.end();
        copyTo(part.body().offset());
        out.writeBytes(Base64.getMimeEncoder().encode(part.body().of(message)));
        at = part.body().end();
    }

    private void copyTo(int end) {
        out.write(message, at, end - at);
        at = end;
    }

    private static boolean hasNul(byte[] octets, Range range) {
        for (int i = range.offset(); i < range.end(); i++) {
            if (octets[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
