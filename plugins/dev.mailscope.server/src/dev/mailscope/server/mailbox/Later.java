package dev.mailscope.server.mailbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A value that is worked out once, on a thread of its own, when it is first asked for or before. */
final class Later<T> {
    private final CompletableFuture<T> result;
    // Forgotten, with the secrets it holds, as soon as it is begun.
    private final AtomicReference<Supplier<T>> work;

    /** A value that is to be worked out so. */
    Later(Supplier<T> work) {
        this.result = new CompletableFuture<>();
        this.work = new AtomicReference<>(work);
    }

    /** A value that is known. */
    Later(T value) {
        this.result = CompletableFuture.completedFuture(value);
        this.work = new AtomicReference<>();
    }

    /** Has it worked out. Does not wait. */
    void begin() {
        var todo = work.getAndSet(null);
        if (todo != null) {
            Thread.ofVirtual().name("mailscope-secret").start(() -> run(todo));
        }
    }

    /** The value; waits for it. */
    T get() {
        begin();
        return result.join();
    }

    private void run(Supplier<T> todo) {
        try {
            result.complete(todo.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
