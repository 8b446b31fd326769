package dev.mailscope.server.mailbox;

import java.util.Optional;

/** What a user may do with a folder: the standard rights of RFC 4314 section 2.1, in their usual order. */
public enum Right {
    /** The folder is listed, and known to be there. */
    LOOKUP('l'),
    /** Open it, and ask for its status. */
    READ('r'),
    /** Change {@code \Seen}. */
    SEEN('s'),
    /** Change flags other than {@code \Seen} and {@code \Deleted}. */
    WRITE('w'),
    /** Put messages into it. */
    INSERT('i'),
    /** Send mail to it; nothing here depends on this one. */
    POST('p'),
    /** Make folders below it. */
    CREATE('k'),
    /** Delete or rename it. */
    DELETE('x'),
    /** Change {@code \Deleted}. */
    DELETE_MESSAGES('t'),
    /** Expunge messages. */
    EXPUNGE('e'),
    /** See and change its access list. */
    ADMINISTER('a');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    /** How IMAP writes it. */
    public char letter() {
        return letter;
    }

    /** The right of that letter. */
    static Optional<Right> of(char letter) {
        for (var right : values()) {
            if (right.letter == letter) {
                return Optional.of(right);
            }
        }
        return Optional.empty();
    }
}
