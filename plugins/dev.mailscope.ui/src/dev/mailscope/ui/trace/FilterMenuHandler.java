package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Opens the menu of recent and saved filters. */
public final class FilterMenuHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.showFilterMenu();
    }
}
