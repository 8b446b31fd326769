package dev.mailscope.ui.recording;

import java.io.IOException;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Starts a second server from the moment that is shown, and opens its trace. */
public final class ForkHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        var focus = Mailscope.get().focus();
        var moment = focus.moment();
        var number = Long.toString(moment.number());
        var of = focus.source().name();
        var name = NLS.bind(Messages.fork_name, number);
        var origin = of.isEmpty() ? NLS.bind(Messages.fork_event, number) : NLS.bind(Messages.fork_eventOf, number, of);
        var known = Mailscope.get().server().accounts();
        var display = Display.getCurrent();
        var job = new Job(NLS.bind(Messages.fork_starting, origin)) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                try {
                    var fork = Fork.start(moment.server(), known, name, origin);
                    if (display.isDisposed()) {
                        fork.close();
                    } else {
                        display.asyncExec(() -> open(page, fork));
                    }
                    return Status.OK_STATUS;
                } catch (IOException e) {
                    return new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e);
                }
            }
        };
        job.setUser(true);
        job.schedule();
        return null;
    }

    private static void open(IWorkbenchPage page, Fork fork) {
        try {
            page.openEditor(new ForkInput(fork), RecordingEditor.ID);
        } catch (PartInitException e) {
            fork.close();
            Mailscope.log(e.getMessage(), e);
        }
    }
}
