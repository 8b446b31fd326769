package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Shows the saved filters. */
public final class ManageFiltersHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.actions().manage();
    }
}
