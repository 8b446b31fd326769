package dev.mailscope.ui.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

/**
 * Works things out in the background, one Job after the other: each does what has been wanted meanwhile. Used on the UI
 * thread.
 *
 * @param <K> what names a thing
 * @param <W> what it is worked out from
 * @param <R> what comes of it
 */
final class Batches<K, W, R> {
    private final Map<K, W> wanted = new HashMap<>();
    private final Display display = Display.getCurrent();
    private final String name;
    private final Function<W, R> work;
    private final Consumer<Map<K, R>> arrived;
    private boolean working;

    /** Nothing yet; {@code name} is that of the Jobs, and {@code arrived} takes what each has done. */
    Batches(String name, Function<W, R> work, Consumer<Map<K, R>> arrived) {
        this.name = name;
        this.work = work;
        this.arrived = arrived;
    }

    /** Has that worked out, in place of what was wanted for the same and is not begun. */
    void want(K key, W from) {
        if (wanted.isEmpty() && !working) {
            display.asyncExec(this::begin);
        }
        wanted.put(key, from);
    }

    /** Nothing else than that is wanted any more. */
    void keep(Set<K> keys) {
        wanted.keySet().retainAll(keys);
    }

    private void begin() {
        if (working || wanted.isEmpty()) {
            return;
        }
        working = true;
        var batch = Map.copyOf(wanted);
        wanted.clear();
        Job.createSystem(name, (ICoreRunnable) monitor -> {
            var done = new HashMap<K, R>();
            try {
                batch.forEach((key, from) -> done.put(key, work.apply(from)));
            } finally {
                if (!display.isDisposed()) {
                    display.asyncExec(() -> take(done));
                }
            }
        }).schedule();
    }

    private void take(Map<K, R> done) {
        working = false;
        arrived.accept(done);
        begin();
    }
}
