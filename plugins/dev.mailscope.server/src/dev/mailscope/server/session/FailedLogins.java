package dev.mailscope.server.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The failed logins of a server, counted by the client's address over all its connections and protocols: the more there
 * were within the last minute, the longer waits the answer to the next one. A login that succeeds never waits.
 */
public final class FailedLogins {
    /** After how many failed logins a connection is closed. */
    public static final int MOST_PER_SESSION = 20;

    private static final String FAILED = "a login has failed";
    private static final String OF = " for account ";
    private static final String WAITS = "; its answer waits ";
    // Everybody mistypes now and then.
    private static final int FREE = 3;
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_ADDRESSES = 10_000;

    private record Failures(int count, long last) {
    }

    private final Duration most;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    // The address that failed longest ago comes first, and is forgotten first.
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    /** None yet; an answer waits at most so long, and with zero never. */
    public FailedLogins(Duration most) {
        this(most, System::nanoTime);
    }

    FailedLogins(Duration most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** Counts one more from that address, and says how long its answer is to wait. */
    public Duration count(String address) {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            var before = byAddress.remove(address);
            var count = before == null || now - before.last() > REMEMBERED_NANOS ? 1 : before.count() + 1;
            byAddress.put(address, new Failures(count, now));
            if (byAddress.size() > MOST_ADDRESSES) {
                byAddress.remove(byAddress.keySet().iterator().next());
            }
            return delay(count);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the trace says of a failed login whose answer waits so long.
     *
     * @param account the account it would have opened, by its own name; empty when there is no such one
     */
    public static String words(Duration delay, String account) {
        return FAILED + (account.isEmpty() ? "" : OF + account) + (delay.isZero() ? "" : WAITS + delay.toMillis()
                + " ms, since others from this address have failed before");
    }

    /** The account of which those words say that a login has failed; empty when they say nothing of the kind. */
    public static Optional<String> account(String words) {
        var begin = FAILED + OF;
        if (!words.startsWith(begin)) {
            return Optional.empty();
        }
        var end = words.indexOf(WAITS, begin.length());
        return Optional.of(words.substring(begin.length(), end < 0 ? words.length() : end));
    }

    private Duration delay(int count) {
        if (count <= FREE) {
            return Duration.ZERO;
        }
        var doubled = FIRST.multipliedBy(1L << Math.min(20, count - FREE - 1));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
