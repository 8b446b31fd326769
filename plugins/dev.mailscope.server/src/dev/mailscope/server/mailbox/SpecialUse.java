package dev.mailscope.server.mailbox;

import java.util.Arrays;
import java.util.Optional;

/** What a folder is for, so that a client need not guess by its name (RFC 6154 section 2). */
public enum SpecialUse {
    /** All messages of the account. */
    ALL("\\All"),
    /** Messages that are put by. */
    ARCHIVE("\\Archive"),
    /** Messages that are still being written. */
    DRAFTS("\\Drafts"),
    /** All messages that are flagged. */
    FLAGGED("\\Flagged"),
    /** Messages taken for junk. */
    JUNK("\\Junk"),
    /** Copies of messages that were sent. */
    SENT("\\Sent"),
    /** Messages that are deleted, or are to be. */
    TRASH("\\Trash");

    private final String wireName;

    SpecialUse(String wireName) {
        this.wireName = wireName;
    }

    /** The attribute as IMAP writes it. */
    public String wireName() {
        return wireName;
    }

    /**
     * False for what is no place of its own but a view of other folders' messages: this server has no such views, so no
     * folder can be given that use.
     */
    public boolean canBeGiven() {
        return switch (this) {
            case ALL, FLAGGED -> false;
            case ARCHIVE, DRAFTS, JUNK, SENT, TRASH -> true;
        };
    }

    /** The use with that attribute, in any case; empty when RFC 6154 has none such. */
    public static Optional<SpecialUse> named(String attribute) {
        return Arrays.stream(values()).filter(use -> use.wireName.equalsIgnoreCase(attribute)).findFirst();
    }
}
