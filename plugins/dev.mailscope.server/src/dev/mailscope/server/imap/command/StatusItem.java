package dev.mailscope.server.imap.command;

/** What STATUS can be asked (RFC 3501 section 6.3.10). The names are those on the wire. */
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
    UNSEEN
}
