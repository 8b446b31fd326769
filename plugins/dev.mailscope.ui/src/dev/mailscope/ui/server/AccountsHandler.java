package dev.mailscope.ui.server;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.WorkbenchServer.State;

/** Shows what opens each account, and changes it. */
public final class AccountsHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new AccountsDialog(HandlerUtil.getActiveShellChecked(event), server()).open();
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return server().guest().isEmpty();
    }
}
