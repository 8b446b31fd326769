package dev.mailscope.lab.device;

/**
 * How an IMAP device keeps its copy in step.
 *
 * @param method how it finds out what is new
 * @param idle   true to stay connected and be told at once what happens in the INBOX (RFC 2177)
 */
public record ImapSettings(Method method, boolean idle) {
    /** How a device finds out what is new in a folder. */
    public enum Method {
        /** It asks for the UID and the flags of every message (RFC 4549). */
        FULL,
        /** It asks for what has changed since, and for all UIDs where some are gone (RFC 7162 section 3.1). */
        CONDSTORE,
        /** It is told what has changed and what is gone as it opens the folder (RFC 7162 section 3.2). */
        QRESYNC
    }

    /** In words. */
    public String words() {
        return switch (method) {
            case FULL -> "full";
            case CONDSTORE, QRESYNC -> method.name();
        } + (idle ? ", IDLE" : "");
    }
}
