package dev.mailscope.ui.trace;

import java.util.Locale;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.handlers.RadioState;

/** Groups the trace, or no longer. */
public final class GroupHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) throws ExecutionException {
        var wanted = event.getParameter(RadioState.PARAMETER_ID);
        HandlerUtil.updateRadioState(event.getCommand(), wanted);
        trace.group(TracePane.Grouped.valueOf(wanted.toUpperCase(Locale.ROOT)));
    }
}
