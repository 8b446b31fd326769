package dev.mailscope.ui.server;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.ui.WorkbenchServer.State;

/** Ends all sessions; the server listens no longer. */
public final class StopHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        server().stop();
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return state == State.RUNNING && server().guest().isEmpty();
    }
}
