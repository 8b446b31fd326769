package dev.mailscope.ui.session;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Opens the Session Console with another session in it: of the named protocol, or with a server the user names. */
public final class OpenSessionHandler extends AbstractHandler implements IExecutableExtension {
    private Protocol protocol;
    private boolean tls;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        // class="...OpenSessionHandler:POP3" or ":POP3 TLS"; without a protocol, the user is asked for a server.
        var words = data instanceof String text ? text.split(" ") : new String[0];
        protocol = words.length > 0 ? Protocol.valueOf(words[0]) : null;
        tls = words.length > 1;
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        try {
            if (page.showView(Mailscope.SESSION_VIEW) instanceof ConsoleView view) {
                if (protocol == null) {
                    view.askForServer();
                } else {
                    view.open(protocol, tls);
                }
            }
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
        return null;
    }
}
