package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Shows the colouring rules. */
public final class ManageColoursHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.actions().manageColours();
    }
}
