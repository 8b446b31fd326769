package dev.mailscope.ui.trace;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** A command of the Trace view; opens the view when it is not open. */
abstract class TraceHandler extends AbstractHandler {
    @Override
    public final Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        try {
            if (page != null) {
                execute((TraceView) page.showView(Mailscope.TRACE_VIEW), event);
            }
            return null;
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
    }

    /** Does it. */
    abstract void execute(TraceView view, ExecutionEvent event) throws ExecutionException;
}
