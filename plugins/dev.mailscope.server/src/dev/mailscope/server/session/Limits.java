package dev.mailscope.server.session;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a peer may use up. Each limit is answered with a protocol error that names it.
 *
 * @param imapLine        octets in one IMAP command outside its literals
 * @param pop3Line        octets in one POP3 command, its line end included (RFC 2449 section 4 asks for 255)
 * @param message         octets in one message, and so in one literal
 * @param connections     connections open at once, per protocol
 * @param idleBeforeLogin silence after which a connection that has not logged in is closed; the RFCs' minimum for idle
 *                        holds for it too
 * @param idle            silence after which a session is closed; at least 30 minutes for IMAP (RFC 9051 section 5.4)
 *                        and 10 for POP3 (RFC 1939 section 3) if the RFCs are to be kept
 * @param write           how long a peer may leave what it asked for unread
 * @param mistakes        commands in a row that are not understood, after which the connection is closed
 * @param recipients      recipients of one message that comes by SMTP (RFC 5321 section 4.5.3.1.8 asks for 100)
 * @param loginDelay      time that has to pass between two POP3 logins to an account (RFC 2449 section 6.5); zero for
 *                        none
 * @param expire          days after which POP3's login removes a message from the INBOX, 0 for QUIT removing what was
 *                        retrieved (RFC 2449 section 6.7); empty for never
 * @param notifications   folders that an IMAP client may watch by NOTIFY, and responses about other folders than the open
 *                        one, and about notes, that it is told at once (RFC 5465 section 5.8)
 * @param annotations     entries with a value of one folder, or of the server (RFC 5464 section 4.1 asks for 10)
 * @param annotation      octets in the value of one entry (RFC 5464 section 4.1 asks for 1,024)
 * @param failedLogin    time that the answer to a failed login waits at most; zero for never
 * @param spool          octets above which a message on its way in goes into a file of the store, where there is one,
 *                       instead of into memory
 */
public record Limits(int imapLine, int pop3Line, int message, int connections, Duration idleBeforeLogin,
        Duration idle, Duration write, int mistakes, int recipients, Duration loginDelay, OptionalInt expire,
        int notifications, int annotations, int annotation, Duration failedLogin, int spool) {

    /** What serves a lab and a developer: 64 KiB lines, 50 MiB messages, 1,000 connections, 30 minutes. */
    public static final Limits DEFAULT = new Limits(65_536, 512, 50 * 1024 * 1024, 1_000, Duration.ofMinutes(30),
            Duration.ofMinutes(30), Duration.ofMinutes(2), 50, 100, Duration.ZERO, OptionalInt.empty(),
            1_000, 100, 8_192, Duration.ofSeconds(2), 1 << 20);

    /** Refuses a limit of nothing. */
    public Limits {
        positive("imapLine", imapLine);
        positive("pop3Line", pop3Line);
        positive("message", message);
        positive("connections", connections);
        positive("idleBeforeLogin", idleBeforeLogin.toMillis());
        positive("idle", idle.toMillis());
        positive("write", write.toMillis());
        positive("mistakes", mistakes);
        positive("recipients", recipients);
        positive("notifications", notifications);
        positive("annotations", annotations);
        positive("annotation", annotation);
        notNegative("loginDelay", loginDelay.toMillis());
        notNegative("expire", expire.orElse(0));
        notNegative("failedLogin", failedLogin.toMillis());
        positive("spool", spool);
    }

    /** These limits with another message size. */
    public Limits withMessage(int octets) {
        return new Limits(imapLine, pop3Line, octets, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with another number of connections. */
    public Limits withConnections(int most) {
        return new Limits(imapLine, pop3Line, message, most, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with other line lengths. */
    public Limits withLines(int imap, int pop3) {
        return new Limits(imap, pop3, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with other times of silence. */
    public Limits withIdle(Duration beforeLogin, Duration afterLogin) {
        return new Limits(imapLine, pop3Line, message, connections, beforeLogin, afterLogin, write, mistakes,
                recipients, loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with another patience for a peer that does not read. */
    public Limits withWrite(Duration patience) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, patience, mistakes,
                recipients, loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with another number of recipients. */
    public Limits withRecipients(int most) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, most,
                loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with another time between two POP3 logins; zero for none. */
    public Limits withLoginDelay(Duration least) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                least, expire, notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with mail that POP3 lets expire after that many days. */
    public Limits withExpire(int days) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, OptionalInt.of(days), notifications, annotations, annotation, failedLogin, spool);
    }

    /** These limits with other ones for annotations: how many, and of how many octets. */
    public Limits withAnnotations(int most, int octets) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, most, octets, failedLogin, spool);
    }

    /** These limits with another number of notifications. */
    public Limits withNotifications(int most) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, most, annotations, annotation, failedLogin, spool);
    }

    /** These limits with another time that the answer to a failed login waits at most; zero for never. */
    public Limits withFailedLogin(Duration most) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, annotations, annotation, most, spool);
    }

    /** These limits with another size from which on a message on its way in is in a file instead of memory. */
    public Limits withSpool(int octets) {
        return new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients,
                loginDelay, expire, notifications, annotations, annotation, failedLogin, octets);
    }

    /**
     * These limits with the one of that name, a component of this record, set to that value; times are in seconds,
     * but {@code expire} is in days.
     * Throws IllegalArgumentException, which lists the names, when there is none such, or when the value is none.
     */
    public Limits with(String name, int value) {
        return switch (name) {
            case "imapLine" -> withLines(value, pop3Line);
            case "pop3Line" -> withLines(imapLine, value);
            case "message" -> withMessage(value);
            case "connections" -> withConnections(value);
            case "idleBeforeLogin" -> withIdle(Duration.ofSeconds(value), idle);
            case "idle" -> withIdle(idleBeforeLogin, Duration.ofSeconds(value));
            case "write" -> withWrite(Duration.ofSeconds(value));
            case "mistakes" -> new Limits(imapLine, pop3Line, message, connections, idleBeforeLogin, idle, write, value,
                    recipients, loginDelay, expire, notifications, annotations, annotation, failedLogin, spool);
            case "recipients" -> withRecipients(value);
            case "loginDelay" -> withLoginDelay(Duration.ofSeconds(value));
            case "expire" -> withExpire(value);
            case "notifications" -> withNotifications(value);
            case "annotations" -> withAnnotations(value, annotation);
            case "annotation" -> withAnnotations(annotations, value);
            case "failedLogin" -> withFailedLogin(Duration.ofSeconds(value));
            case "spool" -> withSpool(value);
            default -> throw new IllegalArgumentException("there is no limit " + name + "; the limits are imapLine, "
                    + "pop3Line, message, connections, idleBeforeLogin, idle, write, mistakes, recipients, loginDelay, "
                    + "expire, notifications, annotations, annotation, failedLogin and spool");
        };
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("limit " + name + " must be more than 0, not " + value);
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("limit " + name + " must not be less than 0, but is " + value);
        }
    }
}
