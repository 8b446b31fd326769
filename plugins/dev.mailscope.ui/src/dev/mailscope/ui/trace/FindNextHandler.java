package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.server.analysis.Walk;

/** Goes to the next event in which the text that was looked for occurs. */
public final class FindNextHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.finding().again(Walk.Direction.FORWARDS);
    }
}
