package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Shows the certificate and asks how TLS is used. */
public final class TlsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new TlsDialog(HandlerUtil.getActiveShellChecked(event), Mailscope.get().server()).open();
        return null;
    }
}
