package dev.mailscope.ui.trace;

import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.explain.Explanation;
import dev.mailscope.ui.ViewFont;

/** An explanation that stays until Escape, or until something else is clicked; its text can be selected and copied. */
final class ExplanationPopup extends PopupDialog {
    private static final int WIDTH = 440;

    private final Explanation part;
    private final Point place;

    ExplanationPopup(Shell parent, Explanation part, Point place) {
        super(parent, INFOPOPUPRESIZE_SHELLSTYLE, true, false, false, false, false, null, Messages.explain_close);
        this.part = part;
        this.place = place;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var text = new StyledText(area, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP);
        text.setMargins(6, 4, 6, 4);
        text.setText(part.text());
        ViewFont.apply(text, ViewFont.TABLES);
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(text);
        text.addListener(SWT.KeyDown, event -> {
            if (event.keyCode == SWT.ESC) {
                close();
            }
        });
        return area;
    }

    @Override
    protected Point getInitialLocation(Point size) {
        return place;
    }
}
