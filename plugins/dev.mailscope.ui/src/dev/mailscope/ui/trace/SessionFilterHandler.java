package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Shows the events of the selected session only. */
public final class SessionFilterHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.filterBySelectedSession();
    }
}
