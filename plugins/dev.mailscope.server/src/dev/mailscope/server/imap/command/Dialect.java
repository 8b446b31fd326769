package dev.mailscope.server.imap.command;

/** How text beyond US-ASCII travels in a session. */
public enum Dialect {
    /** Quoted strings are US-ASCII, mailbox names are in modified UTF-7 (RFC 3501 sections 4.3 and 5.1.3). */
    REV1,
    /** Quoted strings and mailbox names are in UTF-8 (RFC 9051 sections 4.3 and 5.1, RFC 6855 section 3). */
    UTF8
}
