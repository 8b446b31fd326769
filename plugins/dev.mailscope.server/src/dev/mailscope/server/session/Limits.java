package dev.mailscope.server.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a peer may use up: a value for each {@link Limit}. Each limit is answered with a protocol error that names it.
 * Immutable.
 */
public final class Limits {
    /** A limit that is not set. */
    static final long UNSET = -1;

    /** What serves a lab and a developer: 64 KiB lines, 50 MiB messages, 1,000 connections, 30 minutes. */
    public static final Limits DEFAULT = new Limits(Arrays.stream(Limit.values())
            .collect(Collectors.toMap(Function.identity(), Limit::usual)));

    private final Map<Limit, Long> values;

    private Limits(Map<Limit, Long> values) {
        this.values = new EnumMap<>(values);
    }

    /** These limits with another one; IllegalArgumentException when it is less than it may be. */
    public Limits with(Limit limit, long value) {
        limit.check(value);
        var other = new EnumMap<>(values);
        other.put(limit, value);
        return new Limits(other);
    }

    /**
     * These limits with the one of that name, as the methods of this class have it, set to that value; times are in
     * seconds, but {@code expire} is in days.
     * Throws IllegalArgumentException, which lists the names, when there is none such, or when the value is none.
     */
    public Limits with(String name, int value) {
        var limit = Limit.of(name);
        limit.check(value);
        return with(limit, value * limit.unit());
    }

    /** These limits with another message size. */
    public Limits withMessage(int octets) {
        return with(Limit.MESSAGE, octets);
    }

    /** These limits with another number of connections. */
    public Limits withConnections(int most) {
        return with(Limit.CONNECTIONS, most);
    }

    /** These limits with other line lengths. */
    public Limits withLines(int imap, int pop3) {
        return with(Limit.IMAP_LINE, imap).with(Limit.POP3_LINE, pop3);
    }

    /** These limits with other times of silence. */
    public Limits withIdle(Duration beforeLogin, Duration afterLogin) {
        return with(Limit.IDLE_BEFORE_LOGIN, beforeLogin.toMillis()).with(Limit.IDLE, afterLogin.toMillis());
    }

    /** These limits with another patience for a peer that does not read. */
    public Limits withWrite(Duration patience) {
        return with(Limit.WRITE, patience.toMillis());
    }

    /** These limits with another number of recipients. */
    public Limits withRecipients(int most) {
        return with(Limit.RECIPIENTS, most);
    }

    /** These limits with another time between two POP3 logins; zero for none. */
    public Limits withLoginDelay(Duration least) {
        return with(Limit.LOGIN_DELAY, least.toMillis());
    }

    /** These limits with mail that POP3 lets expire after that many days. */
    public Limits withExpire(int days) {
        return with(Limit.EXPIRE, days);
    }

    /** These limits with other ones for annotations: how many, and of how many octets. */
    public Limits withAnnotations(int most, int octets) {
        return with(Limit.ANNOTATIONS, most).with(Limit.ANNOTATION, octets);
    }

    /** These limits with another number of notifications. */
    public Limits withNotifications(int most) {
        return with(Limit.NOTIFICATIONS, most);
    }

    /** These limits with another number of messages that one command may find or change. */
    public Limits withResults(int most) {
        return with(Limit.RESULTS, most);
    }

    /** These limits with another time that the answer to a failed login waits at most; zero for never. */
    public Limits withFailedLogin(Duration most) {
        return with(Limit.FAILED_LOGIN, most.toMillis());
    }

    /** These limits with another number of new connections of one address within a minute; 0 for any. */
    public Limits withArrivals(int most) {
        return with(Limit.ARRIVALS, most);
    }

    /** These limits with another number of sessions of one account at once; 0 for any. */
    public Limits withAccountSessions(int most) {
        return with(Limit.ACCOUNT_SESSIONS, most);
    }

    /** These limits with another size from which on a message on its way in is in a file instead of memory. */
    public Limits withSpool(int octets) {
        return with(Limit.SPOOL, octets);
    }

    /** See {@link Limit#IMAP_LINE}. */
    public int imapLine() {
        return number(Limit.IMAP_LINE);
    }

    /** See {@link Limit#POP3_LINE}. */
    public int pop3Line() {
        return number(Limit.POP3_LINE);
    }

    /** See {@link Limit#MESSAGE}. */
    public int message() {
        return number(Limit.MESSAGE);
    }

    /** See {@link Limit#CONNECTIONS}. */
    public int connections() {
        return number(Limit.CONNECTIONS);
    }

    /** See {@link Limit#IDLE_BEFORE_LOGIN}. */
    public Duration idleBeforeLogin() {
        return time(Limit.IDLE_BEFORE_LOGIN);
    }

    /** See {@link Limit#IDLE}. */
    public Duration idle() {
        return time(Limit.IDLE);
    }

    /** See {@link Limit#WRITE}. */
    public Duration write() {
        return time(Limit.WRITE);
    }

    /** See {@link Limit#MISTAKES}. */
    public int mistakes() {
        return number(Limit.MISTAKES);
    }

    /** See {@link Limit#RECIPIENTS}. */
    public int recipients() {
        return number(Limit.RECIPIENTS);
    }

    /** See {@link Limit#LOGIN_DELAY}. */
    public Duration loginDelay() {
        return time(Limit.LOGIN_DELAY);
    }

    /** See {@link Limit#EXPIRE}; empty for never. */
    public OptionalInt expire() {
        return values.get(Limit.EXPIRE) == UNSET ? OptionalInt.empty() : OptionalInt.of(number(Limit.EXPIRE));
    }

    /** See {@link Limit#NOTIFICATIONS}. */
    public int notifications() {
        return number(Limit.NOTIFICATIONS);
    }

    /** See {@link Limit#RESULTS}. */
    public int results() {
        return number(Limit.RESULTS);
    }

    /** See {@link Limit#ANNOTATIONS}. */
    public int annotations() {
        return number(Limit.ANNOTATIONS);
    }

    /** See {@link Limit#ANNOTATION}. */
    public int annotation() {
        return number(Limit.ANNOTATION);
    }

    /** See {@link Limit#FAILED_LOGIN}. */
    public Duration failedLogin() {
        return time(Limit.FAILED_LOGIN);
    }

    /** See {@link Limit#ARRIVALS}. */
    public int arrivals() {
        return number(Limit.ARRIVALS);
    }

    /** See {@link Limit#ACCOUNT_SESSIONS}. */
    public int accountSessions() {
        return number(Limit.ACCOUNT_SESSIONS);
    }

    /** See {@link Limit#SPOOL}. */
    public int spool() {
        return number(Limit.SPOOL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits limits && limits.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    private int number(Limit limit) {
        return Math.toIntExact(values.get(limit));
    }

    private Duration time(Limit limit) {
        return Duration.ofMillis(values.get(limit));
    }
}
