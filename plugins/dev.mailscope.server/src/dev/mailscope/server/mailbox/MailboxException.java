package dev.mailscope.server.mailbox;

/** A transaction was refused; nothing has changed. The message says why in words for the user. */
public final class MailboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it was refused; the names are the response codes of RFC 5530. */
    public enum Reason {
        /** No such account, folder or message. */
        NONEXISTENT,
        /** The name is taken. */
        ALREADYEXISTS,
        /** It can never be done, for example deleting INBOX. */
        CANNOT,
        /** A limit of the server is reached. */
        LIMIT,
        /** The folder has children and no mail of its own already. */
        HASCHILDREN,
        /** A folder cannot be for that (RFC 6154 section 3). */
        USEATTR,
        /** The account would hold more than its quota allows (RFC 9208). */
        OVERQUOTA,
        /** It is not for this user to do. */
        NOPERM
    }

    private final Reason reason;

    /** A refusal for that reason. */
    public MailboxException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }
}
