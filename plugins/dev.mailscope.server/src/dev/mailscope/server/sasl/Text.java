package dev.mailscope.server.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The texts in which the mechanisms speak. */
final class Text {
    private Text() {
    }

    /** The text of those octets; empty when they are not UTF-8. */
    static Optional<String> of(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            // The exception tells where in a secret the fault lies: it goes no further.
            return Optional.empty();
        }
    }
}
