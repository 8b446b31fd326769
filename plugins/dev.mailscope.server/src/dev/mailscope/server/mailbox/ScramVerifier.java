package dev.mailscope.server.mailbox;

import java.security.MessageDigest;

/**
 * What a server keeps of a password for SCRAM (RFC 5802 section 3): enough to check it, not enough to log in with it.
 * Holds copies of what it is given; gives copies.
 *
 * @param hash       the hash function
 * @param salt       what the password was mixed with, at least one octet
 * @param iterations how often it was hashed
 * @param storedKey  H(ClientKey)
 * @param serverKey  what the server proves itself with
 */
public record ScramVerifier(ScramHash hash, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    /** Checks the sizes. */
    public ScramVerifier {
        if (salt.length == 0 || iterations < 1 || storedKey.length != hash.size() || serverKey.length != hash.size()) {
            throw new IllegalArgumentException("a SCRAM verifier has a salt, at least one iteration, and keys of "
                    + hash.size() + " octets");
        }
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    /**
     * Makes the verifier of a password, which costs about as many hashes as {@code iterations} says.
     *
     * @param password as {@link SaslPrep} prepares it
     */
    public static ScramVerifier derive(ScramHash hash, String password, byte[] salt, int iterations) {
        var salted = hash.saltedPassword(password, salt, iterations);
        return new ScramVerifier(hash, salt, iterations, hash.hash(hash.hmac(salted, "Client Key")),
                hash.hmac(salted, "Server Key"));
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] storedKey() {
        return storedKey.clone();
    }

    @Override
    public byte[] serverKey() {
        return serverKey.clone();
    }

    /** True when this is the verifier of that prepared password. Costs what {@link #derive} costs. */
    public boolean isOf(String password) {
        return MessageDigest.isEqual(derive(hash, password, salt, iterations).storedKey, storedKey);
    }

    /** True when the proof shows that the client knows the password. */
    public boolean accepts(byte[] clientProof, String authMessage) {
        if (clientProof.length != hash.size()) {
            return false;
        }
        var clientKey = hash.hmac(storedKey, authMessage);
        for (var i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= clientProof[i];
        }
        return MessageDigest.isEqual(hash.hash(clientKey), storedKey);
    }

    /** The ServerSignature, by which the server shows that it has the verifier. */
    public byte[] serverSignature(String authMessage) {
        return hash.hmac(serverKey, authMessage);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramVerifier that && hash == that.hash && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt) && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return 31 * hash.hashCode() + iterations;
    }

    @Override
    public String toString() {
        return "ScramVerifier[" + hash + "]";
    }
}
