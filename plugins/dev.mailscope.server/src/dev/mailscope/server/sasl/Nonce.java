package dev.mailscope.server.sasl;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can foresee. */
final class Nonce {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 18;

    private Nonce() {
    }

    /** 144 random bits in characters that SCRAM and a message identifier allow. */
    static String next() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
