package dev.mailscope.server.session;

/**
 * What a connection that begins without TLS may do.
 *
 * @param offered          true when the client can start TLS on it, by STARTTLS or STLS
 * @param plaintextAllowed true when the client may send a password without TLS
 */
public record TlsPolicy(boolean offered, boolean plaintextAllowed) {
    /** There is no TLS, and passwords pass without it. */
    public static final TlsPolicy NONE = new TlsPolicy(false, true);
}
