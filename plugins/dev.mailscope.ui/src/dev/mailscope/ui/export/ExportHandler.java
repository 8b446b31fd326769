package dev.mailscope.ui.export;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.trace.TraceHost;

/** Exports what is looked at: the selected events, the selected session, or all. */
public final class ExportHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        var focus = Mailscope.get().focus();
        if (focus.recording() == null) {
            return null;
        }
        var all = Selection.all(focus.recording());
        var dialog = new ExportDialog(window.getShell(), all, selected(event, all), focus.session());
        if (dialog.open() == Window.OK) {
            var file = ask(window.getShell(), dialog.format());
            if (file != null) {
                new ExportJob(dialog.format(), dialog.selection(), Path.of(file)).schedule();
            }
        }
        return null;
    }

    /** The events that are selected in the active trace; null when they are not more than one. */
    static Selection selected(ExecutionEvent event, Selection all) {
        return HandlerUtil.getActivePart(event) instanceof TraceHost host && host.trace() != null
                && host.trace().selectionStart() < host.trace().selectionEnd()
                        ? all.range(host.trace().selectionStart(), host.trace().selectionEnd()) : null;
    }

    private static String ask(Shell parent, Format format) {
        var dialog = new FileDialog(parent, SWT.SAVE);
        dialog.setText(Messages.dialog_title);
        dialog.setFilterExtensions(new String[] {"*." + format.extension(), "*"});
        dialog.setFileName(format.fileName());
        dialog.setOverwrite(true);
        return dialog.open();
    }
}
