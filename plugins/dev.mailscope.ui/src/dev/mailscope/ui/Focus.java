package dev.mailscope.ui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * What all views look at: a source, a moment of its recording (the newest, while live), and the session and the event
 * that are selected. Each source keeps its own moment while another is looked at. Used on the UI thread only; an older
 * moment is worked out in the background.
 */
public final class Focus {
    /** Is told, on the UI thread, that the focus is another. */
    public interface Listener {
        /** The source, the moment, the session or the event is another one. */
        void focusChanged();
    }

    /** What is looked at in one source. */
    private static final class Looked {
        private volatile long event;
        private TraceEvent selected;
        private Moment older;
        private String problem = "";
        private long session;
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Source, Looked> places = new HashMap<>();
    private final Source server;
    private Source source;
    private Looked looked;

    Focus(Source server) {
        this.server = server;
        this.source = server;
        this.looked = at(server);
    }

    /** The source that is looked at. */
    public Source source() {
        return source;
    }

    /** The workbench's server, to which {@link #goLive} leads back. */
    public Source server() {
        return server;
    }

    /** The recording that is shown; null before the server is made. */
    public Recording recording() {
        return source.recording();
    }

    /** True when the views show the server's newest moment and go on with it. */
    public boolean isLive() {
        return source.isServer() && isNewest();
    }

    /** True when the newest moment of the source is shown. */
    public boolean isNewest() {
        return looked.older == null;
    }

    /** What is shown: everything as it was after one event, or as it is. */
    public Moment moment() {
        return looked.older != null ? looked.older : source.newest();
    }

    /** Why the moment after the selected event cannot be shown, in words; empty when it can. */
    public String problem() {
        return looked.problem;
    }

    /** The number of the selected event, 0 for none. */
    public long event() {
        return looked.event;
    }

    /** The selected event itself; null for none, and while it is fetched. */
    public TraceEvent selected() {
        return looked.selected;
    }

    /** The number of the selected session, 0 for none. */
    public long session() {
        return looked.session;
    }

    /**
     * The session of the event that was selected last, even while its moment is worked out and {@link #session} is the
     * one before: what the user does next is about this one. Where that has none, the selected session; 0 for none.
     */
    public long chosenSession() {
        var place = looked;
        if (place.event != 0 && (place.selected == null || place.selected.number() != place.event)) {
            var found = recording().event(place.event);
            if (found != null && found.session() != 0) {
                return found.session();
            }
        }
        return place.session;
    }

    /** Looks at that source, where it was looked at last. */
    public void look(Source other) {
        if (source != other) {
            source = other;
            looked = at(other);
            changed();
        }
    }

    /** That source has a newer moment, which is shown where no event is selected. */
    public void grown(Source grown) {
        if (source == grown && !grown.isServer() && looked.older == null) {
            changed();
        }
    }

    /** That source is gone; whoever looked at it looks at the server. */
    public void forget(Source gone) {
        places.remove(gone);
        if (source == gone) {
            look(server);
        }
    }

    /** Selects an event: all views show everything as it was after it. A number of 0 or less selects none. */
    public void selectEvent(long number) {
        var recording = recording();
        if (number <= 0 || recording == null) {
            unselect();
            return;
        }
        var place = looked;
        place.event = number;
        var display = Display.getCurrent();
        var job = Job.createSystem(Messages.focus_job, (ICoreRunnable) monitor -> {
            // Whoever walks through the trace with the arrow keys has gone on by now.
            var found = number == place.event ? recording.event(number) : null;
            // An event that the recording has dropped meanwhile leads nowhere: what is shown stays.
            if (found != null && !display.isDisposed()) {
                workOut(recording, place, found, display);
            }
        });
        job.schedule();
    }

    /** Selects a session of what is looked at; 0 for none. */
    public void selectSession(long number) {
        selectSession(source, number);
    }

    /** Selects a session of that source, to be seen when it is looked at; 0 for none. */
    public void selectSession(Source of, long number) {
        var place = at(of);
        if (place.session != number) {
            place.session = number;
            if (place == looked) {
                changed();
            }
        }
    }

    /** Selects no event: shows the newest moment of what is looked at. */
    public void unselect() {
        if (clear(looked)) {
            changed();
        }
    }

    /** The server's recording is another one: no event and no session of the one before can be looked at. */
    void restart() {
        clear(at(server));
        at(server).session = 0;
        if (source != server) {
            look(server);
        } else {
            changed();
        }
    }

    /** Shows the server's newest moment from now on; no event is selected. */
    public void goLive() {
        goLive(server);
    }

    /** Shows the newest moment of that source, which is not gone, from now on; no event is selected. */
    public void goLive(Source other) {
        var cleared = clear(at(other));
        if (source != other) {
            look(other);
        } else if (cleared) {
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

    private void workOut(Recording recording, Looked place, TraceEvent found, Display display) {
        Moment moment;
        String problem;
        try {
            moment = recording.at(found.number());
            problem = "";
        } catch (IllegalArgumentException e) {
            moment = null;
            problem = e.getMessage();
        }
        var shown = moment;
        var why = problem;
        display.asyncExec(() -> show(place, shown, why, found));
    }

    private void show(Looked place, Moment moment, String problem, TraceEvent found) {
        // Another event may have been selected meanwhile.
        if (found.number() == place.event) {
            // A moment that cannot be told leaves the one that was shown, and the problem says so.
            place.older = moment != null ? moment : place.older;
            place.problem = problem;
            place.selected = found;
            if (found.session() != 0) {
                place.session = found.session();
            }
            if (place == looked) {
                changed();
            }
        }
    }

    private static boolean clear(Looked place) {
        var was = place.older != null || place.event != 0;
        place.older = null;
        place.problem = "";
        place.selected = null;
        place.event = 0;
        return was;
    }

    private Looked at(Source place) {
        return places.computeIfAbsent(place, s -> new Looked());
    }

    private void changed() {
        listeners.forEach(Listener::focusChanged);
    }
}
