package dev.mailscope.ui.diagram;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

/** Text that has to fit into so much room. */
final class Fitting {
    private static final String CUT = "\u2026";

    private Fitting() {
    }

    /** The text, or as much of its beginning as fits into that many pixels in the GC's font. */
    static String cut(GC gc, String text, int room) {
        if (gc.textExtent(text, SWT.DRAW_TRANSPARENT).x <= room) {
            return text;
        }
        var fits = 0;
        var tooLong = text.length();
        while (tooLong - fits > 1) {
            var middle = (fits + tooLong) >>> 1;
            if (gc.textExtent(text.substring(0, middle) + CUT, SWT.DRAW_TRANSPARENT).x <= room) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return fits == 0 ? "" : text.substring(0, fits) + CUT;
    }
}
