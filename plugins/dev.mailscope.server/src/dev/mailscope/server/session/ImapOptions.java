package dev.mailscope.server.session;

import java.time.Duration;

/**
 * How IMAP is offered.
 *
 * @param literalMinus true for LITERAL- instead of LITERAL+ (RFC 7888 section 5)
 * @param utf8         true for UTF8=ACCEPT (RFC 6855), with which a client that does not enable it may not append a
 *                     message with octets beyond US-ASCII in its header, and is shown such a one as a surrogate
 * @param progress     how often a client is told how far a command has come that takes long (RFC 9585 section 4, which
 *                     recommends 10 to 15 seconds)
 * @param acl          true for ACL (RFC 4314): folders can be shared with other users
 */
public record ImapOptions(boolean literalMinus, boolean utf8, Duration progress, boolean acl) {
    /** LITERAL+, messages as they are for everybody, a word every 12 seconds, and access lists. */
    public static final ImapOptions DEFAULT = new ImapOptions(false, false, Duration.ofSeconds(12), true);

    /** Refuses to tell all the time. */
    public ImapOptions {
        if (!progress.isPositive()) {
            throw new IllegalArgumentException("the time between two reports of progress must be more than 0, not "
                    + progress.toSeconds() + " seconds");
        }
    }

    /** The same with LITERAL-, or with LITERAL+. */
    public ImapOptions withLiteralMinus(boolean minus) {
        return new ImapOptions(minus, utf8, progress, acl);
    }

    /** The same with UTF8=ACCEPT offered, or not. */
    public ImapOptions withUtf8(boolean offered) {
        return new ImapOptions(literalMinus, offered, progress, acl);
    }

    /** The same with another time between two reports of progress. */
    public ImapOptions withProgress(Duration interval) {
        return new ImapOptions(literalMinus, utf8, interval, acl);
    }

    /** The same with ACL offered, or not. */
    public ImapOptions withAcl(boolean offered) {
        return new ImapOptions(literalMinus, utf8, progress, offered);
    }
}
