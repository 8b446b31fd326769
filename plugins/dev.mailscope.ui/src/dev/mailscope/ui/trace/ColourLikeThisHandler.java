package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

/** Asks for a colour of the rows that are like the selected one. */
public final class ColourLikeThisHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        var selected = trace.selectedEvent();
        if (selected != null) {
            trace.actions().colourLike(selected);
        }
    }
}
