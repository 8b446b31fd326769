package dev.mailscope.ui;

import java.util.function.Consumer;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Control;

/** The fonts the user has chosen for the views, kept up to date. */
public final class ViewFont {
    /** The font of tables and trees. */
    public static final String TABLES = "dev.mailscope.ui.font";
    /** The font of octets; of fixed width. */
    public static final String OCTETS = "dev.mailscope.ui.font.octets";

    private ViewFont() {
    }

    /** How much larger than usual that font is now: what widths in pixels are to be multiplied with; at least 1. */
    public static double scale(Control control, String name) {
        var gc = new GC(control);
        try {
            gc.setFont(JFaceResources.getFont(name));
            return Math.max(1.0, gc.getFontMetrics().getHeight() / 17.0);
        } finally {
            gc.dispose();
        }
    }

    /** Gives the control that font, now and whenever the user chooses another one. */
    public static void apply(Control control, String name) {
        apply(control, name, control::setFont);
    }

    /** Gives the control that font again: the platform takes it from a table that was hidden when it was chosen. */
    public static void renew(Control control, String name) {
        if (!JFaceResources.getFont(name).equals(control.getFont())) {
            control.setFont(JFaceResources.getFont(name));
        }
    }

    /** Hands the font over, now and whenever the user chooses another one, until the control is disposed. */
    public static void apply(Control control, String name, Consumer<Font> taker) {
        taker.accept(JFaceResources.getFont(name));
        IPropertyChangeListener listener = event -> {
            if (name.equals(event.getProperty()) && !control.isDisposed()) {
                taker.accept(JFaceResources.getFont(name));
                // Only once the platform has taken the font does the control know how large it is.
                control.getDisplay().asyncExec(() -> {
                    if (!control.isDisposed()) {
                        control.requestLayout();
                    }
                });
            }
        };
        JFaceResources.getFontRegistry().addListener(listener);
        control.addListener(SWT.Dispose, event -> JFaceResources.getFontRegistry().removeListener(listener));
    }
}
