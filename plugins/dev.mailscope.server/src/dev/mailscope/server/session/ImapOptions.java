package dev.mailscope.server.session;

/**
 * What IMAP can be offered in two ways only.
 *
 * @param literalMinus true for LITERAL- instead of LITERAL+ (RFC 7888 section 5)
 * @param utf8         true for UTF8=ACCEPT (RFC 6855), with which a client that does not enable it may not append a
 *                     message with octets beyond US-ASCII in its header, and is shown such a one as a surrogate
 * @param acl          true for ACL (RFC 4314): folders can be shared with other users
 */
public record ImapOptions(boolean literalMinus, boolean utf8, boolean acl) {
    /** LITERAL+, messages as they are for everybody, and access lists. */
    public static final ImapOptions DEFAULT = new ImapOptions(false, false, true);
}
