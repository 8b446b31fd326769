package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Keeps the newest event in sight, or no longer. */
public final class FollowHandler extends TraceHandler {
    @Override
    void execute(TraceView view, ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.toggleCommandState(event.getCommand())) {
            view.hold();
        } else {
            view.follow();
        }
    }
}
