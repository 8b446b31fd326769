package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Selects the event that caused the selected one. */
public final class CauseHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.goToCause();
    }
}
