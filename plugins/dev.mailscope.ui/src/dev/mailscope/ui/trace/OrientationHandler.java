package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Puts the details beside the table, or below it. */
public final class OrientationHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.turn();
    }
}
