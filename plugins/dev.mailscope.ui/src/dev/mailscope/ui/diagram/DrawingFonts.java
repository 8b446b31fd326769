package dev.mailscope.ui.diagram;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.widgets.Control;

/** One of the views' fonts in other sizes, plain and bold, until the control is disposed. */
final class DrawingFonts {
    private final Map<Integer, Font> fonts = new HashMap<>();
    private final Control control;
    private final String name;

    DrawingFonts(Control control, String name) {
        this.control = control;
        this.name = name;
        control.addListener(SWT.Dispose, event -> forget());
    }

    /** The font so many times as large as the user has chosen it; never dispose it. */
    Font font(double times, boolean bold) {
        var base = JFaceResources.getFont(name);
        var points = Math.max(5, (int) Math.round(base.getFontData()[0].getHeight() * times));
        return fonts.computeIfAbsent(bold ? -points : points, key -> FontDescriptor.createFrom(base).setHeight(points)
                .setStyle(bold ? SWT.BOLD : SWT.NORMAL).createFont(control.getDisplay()));
    }

    /** The user has chosen another font. */
    void forget() {
        fonts.values().forEach(Font::dispose);
        fonts.clear();
    }
}
