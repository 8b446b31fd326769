package dev.mailscope.ui.history;

import java.util.function.Predicate;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;

import dev.mailscope.server.analysis.Walk;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Focus;

/** Looks for the event to step to, in the background, and selects it. Used on the UI thread. */
final class Steps {
    private final Focus focus;
    private final IWorkbenchPage page;

    Steps(Focus focus, IWorkbenchPage page) {
        this.focus = focus;
        this.page = page;
    }

    /** Selects the nearest wanted event that way; says so in the status line when there is none. */
    void go(Walk.Direction direction, Predicate<TraceEvent> wanted, String none) {
        var recording = focus.recording();
        if (recording == null) {
            return;
        }
        say("");
        var source = focus.source();
        var from = focus.event() == 0 ? recording.last() + 1 : focus.event();
        var display = Display.getCurrent();
        var job = new Job(Messages.step_job) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                var found = Walk.find(recording, from, direction, wanted, monitor::isCanceled);
                if (!display.isDisposed() && !monitor.isCanceled()) {
                    display.asyncExec(() -> {
                        if (focus.source() == source && found.isPresent()) {
                            focus.selectEvent(found.getAsLong());
                        } else if (found.isEmpty()) {
                            say(none);
                        }
                    });
                }
                return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
            }
        };
        job.schedule();
    }

    /** Says something in the status line of the active part; an empty text takes back what was said. */
    void say(String text) {
        var line = statusLine();
        if (line != null) {
            line.setMessage(text);
        }
    }

    private IStatusLineManager statusLine() {
        return switch (page == null ? null : page.getActivePart()) {
            case IViewPart view -> view.getViewSite().getActionBars().getStatusLineManager();
            case IEditorPart editor -> editor.getEditorSite().getActionBars().getStatusLineManager();
            case null, default -> null;
        };
    }
}
