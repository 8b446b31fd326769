package dev.mailscope.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

/** How many connections an address may open, how many sessions an account may have, and whose logins fail. */
class ArrivalsTest {
    private final AtomicLong now = new AtomicLong(5);

    @Test
    void aMinutesWorthComesAtOnceAndThenSlowly() {
        var arrivals = new Arrivals(6, now::get);
        for (var i = 0; i < 6; i++) {
            assertTrue(arrivals.admit("192.0.2.1"), "number " + i);
        }
        assertFalse(arrivals.admit("192.0.2.1"));
        assertTrue(arrivals.admit("192.0.2.2"), "another address");
        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertFalse(arrivals.admit("192.0.2.1"));
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertTrue(arrivals.admit("192.0.2.1"), "what was refused counts for nothing");
        assertFalse(arrivals.admit("192.0.2.1"));
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (var i = 0; i < 6; i++) {
            assertTrue(arrivals.admit("192.0.2.1"), "number " + i + " after an hour");
        }
        assertFalse(arrivals.admit("192.0.2.1"));
    }

    @Test
    void anAccountHasSoManySessions() {
        var sessions = new AccountSessions(2);
        assertTrue(sessions.enter("anna"));
        assertTrue(sessions.enter("anna"));
        assertFalse(sessions.enter("anna"));
        assertTrue(sessions.enter("ben"));
        sessions.leave("anna");
        assertTrue(sessions.enter("anna"));
        assertFalse(sessions.enter("anna"));
    }

    @Test
    void theWordsOfAFailedLoginTellTheAccount() {
        for (var delay : new Duration[] {Duration.ZERO, Duration.ofSeconds(2)}) {
            assertEquals(Optional.of("anna.b"), FailedLogins.account(FailedLogins.words(delay, "anna.b")));
            assertEquals(Optional.empty(), FailedLogins.account(FailedLogins.words(delay, "")));
        }
        assertEquals(Optional.empty(), FailedLogins.account("the certificate's SHA-256 fingerprint is 00"));
    }
}
