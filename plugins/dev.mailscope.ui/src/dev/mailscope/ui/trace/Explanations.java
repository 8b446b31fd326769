package dev.mailscope.ui.trace;

import java.util.List;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.ui.Literal;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.trace.DetailText.Explained;

/** Explains the parts of a text: under the mouse, at the caret in a pane below, and with F2 in a window that stays. */
final class Explanations {
    private final StyledText text;
    private final ExplanationPane pane;
    private final Tones tones;
    private List<Explained> parts = List.of();
    private Explained framed;

    Explanations(StyledText text, ExplanationPane pane) {
        this.text = text;
        this.pane = pane;
        this.tones = new Tones(text);
        text.addListener(SWT.MouseMove, this::hover);
        text.addListener(SWT.MouseExit, event -> text.setToolTipText(null));
        text.addCaretListener(event -> caretAt(event.caretOffset));
        text.addListener(SWT.KeyDown, event -> {
            if (event.keyCode == SWT.F2) {
                open();
            }
        });
    }

    /** What the pane says. */
    String text() {
        return pane.text();
    }

    /** The text has other parts now. */
    void take(List<Explained> next) {
        parts = next;
        framed = null;
        pane.show(null);
        caretAt(text.getCaretOffset());
    }

    /** Draws the frame around the part at the caret, when the text has been styled anew. */
    void frame() {
        style(framed, true);
    }

    private void hover(Event event) {
        var offset = text.getOffsetAtPoint(new Point(event.x, event.y));
        var part = offset < 0 ? null : at(offset);
        var hint = part == null ? null : Literal.text(part.meaning().text());
        if (hint == null ? text.getToolTipText() != null : !hint.equals(text.getToolTipText())) {
            text.setToolTipText(hint);
        }
    }

    private void caretAt(int offset) {
        var part = at(offset);
        if (part != framed) {
            style(framed, false);
            framed = part;
            style(part, true);
            pane.show(part == null ? null : part.meaning());
            // The pane may have taken the room where the caret was.
            if (part != null && text.isFocusControl()) {
                text.showSelection();
            }
        }
    }

    private void open() {
        var part = at(text.getCaretOffset());
        if (part != null) {
            var below = text.getLocationAtOffset(part.start());
            below.y += text.getLineHeight(part.start());
            new ExplanationPopup(text.getShell(), part.meaning(), text.toDisplay(below)).open();
        }
    }

    private Explained at(int offset) {
        var low = 0;
        var high = parts.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var part = parts.get(middle);
            if (offset < part.start()) {
                high = middle - 1;
            } else if (offset >= part.end()) {
                low = middle + 1;
            } else {
                return part;
            }
        }
        return null;
    }

    private void style(Explained part, boolean frame) {
        if (part == null || part.end() > text.getCharCount()) {
            return;
        }
        var range = new StyleRange();
        range.start = part.start();
        range.length = part.end() - part.start();
        range.font = JFaceResources.getFont(ViewFont.OCTETS);
        if (frame) {
            range.borderStyle = SWT.BORDER_SOLID;
            range.borderColor = tones.of(Tone.CLIENT);
            range.background = tones.header();
        }
        text.setStyleRange(range);
    }
}
