package dev.mailscope.ui.diagram;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;

import dev.mailscope.server.file.PrivateFiles;

/** A drawing, as far as it is in sight, as a picture in a file. */
final class Picture {
    private static final String ENDING = ".png";

    private Picture() {
    }

    /** Asks for a file and writes what the view draws into it; says so when that fails. */
    static void save(DiagramView<?> view) {
        var dialog = new FileDialog(view.getSite().getShell(), SWT.SAVE);
        dialog.setText(Messages.picture_title);
        dialog.setFilterExtensions(new String[] { "*" + ENDING });
        dialog.setFileName(view.getTitle() + ENDING);
        dialog.setOverwrite(true);
        var file = dialog.open();
        if (file != null) {
            try {
                write(view.drawing(), file.endsWith(ENDING) ? file : file + ENDING);
            } catch (IOException | SWTException e) {
                MessageDialog.openError(view.getSite().getShell(), Messages.picture_title,
                        NLS.bind(Messages.picture_failed, file, e.getMessage()));
            }
        }
    }

    /** Writes it. IOException when the file cannot be written. */
    static void write(Control drawing, String file) throws IOException {
        var size = drawing.getSize();
        var image = new Image(drawing.getDisplay(), Math.max(1, size.x), Math.max(1, size.y));
        var gc = new GC(image);
        try {
            drawing.print(gc);
            var loader = new ImageLoader();
            loader.data = new ImageData[] { image.getImageData() };
            PrivateFiles.write(Path.of(file), out -> loader.save(out, SWT.IMAGE_PNG));
        } finally {
            gc.dispose();
            image.dispose();
        }
    }
}
