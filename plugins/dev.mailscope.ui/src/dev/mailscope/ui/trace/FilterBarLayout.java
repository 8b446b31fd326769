package dev.mailscope.ui.trace;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Layout;

/**
 * Lays out the filter above the trace: the field and what belongs to it; the choices beside it where there is room,
 * else below it in as many lines as they need; and at the bottom what is wrong, where something is.
 */
final class FilterBarLayout extends Layout {
    private static final int MARGIN = 4;
    private static final int GAP = 4;
    private static final int LEAST_FIELD = 320;

    private final Control field;
    private final Control beside;
    private final Control choices;
    private final Control message;

    FilterBarLayout(Control field, Control beside, Control choices, Control message) {
        this.field = field;
        this.beside = beside;
        this.choices = choices;
        this.message = message;
    }

    @Override
    protected Point computeSize(Composite bar, int widthHint, int heightHint, boolean flush) {
        var width = widthHint == SWT.DEFAULT ? size(choices, SWT.DEFAULT).x + LEAST_FIELD : widthHint;
        return new Point(width, arrange(width, false));
    }

    @Override
    protected void layout(Composite bar, boolean flush) {
        arrange(bar.getClientArea().width, true);
    }

    /** The height that is needed at that width; sets the bounds of all controls if that is wanted. */
    private int arrange(int width, boolean set) {
        var inner = Math.max(0, width - 2 * MARGIN);
        var besideSize = size(beside, SWT.DEFAULT);
        var all = size(choices, SWT.DEFAULT);
        var wide = inner - all.x - besideSize.x - 2 * GAP >= LEAST_FIELD;
        var fieldWidth = Math.max(40, inner - besideSize.x - GAP - (wide ? all.x + GAP : 0));
        var rowHeight = Math.max(size(field, fieldWidth).y, Math.max(besideSize.y, wide ? all.y : 0));
        if (set) {
            put(field, MARGIN, MARGIN, fieldWidth, rowHeight);
            put(beside, MARGIN + fieldWidth + GAP, MARGIN, besideSize.x, rowHeight);
        }
        var y = MARGIN + rowHeight;
        if (wide) {
            if (set) {
                put(choices, MARGIN + inner - all.x, MARGIN, all.x, rowHeight);
            }
        } else {
            var height = size(choices, inner).y;
            if (set) {
                choices.setBounds(MARGIN, y + GAP, inner, height);
            }
            y += GAP + height;
        }
        if (message.getVisible()) {
            var height = size(message, inner).y;
            if (set) {
                message.setBounds(MARGIN, y + GAP / 2, inner, height);
            }
            y += GAP / 2 + height;
        }
        return y + GAP / 2;
    }

    private static Point size(Control control, int width) {
        return control.computeSize(width, SWT.DEFAULT, true);
    }

    // In the middle of the row.
    private static void put(Control control, int x, int y, int width, int rowHeight) {
        var height = Math.min(rowHeight, size(control, width).y);
        control.setBounds(x, y + (rowHeight - height) / 2, width, height);
    }
}
