package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Asks for the ports and lets the server listen on them. */
public final class PortsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new PortsDialog(HandlerUtil.getActiveShellChecked(event), Mailscope.get().server()).open();
        return null;
    }
}
