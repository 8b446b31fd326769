package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Shows what opens each account, and changes it. */
public final class AccountsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new AccountsDialog(HandlerUtil.getActiveShellChecked(event), Mailscope.get().server()).open();
        return null;
    }
}
