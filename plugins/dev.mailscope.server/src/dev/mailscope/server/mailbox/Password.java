package dev.mailscope.server.mailbox;

import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is kept of one account's password. */
final class Password {
    /** No password: none is right, and SCRAM is not possible. */
    static final Password NONE = new Password(null, null, Map.of());

    private final String secret;
    private final Map<ScramHash, Derivation> scram;
    // The keyed hash of the right password; null while that has not been seen.
    private volatile Later<byte[]> remembered;

    private Password(String secret, Later<byte[]> remembered, Map<ScramHash, Derivation> scram) {
        this.secret = secret;
        this.remembered = remembered;
        this.scram = scram;
    }

    /**
     * A password that is known now. When it is kept, its hashes are worked out when somebody asks for them; when not,
     * at once, on threads of their own, which forget it.
     *
     * @param keyedHash works out its keyed hash
     */
    static Password of(String password, String prepared, boolean keep, Supplier<byte[]> keyedHash,
            Supplier<byte[]> salt, int iterations) {
        var scram = new EnumMap<ScramHash, Derivation>(ScramHash.class);
        for (var hash : ScramHash.values()) {
            var salted = salt.get();
            scram.put(hash, new Derivation(salted, iterations,
                    new Later<>(() -> ScramVerifier.derive(hash, prepared, salted, iterations))));
        }
        var remembered = new Later<>(keyedHash);
        if (!keep) {
            remembered.begin();
        }
        var made = new Password(keep ? password : null, remembered, scram);
        if (!keep) {
            made.derive();
        }
        return made;
    }

    /** A password of which only these verifiers are known. */
    static Password of(Map<ScramHash, ScramVerifier> verifiers) {
        var scram = new EnumMap<ScramHash, Derivation>(ScramHash.class);
        verifiers.forEach((hash, verifier) -> scram.put(hash,
                new Derivation(verifier.salt(), verifier.iterations(), new Later<>(verifier))));
        return new Password(null, null, scram);
    }

    /** The password itself, when it is kept. */
    Optional<String> secret() {
        return Optional.ofNullable(secret);
    }

    /** Has the verifiers worked out. Does not wait. */
    void derive() {
        scram.values().forEach(derivation -> derivation.verifier().begin());
    }

    /** The verifier for that hash and what is known of it already; null for none. */
    Derivation scram(ScramHash hash) {
        return scram.get(hash);
    }

    /** True when this keyed hash is that of the right password. */
    boolean isRemembered(byte[] keyedHash) {
        var right = remembered;
        return right != null && MessageDigest.isEqual(right.get(), keyedHash);
    }

    /** Remembers the keyed hash of the password, which was right. */
    void remember(byte[] keyedHash) {
        remembered = new Later<>(keyedHash);
    }

    /** A verifier to check a password against; empty when its keyed hash is known, or there is none. */
    Optional<ScramVerifier> unremembered() {
        if (remembered != null || scram.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(scram.getOrDefault(ScramHash.SHA_256, scram.get(ScramHash.SHA_1)).verifier().get());
    }

    /** What a SCRAM server sends at once, and the verifier, which may still have to be derived. */
    record Derivation(byte[] salt, int iterations, Later<ScramVerifier> verifier) {
    }
}
