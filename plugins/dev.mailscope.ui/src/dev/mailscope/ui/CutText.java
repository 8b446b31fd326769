package dev.mailscope.ui;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Control;

/** The tooltip of a cell: its text when that is cut, so that it can be read whole under the mouse. */
public final class CutText {
    private static final int PADDING = 8;

    private CutText() {
    }

    /** The text if it is wider than the pixels it has in a table or tree; null if it is not, and needs no tooltip. */
    public static String of(Control table, boolean bold, int room, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var gc = new GC(table);
        try {
            gc.setFont(bold ? JFaceResources.getFontRegistry().getBold(ViewFont.TABLES) : table.getFont());
            return gc.textExtent(text).x + PADDING > room ? text : null;
        } finally {
            gc.dispose();
        }
    }
}
