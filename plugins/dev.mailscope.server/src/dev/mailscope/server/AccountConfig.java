package dev.mailscope.server;

import java.util.HashSet;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.SaslPrep;

/**
 * An account the server starts with.
 *
 * @param user        the user name
 * @param password    the password; never shown
 * @param keepsSecret true when the server keeps the password itself, which APOP and CRAM-MD5 need; otherwise it keeps
 *                    what SCRAM needs, from which nobody can read the password
 * @param tokens      the bearer tokens that open it by OAUTHBEARER and XOAUTH2; never shown
 * @param certificate the subject of the client certificate that opens it by EXTERNAL; null for none
 * @param quota       how much it may hold; it may begin with more
 */
public record AccountConfig(String user, String password, boolean keepsSecret, Set<String> tokens,
        X500Principal certificate, Quota quota) {
    /** Refuses a user name that no client could send in a POP3 USER command, and what RFC 4013 prohibits. */
    public AccountConfig {
        tokens = Set.copyOf(tokens);
        if (user.isBlank() || user.chars().anyMatch(c -> c <= ' ' || c == 0x7F) || SaslPrep.prepare(user).isEmpty()) {
            throw new IllegalArgumentException(
                    "a user name is one word without spaces or control characters, not \"" + user + "\"");
        }
        if (SaslPrep.prepare(password).isEmpty()) {
            throw new IllegalArgumentException("the password of " + user
                    + " is empty or holds a character that SASLprep (RFC 4013) prohibits, such as a control one");
        }
        if (!tokens.stream().allMatch(token -> token.matches("[A-Za-z0-9._~+/-]+=*"))) {
            throw new IllegalArgumentException("a token of " + user + " is empty or holds a character that no bearer"
                    + " token has (RFC 6750 section 2.1)");
        }
    }

    /** An account that a password opens and nothing else; the password itself is not kept. */
    public AccountConfig(String user, String password) {
        this(user, password, false, Set.of(), null, Quota.NONE);
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

    /** The same with the password itself kept. */
    public AccountConfig withSecretKept() {
        return new AccountConfig(user, password, true, tokens, certificate, quota);
    }

    /** The same with the password itself kept, or only what SCRAM needs of it. */
    public AccountConfig withSecretKept(boolean keep) {
        return new AccountConfig(user, password, keep, tokens, certificate, quota);
    }

    /** The same with these bearer tokens in place of those it had. */
    public AccountConfig withTokens(Set<String> others) {
        return new AccountConfig(user, password, keepsSecret, others, certificate, quota);
    }

    /** The same with one more bearer token. */
    public AccountConfig withToken(String token) {
        var all = new HashSet<>(tokens);
        all.add(token);
        return new AccountConfig(user, password, keepsSecret, all, certificate, quota);
    }

    /** The same, opened by the client certificate with that subject. */
    public AccountConfig withCertificate(X500Principal subject) {
        return new AccountConfig(user, password, keepsSecret, tokens, subject, quota);
    }

    /** The same with another quota. */
    public AccountConfig withQuota(Quota other) {
        return new AccountConfig(user, password, keepsSecret, tokens, certificate, other);
    }

    @Override
    public String toString() {
        return "AccountConfig[" + user + "]";
    }
}
