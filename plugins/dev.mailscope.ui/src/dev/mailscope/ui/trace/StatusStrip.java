package dev.mailscope.ui.trace;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.ViewFont;

/** The line below the trace: how many events it shows, and how many have come that are not in sight. */
final class StatusStrip extends Composite {
    private final Label text;
    private final Button unseen;

    StatusStrip(Composite parent, Runnable follow) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 2).applyTo(this);
        text = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(text);
        ViewFont.apply(text, ViewFont.TABLES);
        unseen = new Button(this, SWT.PUSH);
        unseen.setToolTipText(Messages.strip_unseenHint);
        unseen.setVisible(false);
        unseen.addListener(SWT.Selection, event -> follow.run());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).exclude(true).applyTo(unseen);
        ViewFont.apply(unseen, ViewFont.TABLES);
    }

    /**
     * Shows these numbers; the reason is why recording ended, empty while it goes on. What is wrong with the filter,
     * unless empty, is shown instead of what it asks for.
     */
    void show(Filter filter, String wrong, int count, int percentScanned, int notInSight, String endedBecause) {
        var now = !wrong.isEmpty() ? wrong : filter.isAll() ? Counted.text(Messages.strip_events, count)
                : percentScanned < 100 ? Counted.text(Messages.strip_filtering, count, percentScanned)
                : Counted.text(Messages.strip_filtered, count, filter.words());
        text.setText(endedBecause.isEmpty() ? now : NLS.bind(Messages.strip_ended, endedBecause, now));
        var label = Counted.text(Messages.strip_unseen, notInSight);
        var wasVisible = unseen.getVisible();
        if (notInSight > 0 && !label.equals(unseen.getText())) {
            unseen.setText(label);
            layout(true);
        }
        if (wasVisible != notInSight > 0) {
            unseen.setVisible(notInSight > 0);
            ((GridData) unseen.getLayoutData()).exclude = notInSight == 0;
            getParent().layout(true, true);
        }
    }
}
