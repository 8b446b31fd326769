package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Keeps the newest event in sight, or no longer. */
public final class FollowHandler extends TraceHandler {
    @Override
    void execute(TracePane trace, ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.toggleCommandState(event.getCommand())) {
            trace.hold();
        } else {
            trace.follow();
        }
    }
}
