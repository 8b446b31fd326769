package dev.mailscope.server.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The new connections of each address over all ports of a server, and whether they come too fast: a minute's worth may
 * come at once, and those that are refused count for nothing.
 */
public final class Arrivals {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_ADDRESSES = 10_000;

    // What an address has left, in connections and parts of one, and when that was.
    private record Left(double connections, long at) {
    }

    private final int most;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    // The address that came longest ago is first, and is forgotten first.
    private final Map<String, Left> byAddress = new LinkedHashMap<>();

    /** So many of an address within a minute; 0 for any number. */
    public Arrivals(int most) {
        this(most, System::nanoTime);
    }

    Arrivals(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** One more has come from that address; false when that is one too many. */
    public boolean admit(String address) {
        if (most == 0) {
            return true;
        }
        lock.lock();
        try {
            var now = nanos.getAsLong();
            var before = byAddress.remove(address);
            var left = before == null ? most
                    : Math.min(most, before.connections() + (double) (now - before.at()) * most / MINUTE);
            var admitted = left >= 1;
            byAddress.put(address, new Left(admitted ? left - 1 : left, now));
            if (byAddress.size() > MOST_ADDRESSES) {
                byAddress.remove(byAddress.keySet().iterator().next());
            }
            return admitted;
        } finally {
            lock.unlock();
        }
    }
}
