package dev.mailscope.ui.debug;

import java.util.Map;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.menus.UIElement;

import dev.mailscope.ui.Enablement;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;

/** Does a {@link DebugCommand}; what it switches is shown as on or off. */
public final class DebugHandler extends AbstractHandler implements IExecutableExtension, IElementUpdater {
    private final Runnable listener = this::changed;
    private final Focus.Listener focusListener = this::changed;
    private DebugCommand command;
    private String id = "";
    private boolean on;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        command = DebugCommand.valueOf((String) data); // class="...DebugHandler:GO_ON"
        id = config.getAttribute("commandId");
        setBaseEnabled(command.isPossible());
        Mailscope.get().debugger().addListener(listener);
        Mailscope.get().focus().addListener(focusListener);
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        command.run(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void updateElement(UIElement element, Map parameters) {
        element.setChecked(command.isOn());
    }

    @Override
    public void dispose() {
        var mailscope = Mailscope.get();
        if (mailscope != null) {
            mailscope.debugger().removeListener(listener);
            mailscope.focus().removeListener(focusListener);
        }
        super.dispose();
    }

    private void changed() {
        var possible = command.isPossible();
        var enabled = isEnabled();
        setBaseEnabled(possible);
        if (possible != enabled) {
            Enablement.changed();
        }
        if (on != command.isOn()) {
            on = !on;
            var commands = PlatformUI.getWorkbench().getService(ICommandService.class);
            // It is gone while the workbench closes.
            if (commands != null) {
                commands.refreshElements(id, null);
            }
        }
    }
}
