package dev.mailscope.ui.recording;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Saves the recording that is looked at, as it is now, as another file. */
public final class SaveAsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var focus = Mailscope.get().focus();
        var recording = focus.recording();
        if (recording != null) {
            var file = SaveAsJob.ask(HandlerUtil.getActiveShellChecked(event),
                    focus.source().isServer() ? Messages.saveAs_live : focus.source().name());
            if (file != null) {
                new SaveAsJob(() -> recording, () -> { }, file).schedule();
            }
        }
        return null;
    }
}
