package dev.mailscope.ui.recording;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.ui.handlers.HandlerUtil;

/** Asks for a recording, a capture or a transcript and opens it. */
public final class ImportHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        var file = ImportDialog.create(window.getShell(), SWT.OPEN).open();
        if (file != null) {
            RecordingEditor.open(window.getActivePage(), Path.of(file));
        }
        return null;
    }
}
