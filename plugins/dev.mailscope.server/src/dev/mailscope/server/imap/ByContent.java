package dev.mailscope.server.imap;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.mailscope.server.message.Content;

/**
 * What was derived from the contents looked at last. Given up when memory is short.
 *
 * @param <T> what is derived; immutable
 */
final class ByContent<T> {
    private final Function<byte[], T> derivation;
    private final Predicate<T> kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SoftReference<T>> known;

    /** Remembers that many. */
    ByContent(int most, Function<byte[], T> derivation) {
        this(most, derivation, any -> true);
    }

    /** Remembers that many, and only such ones. */
    ByContent(int most, Function<byte[], T> derivation, Predicate<T> kept) {
        this.derivation = derivation;
        this.kept = kept;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, SoftReference<T>> eldest) {
                return size() > most;
            }
        };
    }

    /** What is derived from the content; its octets are asked for only when it is not known. */
    T of(Content content, Supplier<byte[]> octets) {
        var before = known(content.id());
        if (before != null) {
            return before;
        }
        // Not under the lock: a large message takes its time.
        var derived = derivation.apply(octets.get());
        if (!kept.test(derived)) {
            return derived;
        }
        lock.lock();
        try {
            known.put(content.id(), new SoftReference<>(derived));
        } finally {
            lock.unlock();
        }
        return derived;
    }

    private T known(String id) {
        lock.lock();
        try {
            var reference = known.get(id);
            return reference == null ? null : reference.get();
        } finally {
            lock.unlock();
        }
    }
}
