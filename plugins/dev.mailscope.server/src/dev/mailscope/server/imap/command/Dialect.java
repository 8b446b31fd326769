package dev.mailscope.server.imap.command;

/** What form IMAP has in a session, and how text beyond US-ASCII travels in it. */
public enum Dialect {
    /**
     * IMAP4rev1: quoted strings are US-ASCII, mailbox names are in modified UTF-7 (RFC 3501 sections 4.3 and 5.1.3).
     */
    REV1,
    /** IMAP4rev1 after ENABLE UTF8=ACCEPT: quoted strings and mailbox names are in UTF-8 (RFC 6855 section 3). */
    UTF8,
    /** IMAP4rev2: the same, and it knows message/global (RFC 9051 sections 4.3, 5.1 and 9). */
    REV2;

    /** True when quoted strings and mailbox names are in UTF-8. */
    public boolean isUtf8() {
        return switch (this) {
            case REV1 -> false;
            case UTF8, REV2 -> true;
        };
    }
}
