package dev.mailscope.server.sasl;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.mailscope.server.mailbox.Credentials;

/** CRAM-MD5 (RFC 2195). */
final class CramMd5 {
    // response = user SP 32(lower-case hexadecimal digit)
    private static final Pattern RESPONSE = Pattern.compile("(.+) ([0-9a-f]{32})", Pattern.DOTALL);

    private CramMd5() {
    }

    /** A challenge in the form of a message identifier, never given before. */
    static String challenge() {
        return "<" + Nonce.next() + "." + Instant.now().getEpochSecond() + "@mailscope.localhost>";
    }

    static Turn begin(Credentials credentials, String challenge) {
        return Turn.ask(challenge, response -> take(credentials, challenge, response));
    }

    private static Turn take(Credentials credentials, String challenge, byte[] response) {
        var parts = RESPONSE.matcher(Text.of(response).orElse(""));
        if (!parts.matches()) {
            return Turn.malformed("CRAM-MD5 takes the user name, a space and 32 hexadecimal digits in lower case.");
        }
        var account = credentials.account(parts.group(1));
        var secret = credentials.sharedSecret(parts.group(1));
        // For an unknown user a digest is worked out all the same, so that it takes the same time.
        var right = digest(secret.orElse(challenge), challenge);
        var same = MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII),
                parts.group(2).getBytes(StandardCharsets.US_ASCII));
        return same && secret.isPresent() ? Turn.success(account.orElseThrow())
                : Turn.wrongPassword(parts.group(1));
    }

    private static String digest(String secret, String challenge) {
        try {
            var mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform of today has HmacMD5", e);
        }
    }
}
