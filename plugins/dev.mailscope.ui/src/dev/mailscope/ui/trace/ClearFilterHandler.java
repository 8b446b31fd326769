package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.server.expression.Filter;

/** Shows all events again. */
public final class ClearFilterHandler extends TraceHandler {
    @Override
    void execute(TraceView view, ExecutionEvent event) {
        view.filter(Filter.ALL);
    }
}
