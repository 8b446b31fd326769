package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.server.expression.Filter;

/** Shows all events again. */
public final class ClearFilterHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.filter(Filter.ALL);
    }
}
