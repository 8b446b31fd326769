package dev.mailscope.server.imap.command;

/** The states of an IMAP session (RFC 3501 section 3), by which commands are legal or not. */
public enum ImapPhase {
    /** Before login (section 3.1). */
    NOT_AUTHENTICATED("Not Authenticated"),
    /** Logged in, no folder open (section 3.2). */
    AUTHENTICATED("Authenticated"),
    /** A folder is open (section 3.3). */
    SELECTED("Selected"),
    /** The session is over (section 3.4). */
    LOGOUT("Logout");

    private final String label;

    ImapPhase(String label) {
        this.label = label;
    }

    /** The RFC's name for it. */
    public String label() {
        return label;
    }
}
