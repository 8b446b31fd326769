package dev.mailscope.ui.session;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.ui.Named;

/**
 * The phases of a protocol as a chain of arrows, the current one lit: inverted, bold and marked, so that it is told
 * apart without colours. A chain that is too wide goes on in the next row. Draws in its own foreground and background.
 */
final class PhaseStrip extends Canvas {
    private static final String MARKER = "\u25B6 ";
    private static final int MARGIN = 4;
    private static final int GAP = 3;

    private final List<String> phases;
    private String current = "";
    private String remark = "";
    private Font bold;
    private Font italic;

    PhaseStrip(Composite parent, List<String> phases) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.phases = phases;
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.Resize, event -> redraw());
        addDisposeListener(event -> disposeFonts());
        Named.name(this, this::description);
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_LABEL;
            }
        });
    }

    /** Lights a phase; the remark stands behind the chain and may be empty. */
    void show(String phase, String note) {
        if (!phase.equals(current) || !note.equals(remark)) {
            current = phase;
            remark = note;
            setToolTipText(description());
            getAccessible().sendEvent(ACC.EVENT_NAME_CHANGED, null);
            getParent().layout(true, true);
            redraw();
        }
    }

    /** The lit phase by its name. */
    String current() {
        return current;
    }

    /** What the strip says, for those who do not see it. */
    String description() {
        var text = NLS.bind(Messages.PhaseStrip_description,
                new Object[] { current, phases.indexOf(current) + 1, phases.size() });
        return remark.isEmpty() ? text : text + ", " + remark;
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        disposeFonts();
        redraw();
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        var gc = new GC(this);
        try {
            var boxes = boxes(gc, widthHint == SWT.DEFAULT ? Integer.MAX_VALUE : widthHint);
            var right = 0;
            var bottom = 0;
            for (var box : boxes) {
                right = Math.max(right, box.x + box.width);
                bottom = Math.max(bottom, box.y + box.height);
            }
            return new Point(widthHint == SWT.DEFAULT ? right + MARGIN : widthHint,
                    heightHint == SWT.DEFAULT ? bottom + MARGIN : heightHint);
        } finally {
            gc.dispose();
        }
    }

    /** One rectangle for each phase, and a last one for the remark if there is one. */
    private List<Rectangle> boxes(GC gc, int width) {
        makeFonts();
        // All as wide as when they are lit, so that nothing moves when the phase changes.
        gc.setFont(bold);
        var height = gc.textExtent(MARKER).y + 2 * MARGIN;
        var point = height / 3;
        var boxes = new ArrayList<Rectangle>();
        var x = MARGIN;
        var y = MARGIN;
        for (var phase : phases) {
            var wide = gc.textExtent(MARKER + phase).x + 2 * point + 2 * MARGIN;
            if (x > MARGIN && x + wide > width - MARGIN) {
                x = MARGIN;
                y += height + GAP;
            }
            boxes.add(new Rectangle(x, y, wide, height));
            x += wide - point + GAP;
        }
        if (!remark.isEmpty()) {
            gc.setFont(italic);
            var wide = gc.textExtent(remark).x;
            x += point + MARGIN;
            if (x + wide > width - MARGIN) {
                x = MARGIN;
                y += height + GAP;
            }
            boxes.add(new Rectangle(x, y, wide, height));
        }
        return boxes;
    }

    private void paint(GC gc) {
        var foreground = getForeground();
        var background = getBackground();
        gc.setAntialias(SWT.ON);
        gc.setLineWidth(1);
        var boxes = boxes(gc, getClientArea().width);
        for (var i = 0; i < phases.size(); i++) {
            var box = boxes.get(i);
            var lit = phases.get(i).equals(current);
            var shape = arrow(box, i == 0 || boxes.get(i - 1).y != box.y);
            gc.setFont(lit ? bold : getFont());
            gc.setForeground(foreground);
            if (lit) {
                gc.setBackground(foreground);
                gc.fillPolygon(shape);
                gc.setForeground(background);
            } else {
                gc.drawPolygon(shape);
            }
            var text = lit ? MARKER + phases.get(i) : phases.get(i);
            var size = gc.textExtent(text);
            gc.drawText(text, box.x + (box.width - size.x) / 2, box.y + (box.height - size.y) / 2, true);
        }
        if (!remark.isEmpty()) {
            var box = boxes.getLast();
            gc.setFont(italic);
            gc.setForeground(foreground);
            gc.drawText(remark, box.x, box.y + (box.height - gc.textExtent(remark).y) / 2, true);
        }
    }

    private static int[] arrow(Rectangle box, boolean first) {
        var point = box.height / 3;
        var right = box.x + box.width - 1;
        var bottom = box.y + box.height - 1;
        var middle = box.y + box.height / 2;
        return first
                ? new int[] { box.x, box.y, right - point, box.y, right, middle, right - point, bottom, box.x, bottom }
                : new int[] { box.x, box.y, right - point, box.y, right, middle, right - point, bottom, box.x, bottom,
                        box.x + point, middle };
    }

    private void makeFonts() {
        if (bold == null) {
            bold = FontDescriptor.createFrom(getFont()).setStyle(SWT.BOLD).createFont(getDisplay());
            italic = FontDescriptor.createFrom(getFont()).setStyle(SWT.ITALIC).createFont(getDisplay());
        }
    }

    private void disposeFonts() {
        if (bold != null) {
            bold.dispose();
            italic.dispose();
            bold = null;
            italic = null;
        }
    }
}
