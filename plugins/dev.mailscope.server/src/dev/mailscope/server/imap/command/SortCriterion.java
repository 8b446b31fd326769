package dev.mailscope.server.imap.command;

/**
 * What SORT goes by (RFC 5256 section 3, RFC 5957).
 *
 * @param reverse true when what is larger comes first
 */
public record SortCriterion(Key key, boolean reverse) {
    /** A property of a message. */
    public enum Key {
        /** When the message came in. */
        ARRIVAL,
        /** The mailbox of the first Cc address. */
        CC,
        /** When the message was sent. */
        DATE,
        /** How the first From address is displayed. */
        DISPLAYFROM,
        /** How the first To address is displayed. */
        DISPLAYTO,
        /** The mailbox of the first From address. */
        FROM,
        /** The number of octets. */
        SIZE,
        /** The base subject. */
        SUBJECT,
        /** The mailbox of the first To address. */
        TO
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        return (reverse ? "REVERSE " : "") + key;
    }
}
