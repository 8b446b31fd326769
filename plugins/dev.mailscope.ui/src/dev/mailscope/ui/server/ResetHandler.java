package dev.mailscope.ui.server;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.WorkbenchServer.State;

/** Restores the sample mail; asks first when somebody is connected. */
public final class ResetHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var recording = server().recording();
        var open = recording == null ? 0 : recording.live().sessions().size();
        if (open == 0 || MessageDialog.openQuestion(HandlerUtil.getActiveShellChecked(event), Messages.reset_title,
                Counted.text(Messages.reset_question, open))) {
            Mailscope.get().focus().goLive();
            server().reset();
        }
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return (state == State.RUNNING || state == State.STOPPED) && server().guest().isEmpty();
    }
}
