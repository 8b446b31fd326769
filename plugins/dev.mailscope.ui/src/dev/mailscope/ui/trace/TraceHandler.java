package dev.mailscope.ui.trace;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** A command of the trace in the active part; of the Trace view, which is opened, where the part has none. */
abstract class TraceHandler extends AbstractHandler {
    @Override
    public final Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        try {
            if (page != null) {
                var host = page.getActivePart() instanceof TraceHost active ? active
                        : (TraceHost) page.showView(Mailscope.TRACE_VIEW);
                if (host.trace() != null) {
                    execute(host.trace(), event);
                }
            }
            return null;
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
    }

    /** Does it. */
    abstract void execute(TracePane trace, ExecutionEvent event) throws ExecutionException;
}
