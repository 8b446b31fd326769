package dev.mailscope.server.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Parts that hold NUL, in a message that came as binary (RFC 3516). IMAP shows a message only without NUL, so such a
 * part is given a transfer encoding; all else stays as it is, to the octet.
 */
public final class BinaryParts {
    private static final String FIELD = "Content-Transfer-Encoding";
    private static final byte[] BASE64 = (FIELD + ": base64\r\n").getBytes(StandardCharsets.US_ASCII);

    private final Content content;
    private final MessageOctets message;
    private final Composition encoded = new Composition();
    private int at;

    private BinaryParts(Content content) {
        this.content = content;
        this.message = content.open();
    }

    /**
     * The message with each body that holds NUL in base64. Empty when a NUL stands elsewhere: in a header, before,
     * between or behind parts, in what is not taken apart, or in a part that says it is encoded already.
     */
    public static Optional<Content> encoded(Content message) {
        return new BinaryParts(message).encode();
    }

    private Optional<Content> encode() {
        for (final MimePart part : MimePart.parse(message).all()) {
            final boolean leaf = !part.isMultipart() && part.message().isEmpty() && !part.isOpaque();
            if (leaf && message.indexOf((byte) 0, part.body().offset(), part.body().end()) >= 0) {
                if (!TransferEncoding.isIdentity(message, part)) {
                    return Optional.empty();
                }
                encode(part);
            }
        }
        copyTo(content.size());
        return Optional.of(encoded.toContent()).filter(whole -> !whole.hasNul());
    }

    /** The field that says how the part is encoded changes in its place, or comes last. */
    private void encode(MimePart part) {
        final Range field = Header.of(message, part).field(FIELD).map(HeaderField::whole)
                .orElse(new Range(part.blankLine().offset(), 0));
        copyTo(field.offset());
        encoded.add(BASE64);
        at = field.end();
        copyTo(part.body().offset());
        encoded.addEncoded(content, part.body());
        at = part.body().end();
    }

    private void copyTo(int end) {
        encoded.add(content, Range.between(at, end));
        at = end;
    }
}
