package dev.mailscope.ui.server;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.ui.WorkbenchServer.State;

/** Lets the server listen. */
public final class StartHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        server().start();
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return state == State.NOT_YET || state == State.STOPPED || state == State.FAILED;
    }
}
