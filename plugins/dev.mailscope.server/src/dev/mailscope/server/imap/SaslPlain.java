package dev.mailscope.server.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The message of SASL PLAIN (RFC 4616).
 *
 * @param actFor   the user to act for, empty for the one who logs in
 * @param user     the user who logs in
 * @param password the password
 */
record SaslPlain(String actFor, String user, String password) {
    // message = [authzid] UTF8NUL authcid UTF8NUL passwd
    /** Reads the message from its base64; empty when it is not one. */
    static Optional<SaslPlain> parse(byte[] base64) {
        try {
            var octets = Base64.getDecoder().decode(base64);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            var parts = text.split("\0", -1);
            return parts.length == 3 && !parts[1].isEmpty() && !parts[2].isEmpty()
                    ? Optional.of(new SaslPlain(parts[0], parts[1], parts[2])) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // The exception's text may show part of the secret: it goes no further.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SaslPlain[]";
    }
}
