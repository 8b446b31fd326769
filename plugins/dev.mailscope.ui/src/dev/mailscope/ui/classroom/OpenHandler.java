package dev.mailscope.ui.classroom;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Opens the server to the network for a class, after it was said what that means. */
public final class OpenHandler extends LessonHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        new OpenDialog(window.getShell(), Mailscope.get().lesson(), Mailscope.get().server(), () -> {
            try {
                window.getActivePage().showView(Mailscope.CLASSROOM_VIEW);
            } catch (PartInitException e) {
                Mailscope.log(e.getMessage(), e);
            }
        }).open();
        return null;
    }

    @Override
    boolean isUseful() {
        return Mailscope.get().server().guest().isEmpty();
    }
}
