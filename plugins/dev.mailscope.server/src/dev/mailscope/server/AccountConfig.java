package dev.mailscope.server;

import java.util.Objects;

/**
 * An account the server starts with.
 *
 * @param user     the user name
 * @param password the password; never shown
 */
public record AccountConfig(String user, String password) {
    /** Refuses a user name that no client could send in a POP3 USER command. */
    public AccountConfig {
        Objects.requireNonNull(password);
        if (user.isBlank() || user.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException(
                    "a user name is one word without spaces or control characters, not \"" + user + "\"");
        }
    }

    /**
     * Reads {@code USER:PASSWORD}; the password may hold further colons. Throws IllegalArgumentException, which says
     * what is wrong without showing the password.
     */
    public static AccountConfig parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("an account is written USER:PASSWORD; the colon is missing");
        }
        if (colon == text.length() - 1) {
            throw new IllegalArgumentException("account " + text.substring(0, colon) + " has no password");
        }
        return new AccountConfig(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "AccountConfig[" + user + "]";
    }
}
