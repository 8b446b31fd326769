package dev.mailscope.ui.export;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.ui.Mailscope;

/** Copies what is looked at in a format: the selected events, else the selected session, else all. */
public final class CopyAsHandler extends AbstractHandler {
    static final String COMMAND = "dev.mailscope.ui.copyAs";
    static final String FORMAT = "dev.mailscope.ui.copyAs.format";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var id = event.getParameter(FORMAT);
        var format = Format.of(id == null ? "" : id).filter(Format::isText)
                .orElseThrow(() -> new ExecutionException("there is no format " + id + " that can be copied"));
        var focus = Mailscope.get().focus();
        if (focus.recording() != null) {
            var all = Selection.all(focus.recording());
            var selected = ExportHandler.selected(event, all);
            new CopyJob(format, selected != null ? selected
                    : focus.session() != 0 ? all.ofSessions(focus.session()) : all).schedule();
        }
        return null;
    }
}
