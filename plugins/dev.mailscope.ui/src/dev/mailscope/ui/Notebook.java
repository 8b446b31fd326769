package dev.mailscope.ui;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.trace.Recording;

/**
 * Changes what is noted on the events of recordings, in the background and one change after the other, and tells the
 * views. What cannot be kept is told the user, and has not happened. Used on the UI thread.
 */
public final class Notebook {
    /** A change that may fail. */
    private interface Change {
        void run() throws IOException;
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Turns oneAfterTheOther = new Turns();

    /** Notes something on an event, in place of what was noted there; an empty text is a bookmark. */
    public void write(Recording recording, long event, String text) {
        schedule(event, () -> recording.note(event, text));
    }

    /** Takes away what is noted on an event. */
    public void remove(Recording recording, long event) {
        schedule(event, () -> recording.removeNote(event));
    }

    /** Calls the listener, on the UI thread, whenever a recording has other notes. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void schedule(long event, Change change) {
        var display = Display.getCurrent();
        var job = new Job(NLS.bind(Messages.notebook_job, Long.toString(event))) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                try {
                    change.run();
                    if (!display.isDisposed()) {
                        display.asyncExec(() -> listeners.forEach(Runnable::run));
                    }
                    return Status.OK_STATUS;
                } catch (IOException | IllegalArgumentException e) {
                    return new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e);
                }
            }
        };
        job.setRule(oneAfterTheOther);
        job.schedule();
    }
}
