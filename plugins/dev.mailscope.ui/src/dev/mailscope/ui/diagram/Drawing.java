package dev.mailscope.ui.diagram;

import java.util.Objects;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.ui.Literal;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.ViewFont;

/** A drawing with scroll bars that can have the keyboard, and says in words what it shows. */
abstract class Drawing extends Canvas {
    private final DrawingFonts fonts;

    /** An empty one; the role is what a screen reader takes it for, of {@link ACC}. */
    Drawing(Composite parent, int role) {
        super(parent, SWT.V_SCROLL | SWT.H_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND | SWT.BORDER);
        fonts = new DrawingFonts(this, ViewFont.TABLES);
        addListener(SWT.Paint, event -> draw(event.gc));
        addListener(SWT.Resize, event -> changed());
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.KeyDown, event -> {
            if ((event.stateMask & SWT.MODIFIER_MASK) == 0) {
                key(event.keyCode);
            }
        });
        addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        addListener(SWT.MouseDown, event -> {
            setFocus();
            if (event.button == 1) {
                click(event.x, event.y);
            }
        });
        addListener(SWT.MouseMove, this::hint);
        getVerticalBar().addListener(SWT.Selection, event -> scrolled());
        getHorizontalBar().addListener(SWT.Selection, event -> redraw());
        Named.name(this, this::description);
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = role;
            }

            @Override
            public void getState(AccessibleControlEvent event) {
                event.detail = ACC.STATE_FOCUSABLE | (isFocusControl() ? ACC.STATE_FOCUSED : 0);
            }
        });
    }

    /** Draws what is in sight. */
    abstract void draw(GC gc);

    /** Lays it out again: its size, or what it shows, is another. */
    abstract void changed();

    /** A key, without another that modifies it. */
    abstract void key(int code);

    /** The first button of the mouse, there. */
    abstract void click(int x, int y);

    /** What is said of what is there; null for nothing. */
    abstract String hintAt(int x, int y);

    /** Everything it says, for those who do not see it. */
    abstract String description();

    /** It has been scrolled upwards or downwards. */
    void scrolled() {
        redraw();
    }

    /** The fonts it is drawn in. */
    DrawingFonts fonts() {
        return fonts;
    }

    private void hint(Event event) {
        var words = Literal.text(hintAt(event.x, event.y));
        if (!Objects.equals(words, getToolTipText())) {
            setToolTipText(words);
        }
    }
}
