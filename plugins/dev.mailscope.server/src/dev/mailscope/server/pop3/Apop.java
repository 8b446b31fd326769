package dev.mailscope.server.pop3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** APOP's timestamp and digest (RFC 1939 section 7). */
final class Apop {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
    private static final AtomicLong CLOCK = new AtomicLong();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Apop() {
    }

    /** A timestamp that was never given before, in the form of a message identifier. */
    static String timestamp() {
        var now = System.currentTimeMillis();
        var clock = CLOCK.updateAndGet(last -> Math.max(last + 1, now));
        return "<" + ProcessHandle.current().pid() + "." + clock + "." + Integer.toUnsignedString(RANDOM.nextInt(), 36)
                + "@mailscope.localhost>";
    }

    /** True when the text can be a digest at all: 32 hexadecimal digits in lower case. */
    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** True when the digest is that of the timestamp and the secret. Takes the same time for any wrong one. */
    static boolean matches(String digest, String timestamp, String secret) {
        var right = HexFormat.of().formatHex(md5(timestamp + secret));
        return MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII),
                digest.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
