package dev.mailscope.ui.trace;

import java.util.function.LongConsumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Scale;

import dev.mailscope.ui.Named;

/** Goes through a recording by being dragged: left is its first event, right its newest. */
final class MomentSlider extends Composite {
    private static final int STEPS = 100_000;

    private final Scale scale;
    private long first;
    private long last;

    MomentSlider(Composite parent, LongConsumer selected) {
        super(parent, SWT.NONE);
        setLayout(new FillLayout());
        scale = new Scale(this, SWT.HORIZONTAL);
        scale.setToolTipText(Messages.slider_hint);
        Named.name(scale, Messages.slider_hint);
        scale.addListener(SWT.Selection, event -> selected.accept(number(scale.getSelection())));
        scale.setEnabled(false);
    }

    /** Shows the place of an event between the first and the last; 0 stands for the newest moment. */
    void show(long oldest, long newest, long event) {
        first = oldest;
        last = newest;
        var events = Math.max(0, newest - oldest);
        scale.setEnabled(events > 0);
        var steps = Math.clamp(events, 1, STEPS);
        if (scale.getMaximum() != steps) {
            scale.setMaximum(steps);
            scale.setPageIncrement(Math.max(1, steps / 20));
        }
        var place = event <= 0 ? steps : place(event);
        if (scale.getSelection() != place) {
            scale.setSelection(place);
        }
    }

    // The last place is that of the newest event, where no event is selected.
    private long number(int place) {
        return place >= scale.getMaximum() ? 0
                : first + Math.round((double) place * (last - first) / scale.getMaximum());
    }

    private int place(long event) {
        return (int) Math.round((double) (Math.clamp(event, first, last) - first) * scale.getMaximum()
                / Math.max(1, last - first));
    }
}
