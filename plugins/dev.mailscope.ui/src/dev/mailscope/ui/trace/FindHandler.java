package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Opens the bar in which a text is looked for. */
public final class FindHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.finding().open();
    }
}
