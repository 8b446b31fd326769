package dev.mailscope.server.finding;

/** What clients are looked at for: how much it matters, what is wrong with it, and where the RFC says so. */
public enum Rule {
    /** A command is sent where it is not legal. */
    WRONG_PHASE(Severity.ERROR, "Command in the wrong phase",
            "Each command belongs to certain phases, and in any other the server refuses it.", "RFC 9051 section 3"),
    /** The same in POP3. */
    POP3_WRONG_PHASE(Severity.ERROR, "Command in the wrong phase",
            "Each command belongs to the Authorization or to the Transaction phase, and in the other one the server"
                    + " refuses it.", "RFC 1939 section 3"),
    /** A command that there is not. */
    UNKNOWN_COMMAND(Severity.ERROR, "Unknown command",
            "There are the commands of the RFC and those of the extensions that the server names among its"
                    + " capabilities; to any other it says BAD.", "RFC 9051 section 6.5"),
    /** The same in POP3. */
    POP3_UNKNOWN_COMMAND(Severity.ERROR, "Unknown command",
            "There are the commands of the RFC and those of the extensions that the server names after CAPA; to any"
                    + " other it says -ERR.", "RFC 1939 section 3"),
    /** A sequence number that was there before an EXPUNGE and is not any more. */
    NUMBER_GONE(Severity.ERROR, "Sequence number from before an EXPUNGE",
            "Each EXPUNGE the client is told makes the numbers behind it one less. This number was there before and"
                    + " names no message now.", "RFC 9051 section 7.5.1"),
    /** A sequence number that is used as if no EXPUNGE had been told. */
    NUMBER_MOVED(Severity.WARNING, "Sequence number that names another message now",
            "After an EXPUNGE the same number names another message. The client has read one message under this number,"
                    + " and now changes another, which it never read by itself.", "RFC 9051 section 7.5.1"),
    /** UIDs from before UIDVALIDITY changed. */
    UIDVALIDITY_IGNORED(Severity.ERROR, "UIDVALIDITY ignored",
            "When UIDVALIDITY changes, all UIDs the client remembers are void: it has to forget them and read the"
                    + " folder anew before it names a UID.", "RFC 9051 section 2.3.1.1"),
    /** One FETCH for each message. */
    FETCH_ONE_BY_ONE(Severity.HINT, "One FETCH for each message",
            "A FETCH takes a set of messages: one command would do, and one round trip.", "RFC 2683 section 3.2.1.2"),
    /** Commands sent together whose outcome depends on what the server does between them. */
    AMBIGUOUS_PIPELINING(Severity.WARNING, "Sequence numbers sent without waiting",
            "Behind a command whose answer may bring EXPUNGE, a client must wait for the answer before it names"
                    + " messages by sequence number: meanwhile the numbers may have moved.", "RFC 9051 section 5.5"),
    /** Messages are marked as deleted and left there. */
    NEVER_EXPUNGED(Severity.HINT, "Marked \\Deleted and never expunged",
            "\\Deleted is only a mark: until EXPUNGE, UID EXPUNGE or CLOSE the message stays, and every other client"
                    + " sees it.", "RFC 9051 section 6.4.3"),
    /** The server is asked again and again. */
    POLLING(Severity.HINT, "Polling although there is IDLE",
            "The server offers IDLE: the client would be told at once, and need not ask.", "RFC 2177 section 1"),
    /** A password on a connection that is not encrypted, and could be. */
    PASSWORD_IN_CLEAR(Severity.HINT, "Password in the clear",
            "The server offers to encrypt the connection, and the password was sent without: everybody on the way can"
                    + " read it.", "RFC 9051 section 11.1"),
    /** The same in POP3. */
    POP3_PASSWORD_IN_CLEAR(Severity.HINT, "Password in the clear",
            "The server offers STLS, and the password was sent without: everybody on the way can read it.",
            "RFC 2595 section 4"),
    /** LOGIN where the server has said that it must not be. */
    LOGIN_DISABLED(Severity.ERROR, "LOGIN although the server says LOGINDISABLED",
            "A client must not send LOGIN where LOGINDISABLED is among the capabilities. The server refuses it, but the"
                    + " password has been on the wire.", "RFC 9051 section 6.2.3"),
    /** A literal that the server does not take. */
    LITERAL_TOO_LARGE(Severity.WARNING, "Literal that is too large",
            "The client has announced more octets than the server takes there.", "RFC 7889 section 2"),
    /** A large literal that the server had no chance to refuse. */
    LITERAL_NOT_ASKED_FOR(Severity.ERROR, "Literal sent without waiting",
            "Where the server offers LITERAL-, a literal of more than 4096 octets must be announced without a plus"
                    + " sign, so that the server can refuse it before it comes.", "RFC 7888 section 5"),
    /** A message number of POP3 that names nothing. */
    NO_SUCH_MESSAGE(Severity.ERROR, "Number that names no message",
            "The maildrop is a snapshot: its messages have the numbers from 1 to their count as long as the session"
                    + " lasts, and one that is marked as deleted cannot be named.", "RFC 1939 section 5"),
    /** Deletions that never took place. */
    QUIT_MISSING(Severity.ERROR, "QUIT is missing: nothing was deleted",
            "Messages marked by DELE go in the Update phase, and only QUIT leads there. Without it, all of them stay.",
            "RFC 1939 section 6"),
    /** Everything is fetched again. */
    RETRIEVED_AGAIN(Severity.HINT, "Everything retrieved again",
            "A client that leaves mail on the server knows by UIDL what it has already. This one has not asked, and"
                    + " retrieved what was retrieved before.", "RFC 1939 section 7");

    /** How much it matters. */
    public enum Severity {
        /** Against the RFC. */
        ERROR,
        /** It can lose mail or give a secret away. */
        WARNING,
        /** It works, and there is a better way. */
        HINT
    }

    private final Severity severity;
    private final String title;
    private final String sentence;
    private final String reference;

    Rule(Severity severity, String title, String sentence, String reference) {
        this.severity = severity;
        this.title = title;
        this.sentence = sentence;
        this.reference = reference;
    }

    /** The protocol it belongs to, as in an event's column. */
    public String protocol() {
        return switch (this) {
            case POP3_WRONG_PHASE, POP3_UNKNOWN_COMMAND, POP3_PASSWORD_IN_CLEAR, NO_SUCH_MESSAGE, QUIT_MISSING,
                 RETRIEVED_AGAIN -> "pop3";
            case WRONG_PHASE, UNKNOWN_COMMAND, NUMBER_GONE, NUMBER_MOVED, UIDVALIDITY_IGNORED, FETCH_ONE_BY_ONE,
                 AMBIGUOUS_PIPELINING, NEVER_EXPUNGED, POLLING, PASSWORD_IN_CLEAR, LOGIN_DISABLED, LITERAL_TOO_LARGE,
                 LITERAL_NOT_ASKED_FOR -> "imap";
        };
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** What it is, in a few words. */
    public String title() {
        return title;
    }

    /** What the RFC says, in our words. */
    public String sentence() {
        return sentence;
    }

    /** Where the RFC says it. */
    public String reference() {
        return reference;
    }
}
