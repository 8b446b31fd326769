package dev.mailscope.server.mailbox;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a SCRAM exchange needs of a user; of an unknown one the same, made up, so that nobody learns which users there
 * are.
 */
public final class ScramAccount {
    private final String account;
    private final byte[] salt;
    private final int iterations;
    private final Supplier<ScramVerifier> verifier;

    ScramAccount(String account, byte[] salt, int iterations, Supplier<ScramVerifier> verifier) {
        this.account = account;
        this.salt = salt;
        this.iterations = iterations;
        this.verifier = verifier;
    }

    /** The account; empty when the user is unknown or cannot log in by SCRAM. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** The salt, at once. */
    public byte[] salt() {
        return salt.clone();
    }

    /** The iteration count, at once. */
    public int iterations() {
        return iterations;
    }

    /** The verifier; waits until it is derived. That of an unknown user accepts nothing. */
    public ScramVerifier verifier() {
        return verifier.get();
    }

    @Override
    public String toString() {
        return "ScramAccount[]";
    }
}
