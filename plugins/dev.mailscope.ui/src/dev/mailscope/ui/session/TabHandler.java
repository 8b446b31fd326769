package dev.mailscope.ui.session;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.handlers.HandlerUtil;

/** Does something with the tab that the window's console shows; {@link TabTester} says when it can. */
public final class TabHandler extends AbstractHandler implements IExecutableExtension {
    private TabCommand command;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        command = TabCommand.valueOf((String) data); // class="...TabHandler:CUT"
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var console = TabTester.console(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        if (console != null) {
            command.run(console);
        }
        return null;
    }
}
