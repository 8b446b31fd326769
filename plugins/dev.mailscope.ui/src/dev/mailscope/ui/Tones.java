package dev.mailscope.ui;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

/**
 * The colours of the views, made of the theme's own: readable on a light background and on a dark one. A colour never
 * says anything that words do not say too.
 */
public final class Tones {
    private static final RGB BLACK = new RGB(0, 0, 0);
    private static final RGB WHITE = new RGB(255, 255, 255);

    private static final double TINT = 0.16;

    private final Control control;

    /** The colours for a control, asked anew each time it is drawn, since the theme may change. */
    public Tones(Control control) {
        this.control = control;
    }

    /** True when light text stands on a dark background. */
    public boolean isDark() {
        var c = background().getRGB();
        return 0.299 * c.red + 0.587 * c.green + 0.114 * c.blue < 128;
    }

    /** What a list is drawn on. */
    public Color background() {
        return control.getDisplay().getSystemColor(SWT.COLOR_LIST_BACKGROUND);
    }

    /** A list's text. */
    public Color foreground() {
        return control.getDisplay().getSystemColor(SWT.COLOR_LIST_FOREGROUND);
    }

    /** Behind what is selected. */
    public Color selection() {
        return control.getDisplay().getSystemColor(SWT.COLOR_LIST_SELECTION);
    }

    /** The text of what is selected. */
    public Color selectionText() {
        return control.getDisplay().getSystemColor(SWT.COLOR_LIST_SELECTION_TEXT);
    }

    /** Every other row. */
    public Color stripe() {
        return mix(0.035);
    }

    /** Behind column headings. */
    public Color header() {
        return mix(0.08);
    }

    /** Between columns. */
    public Color line() {
        return mix(0.16);
    }

    /** Text that may be overlooked, and is still readable. */
    public Color faint() {
        return mix(0.66);
    }

    /** What has not happened yet at the moment that is shown: still readable from near by. */
    public Color pale() {
        return mix(0.5);
    }

    /** Behind something of that kind: its colour, thinned. */
    public Color tint(Tone tone) {
        var below = background().getRGB();
        var above = of(tone).getRGB();
        return new Color(part(below.red, above.red, TINT), part(below.green, above.green, TINT),
                part(below.blue, above.blue, TINT));
    }

    /** Behind a banner that must not be overlooked. */
    public Color banner() {
        return isDark() ? new Color(92, 70, 16) : new Color(255, 240, 190);
    }

    /** The text of a banner. */
    public Color bannerText() {
        return new Color(isDark() ? WHITE : BLACK);
    }

    /** Text or a mark of that kind. */
    public Color of(Tone tone) {
        var dark = isDark();
        return switch (tone) {
            case PLAIN -> foreground();
            case CLIENT -> dark ? new Color(110, 180, 255) : new Color(0, 84, 166);
            case SERVER -> dark ? new Color(130, 210, 130) : new Color(20, 110, 40);
            case CHANGE -> dark ? new Color(255, 190, 90) : new Color(166, 84, 0);
            case PHASE -> dark ? new Color(214, 160, 255) : new Color(122, 40, 150);
            case PROBLEM -> dark ? new Color(255, 130, 120) : new Color(184, 20, 20);
        };
    }

    private Color mix(double share) {
        var below = background().getRGB();
        var above = foreground().getRGB();
        return new Color(part(below.red, above.red, share), part(below.green, above.green, share),
                part(below.blue, above.blue, share));
    }

    private static int part(int below, int above, double share) {
        return (int) Math.round(below + (above - below) * share);
    }
}
