package dev.mailscope.ui.diagram;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/**
 * Opens a drawing, by the view's id with which its class is declared, and lets it follow the selected session; the
 * sequence chart shows all of them.
 */
public final class FollowHandler extends AbstractHandler implements IExecutableExtension {
    private String view;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        view = data.toString();
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        if (page == null) {
            return null;
        }
        var focus = Mailscope.get().focus();
        var session = focus.chosenSession();
        if (session != 0 && !view.equals(SequenceView.ID)) {
            Followed.get().follow(focus.source(), session);
        }
        try {
            page.showView(view);
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
        return null;
    }
}
