package dev.mailscope.ui.classroom;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Closes the server to the network, once it was asked whether the students' mail may go. */
public final class CloseHandler extends LessonHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        ask(HandlerUtil.getActiveShellChecked(event));
        return null;
    }

    @Override
    boolean isUseful() {
        return Mailscope.get().lesson().opened().isPresent();
    }

    /** Asks, and closes it when that is wanted. */
    static void ask(Shell parent) {
        var lesson = Mailscope.get().lesson();
        if (lesson.opened().isPresent()
                && MessageDialog.openConfirm(parent, Messages.close_title, Messages.close_question)) {
            lesson.end();
        }
    }
}
