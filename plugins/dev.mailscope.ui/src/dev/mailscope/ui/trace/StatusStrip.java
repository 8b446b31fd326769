package dev.mailscope.ui.trace;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.ViewFont;

/**
 * The line below the trace: how many events it shows, how far the filter is, which can be stopped while it looks at
 * them, and how many have come that are not in sight.
 */
final class StatusStrip extends Composite {
    // What is over sooner needs no bar, which would only flicker.
    private static final int PATIENCE = 300;

    private final EventList events;
    private final Label text;
    private final ProgressBar progress;
    private final Button stop;
    private final Button unseen;
    private final Runnable patienceOver = this::showProgress;
    private boolean waiting;

    StatusStrip(Composite parent, EventList events, Runnable follow) {
        super(parent, SWT.NONE);
        this.events = events;
        GridLayoutFactory.fillDefaults().numColumns(4).margins(6, 2).applyTo(this);
        text = new Label(this, SWT.NONE);
        // A hint of its own, so that a long text never pushes the buttons out.
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(60, SWT.DEFAULT)
                .applyTo(text);
        ViewFont.apply(text, ViewFont.TABLES);
        progress = new ProgressBar(this, SWT.HORIZONTAL | SWT.SMOOTH);
        progress.setMaximum(100);
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).hint(80, SWT.DEFAULT).applyTo(progress);
        stop = new Button(this, SWT.PUSH);
        stop.addListener(SWT.Selection, event -> events.stop(!events.isStopped()));
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).applyTo(stop);
        ViewFont.apply(stop, ViewFont.TABLES);
        unseen = new Button(this, SWT.PUSH);
        unseen.setToolTipText(Messages.strip_unseenHint);
        unseen.addListener(SWT.Selection, event -> follow.run());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).applyTo(unseen);
        ViewFont.apply(unseen, ViewFont.TABLES);
        for (var control : new Control[] { progress, stop, unseen }) {
            visible(control, false);
        }
    }

    /** Shows how the list is now, by that filter; so many events have come that are not in sight. */
    void show(Filter filter, int notInSight) {
        var now = now(filter);
        var ended = events.endedBecause();
        text.setText(Literal.text(ended.isEmpty() ? now : NLS.bind(Messages.strip_ended, ended, now)));
        text.setToolTipText(text.getText());
        progress.setSelection(events.percentScanned());
        if (!events.isFiltering()) {
            waiting = false;
            showProgress();
        } else if (!waiting) {
            waiting = true;
            getDisplay().timerExec(PATIENCE, patienceOver);
        }
        var label = Counted.text(Messages.strip_unseen, notInSight);
        if (notInSight > 0 && !label.equals(unseen.getText())) {
            unseen.setText(label);
            layout(true);
        }
        show(unseen, notInSight > 0);
    }

    private String now(Filter filter) {
        var count = events.count();
        if (!events.wrong().isEmpty()) {
            return events.wrong();
        }
        if (events.isStopped()) {
            return Counted.text(Messages.strip_stopped, count, events.percentScanned());
        }
        return filter.isAll() ? Counted.text(Messages.strip_events, count)
                : events.isFiltering() ? Counted.text(Messages.strip_filtering, count, events.percentScanned())
                : Counted.text(Messages.strip_filtered, count, filter.words());
    }

    private void showProgress() {
        if (!isDisposed()) {
            var late = waiting && events.isFiltering();
            var label = events.isStopped() ? Messages.strip_goOn : Messages.strip_stop;
            if (!label.equals(stop.getText())) {
                stop.setText(label);
                stop.setToolTipText(events.isStopped() ? Messages.strip_goOnHint : Messages.strip_stopHint);
                layout(true);
            }
            show(progress, late);
            show(stop, late || events.isStopped());
        }
    }

    private void show(Control control, boolean visible) {
        if (((GridData) control.getLayoutData()).exclude == visible) {
            visible(control, visible);
            requestLayout();
        }
    }

    private static void visible(Control control, boolean visible) {
        control.setVisible(visible);
        ((GridData) control.getLayoutData()).exclude = !visible;
    }
}
