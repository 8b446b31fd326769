package dev.mailscope.server.session;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One thing that a peer may not use up without end. Durations are in milliseconds, whatever they are set in. */
public enum Limit {
    /** Octets in one IMAP command outside its literals. */
    IMAP_LINE("imapLine", 1, 65_536),
    /** Octets in one POP3 command, its line end included (RFC 2449 section 4 asks for 255). */
    POP3_LINE("pop3Line", 1, 512),
    /** Octets in one message, and so in one literal. */
    MESSAGE("message", 1, 50 * 1024 * 1024),
    /** Connections open at once, per protocol. */
    CONNECTIONS("connections", 1, 1_000),
    /** Silence after which a connection that has not logged in is closed; the RFCs' minimum for idle holds for it. */
    IDLE_BEFORE_LOGIN("idleBeforeLogin", 1, 30 * 60_000, 1_000),
    /**
     * Silence after which a session is closed; at least 30 minutes for IMAP (RFC 9051 section 5.4) and 10 for POP3 (RFC
     * 1939 section 3) if the RFCs are to be kept.
     */
    IDLE("idle", 1, 30 * 60_000, 1_000),
    /** How long a peer may leave what it asked for unread. */
    WRITE("write", 1, 2 * 60_000, 1_000),
    /** Commands in a row that are not understood, after which the connection is closed. */
    MISTAKES("mistakes", 1, 50),
    /** Recipients of one message that comes by SMTP (RFC 5321 section 4.5.3.1.8 asks for 100). */
    RECIPIENTS("recipients", 1, 100),
    /** Time that has to pass between two POP3 logins to an account (RFC 2449 section 6.5); 0 for none. */
    LOGIN_DELAY("loginDelay", 0, 0, 1_000),
    /**
     * Days after which POP3's login removes a message from the INBOX, 0 for QUIT removing what was retrieved (RFC 2449
     * section 6.7); never unless it is set.
     */
    EXPIRE("expire", 0, Limits.UNSET),
    /**
     * Folders that an IMAP client may watch by NOTIFY, and responses about other folders than the open one, and about
     * notes, that it is told at once (RFC 5465 section 5.8).
     */
    NOTIFICATIONS("notifications", 1, 1_000),
    /**
     * Messages that one IMAP command may find (SEARCH, SORT, THREAD; also where only their number is asked for) or change
     * (STORE, COPY, MOVE).
     */
    RESULTS("results", 1, 500_000),
    /** Entries with a value of one folder, or of the server (RFC 5464 section 4.1 asks for 10). */
    ANNOTATIONS("annotations", 1, 100),
    /** Octets in the value of one entry (RFC 5464 section 4.1 asks for 1,024). */
    ANNOTATION("annotation", 1, 8_192),
    /** How long the answer to a failed login waits at most; 0 for never. */
    FAILED_LOGIN("failedLogin", 0, 2_000, 1_000),
    /** New connections that one address may open within a minute; 0 for any number. */
    ARRIVALS("arrivals", 0, 0),
    /** Sessions that one account may have at once, over all protocols; 0 for any number. */
    ACCOUNT_SESSIONS("accountSessions", 0, 0),
    /**
     * Octets above which a message on its way in goes into a file of the store, where there is one, instead of into
     * memory.
     */
    SPOOL("spool", 1, 1 << 20);

    private final String name;
    private final long least;
    private final long usual;
    private final long unit;

    Limit(String name, long least, long usual) {
        this(name, least, usual, 1);
    }

    /** A limit; {@code unit} is how much of it one is when it is set by its name: 1,000 for seconds. */
    Limit(String name, long least, long usual, long unit) {
        this.name = name;
        this.least = least;
        this.usual = usual;
        this.unit = unit;
    }

    /** The limit of that name. IllegalArgumentException, which lists the names, when there is none such. */
    static Limit of(String name) {
        return Arrays.stream(values()).filter(limit -> limit.name.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no limit " + name + "; the limits are "
                        + Arrays.stream(values()).limit(values().length - 1L).map(limit -> limit.name)
                                .collect(Collectors.joining(", "))
                        + " and " + values()[values().length - 1].name));
    }

    long usual() {
        return usual;
    }

    long unit() {
        return unit;
    }

    /** Refuses less than the least, and more than can be counted. IllegalArgumentException, which names the limit. */
    void check(long value) {
        if (value > Integer.MAX_VALUE * unit) {
            throw new IllegalArgumentException("limit " + name + " must be at most " + Integer.MAX_VALUE
                    + ", but is " + value / unit);
        }
        if (value < least) {
            throw new IllegalArgumentException("limit " + name + (least > 0 ? " must be more than 0, not " + value
                    : " must not be less than 0, but is " + value));
        }
    }
}
