package dev.mailscope.server.imap.command;

/**
 * One thing a client or server says of itself (RFC 2971 section 3.3).
 *
 * @param value null for NIL
 */
public record IdField(String name, String value) {
}
