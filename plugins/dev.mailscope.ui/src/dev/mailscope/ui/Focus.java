package dev.mailscope.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * What all views look at: a moment of the recording (the newest, while live), and the session and the event that are
 * selected. Used on the UI thread only; an older moment is worked out in the background.
 */
public final class Focus {
    /** Is told, on the UI thread, that the focus is another. */
    public interface Listener {
        /** The moment, the session or the event is another one. */
        void focusChanged();
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final WorkbenchServer server;
    private final TraceFeed feed;
    private Moment older;
    private TraceEvent selected;
    private volatile long event;
    private long session;

    Focus(WorkbenchServer server, TraceFeed feed) {
        this.server = server;
        this.feed = feed;
    }

    /** The recording that is shown; null before the server is made. */
    public Recording recording() {
        return server.recording();
    }

    /** True when the views show the newest moment and go on with it. */
    public boolean isLive() {
        return older == null;
    }

    /** What is shown: everything as it was after one event, or as it is. */
    public Moment moment() {
        if (older != null) {
            return older;
        }
        var latest = feed.latest();
        return latest == null ? Moment.START : latest.moment();
    }

    /** The number of the selected event, 0 for none. */
    public long event() {
        return event;
    }

    /** The selected event itself; null for none, and while it is fetched. */
    public TraceEvent selected() {
        return selected;
    }

    /** The number of the selected session, 0 for none. */
    public long session() {
        return session;
    }

    /** Selects an event: all views show everything as it was after it. A number of 0 or less returns to live. */
    public void selectEvent(long number) {
        var recording = recording();
        if (number <= 0 || recording == null) {
            goLive();
            return;
        }
        event = number;
        var display = Display.getCurrent();
        var job = Job.createSystem(Messages.focus_job, (ICoreRunnable) monitor -> {
            // Whoever walks through the trace with the arrow keys has gone on by now.
            var found = number == event ? recording.event(number) : null;
            // An event that the recording has dropped meanwhile leads nowhere: what is shown stays.
            if (found != null && !display.isDisposed()) {
                var moment = recording.at(number);
                display.asyncExec(() -> show(number, moment, found));
            }
        });
        job.schedule();
    }

    /** Selects a session; 0 for none. */
    public void selectSession(long number) {
        if (session != number) {
            session = number;
            changed();
        }
    }

    /** Shows the newest moment from now on; no event is selected. */
    public void goLive() {
        if (older != null || event != 0) {
            older = null;
            selected = null;
            event = 0;
            changed();
        }
    }

    /** Tells the listener of every change, on the UI thread. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Tells the listener no more. */
    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    private void show(long number, Moment moment, TraceEvent found) {
        // Another event may have been selected meanwhile.
        if (number == event) {
            older = moment;
            selected = found;
            if (found.session() != 0) {
                session = found.session();
            }
            changed();
        }
    }

    private void changed() {
        listeners.forEach(Listener::focusChanged);
    }
}
