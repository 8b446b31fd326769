package dev.mailscope.server.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts' passwords: kept apart from the state, because the state is recorded and passwords never are. */
public final class Credentials {
    // Compared against when the user is unknown, so that both answers take the same time.
    private static final String NOBODY = "\0";

    private final ConcurrentHashMap<String, String> passwords = new ConcurrentHashMap<>();

    /** Sets an account's password. */
    public void set(String user, String password) {
        passwords.put(user, password);
    }

    /** Forgets an account's password: nobody can log in to it any more. */
    public void remove(String user) {
        passwords.remove(user);
    }

    /** True when the user exists and this is its password. Takes the same time for any wrong one. */
    public boolean verify(String user, String password) {
        var known = passwords.getOrDefault(user, NOBODY);
        var same = MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8),
                password.getBytes(StandardCharsets.UTF_8));
        return same && passwords.containsKey(user);
    }

    /** The shared secret itself, which APOP needs (RFC 1939 section 7). */
    public Optional<String> sharedSecret(String user) {
        return Optional.ofNullable(passwords.get(user));
    }

    @Override
    public String toString() {
        return "Credentials[" + passwords.size() + " accounts]";
    }
}
