package dev.mailscope.ui.server;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.WorkbenchServer.State;

/** Asks for the ports and lets the server listen on them. */
public final class PortsHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new PortsDialog(HandlerUtil.getActiveShellChecked(event), server()).open();
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return server().guest().isEmpty();
    }
}
