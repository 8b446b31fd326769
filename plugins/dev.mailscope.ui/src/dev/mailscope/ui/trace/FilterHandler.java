package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Puts the cursor into the filter. */
public final class FilterHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.editFilter();
    }
}
