package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Preferences;

/** Asks for the ports and starts the server again on them. */
public final class PortsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var dialog = new PortsDialog(HandlerUtil.getActiveShellChecked(event), Preferences.imapPort(),
                Preferences.pop3Port());
        if (dialog.open() == Window.OK) {
            Preferences.setPorts(dialog.imap(), dialog.pop3());
            Mailscope.get().server().restart();
        }
        return null;
    }
}
