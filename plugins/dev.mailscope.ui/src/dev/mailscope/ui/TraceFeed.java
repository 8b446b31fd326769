package dev.mailscope.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * The road from the recording to the screen: looks at most ten times a second for new events, in the background, and
 * gives them to the views in one go. The next batch waits until the views are done with the one before.
 */
public final class TraceFeed implements AutoCloseable {
    /** The time between two looks at the recording, in milliseconds. */
    public static final int INTERVAL = 100;
    /** The most events a batch carries; of more only the newest are in it. */
    public static final int MOST = 2_000;

    /**
     * What has come since the last batch.
     *
     * @param recording where it was recorded
     * @param first     the number of the oldest event that is still kept
     * @param last      the number of the newest event
     * @param since     the number of the newest event of the batch before, 0 when this is the first
     * @param moment    everything as it is after the newest event or later
     * @param events    the new events, the newest {@value #MOST} if there are more
     */
    public record Batch(Recording recording, long first, long last, long since, Moment moment,
            List<TraceEvent> events) {
    }

    /** Takes batches, on the UI thread. */
    public interface Listener {
        /** New events are there. */
        void drained(Batch batch);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final Supplier<Recording> source;
    private final Job job = new Drain();
    private volatile Display display;
    private volatile boolean closed;
    private Recording recording;
    private long seen;
    private volatile Batch latest;

    /** A feed of the recording that the source gives; null as long as there is none. */
    public TraceFeed(Supplier<Recording> source) {
        this.source = source;
        job.setSystem(true);
    }

    /** Gives the listener every batch from now on. Called on the UI thread, as all listeners are. */
    public void addListener(Listener listener) {
        display = Display.getCurrent();
        listeners.add(listener);
        job.schedule();
    }

    /** Gives the listener no more batches. */
    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /** The last batch given, for a view that has just opened; null before the first. */
    public Batch latest() {
        return latest;
    }

    /** True when nothing more comes. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        job.cancel();
    }

    private void drain() {
        var now = source.get();
        if (now == null || delivering.get()) {
            return;
        }
        if (now != recording) {
            recording = now;
            seen = 0;
        }
        var last = now.last();
        if (last <= seen) {
            return;
        }
        var moment = now.live();
        var events = now.events(Math.max(seen + 1, last - MOST + 1), MOST);
        if (!events.isEmpty()) {
            last = Math.max(last, events.getLast().number());
        }
        deliver(new Batch(now, now.first(), last, seen, moment, events));
        seen = last;
    }

    private void deliver(Batch batch) {
        var target = display;
        if (target.isDisposed()) {
            return;
        }
        delivering.set(true);
        target.asyncExec(() -> {
            try {
                latest = batch;
                listeners.forEach(listener -> listener.drained(batch));
            } finally {
                delivering.set(false);
            }
        });
    }

    private final class Drain extends Job {
        Drain() {
            super(Messages.feed_job);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            drain();
            if (!closed && !listeners.isEmpty() && !display.isDisposed()) {
                schedule(INTERVAL);
            }
            return Status.OK_STATUS;
        }
    }
}
