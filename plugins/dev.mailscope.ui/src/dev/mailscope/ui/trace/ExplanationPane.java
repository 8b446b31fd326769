package dev.mailscope.ui.trace;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.explain.Explanation;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** Says what the part of a line at the caret means. Lies in a grid layout, and takes no room while there is no line. */
final class ExplanationPane extends Composite {
    private final StyledText text;
    private final Tones tones;
    private Explanation shown;

    ExplanationPane(Composite parent) {
        super(parent, SWT.NONE);
        setLayout(new FillLayout());
        text = new StyledText(this, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
        text.setMargins(8, 4, 8, 4);
        tones = new Tones(text);
        var place = new GridData(SWT.FILL, SWT.FILL, true, false);
        place.exclude = true;
        setLayoutData(place);
        setVisible(false);
        ViewFont.apply(text, ViewFont.TABLES, font -> {
            text.setFont(font);
            fit();
        });
        parent.addListener(SWT.Resize, event -> fit());
        Theme.follow(text, () -> show(shown));
    }

    /** What it says. */
    String text() {
        return text.getText();
    }

    /** Says what that part means; takes no room for null. */
    void show(Explanation part) {
        shown = part;
        setVisible(part != null);
        ((GridData) getLayoutData()).exclude = part == null;
        if (part == null) {
            text.setText("");
            getParent().layout();
            return;
        }
        text.setText(part.text());
        style(0, part.what().length(), SWT.BOLD, false);
        var reference = text.getCharCount() - part.reference().length();
        style(reference, part.reference().length(), SWT.NORMAL, true);
        fit();
    }

    /** As high as its text, and no more than half of what there is. */
    private void fit() {
        var room = getParent().getClientArea();
        ((GridData) getLayoutData()).heightHint = Math.min(computeSize(room.width, SWT.DEFAULT).y, room.height / 2);
        getParent().layout();
    }

    private void style(int start, int length, int font, boolean faint) {
        var range = new StyleRange(start, length, faint ? tones.faint() : null, null, font);
        text.setStyleRange(range);
    }
}
