package dev.mailscope.ui.recording;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.runtime.Path;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.ide.FileStoreEditorInput;

/** Asks for a recording or a capture and opens it. */
public final class ImportHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        var dialog = new FileDialog(window.getShell(), SWT.OPEN);
        dialog.setText(Messages.import_title);
        dialog.setFilterExtensions(new String[] {"*.pcapng;*.pcap;*.cap;*.mailtrace", "*"});
        dialog.setFilterNames(new String[] {Messages.import_captures, Messages.import_all});
        var file = dialog.open();
        if (file != null) {
            try {
                window.getActivePage().openEditor(new FileStoreEditorInput(
                        EFS.getLocalFileSystem().getStore(Path.fromOSString(file))), RecordingEditor.ID);
            } catch (PartInitException e) {
                throw new ExecutionException(e.getMessage(), e);
            }
        }
        return null;
    }
}
