package dev.mailscope.server.imap;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MessageOctets;

/**
 * What was derived from the contents looked at last. Given up when memory is short.
 *
 * @param <T> what is derived; immutable
 */
final class ByContent<T> {
    private final Function<MessageOctets, T> derivation;
    private final Predicate<T> kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SoftReference<T>> known;

    /** Remembers that many, each of a key of its own. */
    ByContent(int most) {
        this(most, octets -> {
            throw new IllegalStateException("the key says what is derived");
        });
    }

    /** Remembers that many. */
    ByContent(int most, Function<MessageOctets, T> derivation) {
        this(most, derivation, any -> true);
    }

    /** Remembers that many, and only such ones. */
    ByContent(int most, Function<MessageOctets, T> derivation, Predicate<T> kept) {
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

    /** What is derived from the content, which is read only when that is not known. */
    T of(Content content) {
        return of(content, content::open);
    }

    /** The same; the octets are the content's, and asked for only when they are needed. */
    T of(Content content, Supplier<MessageOctets> octets) {
        return of(content.id(), () -> derivation.apply(octets.get()));
    }

    /** What is known under that key, which says of what content it is derived, and how; else what is derived now. */
    T of(String key, Supplier<T> how) {
        var before = known(key);
        if (before != null) {
            return before;
        }
        // Not under the lock: a large message takes its time.
        var derived = how.get();
        if (!kept.test(derived)) {
            return derived;
        }
        lock.lock();
        try {
            known.put(key, new SoftReference<>(derived));
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
