package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Shows only what changed, or all again. */
public final class OnlyChangesHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.toggleChanges();
    }
}
