package dev.mailscope.ui;

import org.eclipse.swt.widgets.Control;

/** Keeps the workbench's style sheets away from controls that they would spoil. */
public final class ViewColours {
    private static final String KEEP_COLOURS = "org.eclipse.e4.ui.css.disabled";

    private ViewColours() {
    }

    /**
     * Leaves the control the colours of the platform, or those it is given. In a view, a check box with the view's
     * background is drawn with its mark white on white.
     */
    public static void keep(Control control) {
        control.setData(KEEP_COLOURS, Boolean.TRUE);
    }
}
