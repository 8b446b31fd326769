package dev.mailscope.server.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions SCRAM is used with (RFC 5802, RFC 7677), and what SCRAM makes of them. */
public enum ScramHash {
    /** SHA-1, of RFC 5802. */
    SHA_1("SHA-1", "HmacSHA1", "PBKDF2WithHmacSHA1", 20),
    /** SHA-256, of RFC 7677. */
    SHA_256("SHA-256", "HmacSHA256", "PBKDF2WithHmacSHA256", 32);

    private final String digest;
    private final String mac;
    private final String derivation;
    private final int size;

    ScramHash(String digest, String mac, String derivation, int size) {
        this.digest = digest;
        this.mac = mac;
        this.derivation = derivation;
        this.size = size;
    }

    /** Octets in a hash, a key and a proof. */
    public int size() {
        return size;
    }

    /** H(octets) of RFC 5802 section 2.2. */
    public byte[] hash(byte[] octets) {
        try {
            return MessageDigest.getInstance(digest).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + digest, e);
        }
    }

    /** HMAC(key, octets) of RFC 5802 section 2.2. The key is not empty. */
    public byte[] hmac(byte[] key, byte[] octets) {
        try {
            var running = Mac.getInstance(mac);
            running.init(new SecretKeySpec(key, mac));
            return running.doFinal(octets);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + mac, e);
        }
    }

    /** HMAC(key, text in UTF-8). */
    public byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Hi(password, salt, iterations) of RFC 5802 section 2.2, which is PBKDF2. The password is prepared. */
    byte[] saltedPassword(String password, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, size * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(derivation).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of today has " + derivation, e);
        } finally {
            spec.clearPassword();
        }
    }
}
