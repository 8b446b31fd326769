package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Saves what the trace is filtered by. */
public final class SaveFilterHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.actions().save();
    }
}
