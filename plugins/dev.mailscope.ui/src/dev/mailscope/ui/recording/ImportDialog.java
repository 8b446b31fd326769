package dev.mailscope.ui.recording;

import java.util.Arrays;
import java.util.stream.Stream;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.imports.FileKind;

/** The dialog that asks for a file to import. */
final class ImportDialog {
    private ImportDialog() {
    }

    /** One with that style: {@link SWT#OPEN}, and {@link SWT#MULTI} for several files. */
    static FileDialog create(Shell parent, int style) {
        var dialog = new FileDialog(parent, style);
        var endings = Stream.of(FileKind.values()).flatMap(kind -> Arrays.stream(kind.endings()))
                .map(ending -> "*" + ending).toList();
        dialog.setText(Messages.import_title);
        dialog.setFilterExtensions(new String[] {String.join(";", endings), "*"});
        dialog.setFilterNames(new String[] {NLS.bind(Messages.import_known,
                String.join(", ", endings)), Messages.import_all});
        return dialog;
    }
}
