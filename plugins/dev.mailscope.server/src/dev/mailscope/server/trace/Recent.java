package dev.mailscope.server.trace;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** What was read last, by number, as long as there is memory for it. Any thread may use it. */
final class Recent<V> {
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Long, SoftReference<V>> values = new LinkedHashMap<>();
    private final int most;

    /** Keeps at most so many. */
    Recent(int most) {
        this.most = most;
    }

    void put(long number, V value) {
        lock.lock();
        try {
            values.put(number, new SoftReference<>(value));
            if (values.size() > most) {
                values.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that are still there. */
    List<V> all() {
        lock.lock();
        try {
            return values.values().stream().map(SoftReference::get).filter(Objects::nonNull).toList();
        } finally {
            lock.unlock();
        }
    }
}
