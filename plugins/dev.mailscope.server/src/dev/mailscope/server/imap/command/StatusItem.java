package dev.mailscope.server.imap.command;

/** What STATUS can be asked (RFC 3501 section 6.3.10). */
public enum StatusItem {
    /** The number of messages. */
    MESSAGES,
    /** The number of messages with {@code \Recent} set. */
    RECENT,
    /** The UID the next message will have. */
    UIDNEXT,
    /** The validity of the folder's UIDs. */
    UIDVALIDITY,
    /** The number of messages without {@code \Seen}. */
    UNSEEN,
    /** The sum of the messages' sizes in octets, at least (RFC 8438, RFC 9051 section 6.3.11). */
    SIZE,
    /** The number of messages with {@code \Deleted} (RFC 9051 section 6.3.11). */
    DELETED,
    /** The sum of the sizes of the messages with {@code \Deleted}, in octets (RFC 9208 section 4.1.4). */
    DELETED_STORAGE,
    /** The highest modification sequence of anything in the folder (RFC 7162 section 3.1.7). */
    HIGHESTMODSEQ,
    /** The largest message APPEND takes, in octets (RFC 7889 section 4). */
    APPENDLIMIT,
    /** The folder's id, which stays when it is renamed (RFC 8474 section 4.3). */
    MAILBOXID;

    /** As it is written. */
    public String wireName() {
        return name().replace('_', '-');
    }
}
