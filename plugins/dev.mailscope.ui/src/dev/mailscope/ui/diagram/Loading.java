package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Makes what a drawing shows of a recording: reads all its events in the background, in order, and goes on with what
 * comes. Used on the UI thread.
 *
 * @param <R> a row of what is shown
 */
final class Loading<R> {
    /** Makes rows of events; used by one thread at a time. */
    interface Maker<R> {
        /** Takes the next event; gives the rows that are due with it. */
        List<R> take(TraceEvent event);
    }

    /** Hears, on the UI thread, of what was made. */
    interface Listener<R> {
        /** There are more rows, and these sessions by number and name; so many percent of the events are read. */
        void loaded(List<R> rows, Map<Long, String> sessions, int percent);
    }

    private static final int PAGE = 2_000;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Listener<R> listener;
    private final Display display = Display.getCurrent();
    // Where each session of the recording begins, as far as it was read: nothing before has to be read for it.
    private Map<Long, Long> begins = new ConcurrentHashMap<>();
    private Recording known;
    private Run current;

    Loading(Listener<R> listener) {
        this.listener = listener;
    }

    /** Begins anew, with that recording, and that session's first event; with the recording's own when it is 0. */
    void start(Recording recording, long session, Maker<R> maker) {
        close();
        if (recording != known) {
            begins = new ConcurrentHashMap<>();
            known = recording;
        }
        current = new Run(recording, maker, begins, session == 0 ? 0 : begins.getOrDefault(session, 0L));
    }

    /** There are events up to that number. */
    void extend(long last) {
        current.wanted = last;
        current.schedule();
    }

    /** Reads no further. */
    void close() {
        if (current != null) {
            current.closed = true;
            current.cancel();
            current = null;
        }
    }

    private void deliver(Run from, List<R> rows, Map<Long, String> sessions, int percent) {
        if (from == current) {
            listener.loaded(rows, sessions, percent);
        }
    }

    private final class Run extends Job {
        private final Recording recording;
        private final Maker<R> maker;
        private final Map<Long, Long> begins;
        private final Map<Long, String> accounts = new TreeMap<>();
        private long next;
        private volatile long wanted;
        private volatile boolean closed;

        Run(Recording recording, Maker<R> maker, Map<Long, Long> begins, long next) {
            super(Messages.job_load);
            this.begins = begins;
            this.next = next;
            this.recording = recording;
            this.maker = maker;
            setSystem(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            while (!closed && !monitor.isCanceled() && next <= wanted) {
                var rows = new ArrayList<R>();
                var sessions = new TreeMap<Long, String>();
                var end = System.nanoTime() + PAUSE_NANOS;
                // Drawn some times a second, not for each page.
                do {
                    var events = recording.events(Math.max(next, recording.first()), PAGE);
                    if (events.isEmpty()) {
                        return Status.OK_STATUS;
                    }
                    for (var event : events) {
                        rows.addAll(maker.take(event));
                        name(event, sessions);
                    }
                    next = events.getLast().number() + 1;
                } while (!closed && next <= wanted && System.nanoTime() < end);
                var percent = (int) Math.min(100, 100 * next / Math.max(1, wanted));
                if (!display.isDisposed()) {
                    display.asyncExec(() -> deliver(this, rows, sessions, percent));
                }
            }
            return Status.OK_STATUS;
        }

        private void name(TraceEvent event, Map<Long, String> sessions) {
            if (event.session() != 0 && !accounts.containsKey(event.session())) {
                accounts.put(event.session(), "");
                begins.putIfAbsent(event.session(), event.number());
                sessions.put(event.session(), name(event));
            }
            if (event.what() instanceof What.ViewOpened view && accounts.get(event.session()).isEmpty()) {
                accounts.put(event.session(), view.account());
                sessions.put(event.session(), NLS.bind(Messages.session_ofAccount, name(event), view.account()));
            }
        }

        private String name(TraceEvent event) {
            return event.protocol().toUpperCase(Locale.ROOT) + " " + event.session();
        }
    }
}
