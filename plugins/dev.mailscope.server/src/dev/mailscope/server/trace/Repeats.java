package dev.mailscope.server.trace;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows the responses made lately: a client that asks the same of the same folder is told the same, which a recording
 * then holds once. Any thread may use it.
 */
final class Repeats {
    // What is shorter is not worth it, and what is longer would fill the memory with little.
    private static final int LEAST = 1 << 10;
    private static final int MOST = 64 << 10;

    private final long mostKept;
    private final AtomicLong kept = new AtomicLong();
    // By length and checksum: those made last, and those before them.
    private volatile Map<Long, Responses> last = new ConcurrentHashMap<>();
    private volatile Map<Long, Responses> before = Map.of();

    /** None made yet; twice as many octets as these are kept at most. */
    Repeats(long mostKept) {
        this.mostKept = mostKept;
    }

    /** What has been made: the very responses of an earlier time, where they are the same. */
    Responses of(Responses.Builder made) {
        if (made.length() < LEAST || made.length() > MOST) {
            return made.toResponses();
        }
        var key = made.checksum();
        var known = last.get(key);
        if (known != null && made.isLike(known)) {
            known.repeat();
            return known;
        }
        known = before.get(key);
        var same = known != null && made.isLike(known);
        var responses = same ? known : made.toResponses();
        if (same) {
            responses.repeat();
        }
        keep(key, responses, made.length());
        return responses;
    }

    private void keep(long key, Responses responses, int octets) {
        last.put(key, responses);
        var now = kept.addAndGet(octets);
        // Of several that come to that at once, one.
        if (now > mostKept && kept.compareAndSet(now, 0)) {
            before = last;
            last = new ConcurrentHashMap<>();
        }
    }
}
