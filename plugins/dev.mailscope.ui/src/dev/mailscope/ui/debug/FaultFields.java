package dev.mailscope.ui.debug;

import java.time.Duration;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.analysis.OctetNotation;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.ui.Named;

/** Asks what is to be done to what passes: from a list, with what has to be said beside. */
final class FaultFields extends Composite {
    private static final int MOST_OCTETS = 99_999_999;
    private static final int MOST_MILLIS = 3_600_000;
    private static final int USUAL_MILLIS = 2_000;
    private static final int USUAL_OCTETS = 10;
    private static final int TEXT_WIDTH = 200;

    private final boolean editable;
    private final Runnable changed;
    private final Combo kind;
    private final Text text;
    private final Spinner octets;
    private final Label octetsUnit;
    private final Spinner millis;
    private final Label millisUnit;
    private List<FaultKind> kinds = List.of();

    /** @param editable true where octets are replaced in another way, so that this is not offered */
    FaultFields(Composite parent, boolean editable, Runnable changed) {
        super(parent, SWT.NONE);
        this.editable = editable;
        this.changed = changed;
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.center = true;
        layout.marginLeft = 0;
        layout.marginTop = 0;
        layout.marginBottom = 0;
        setLayout(layout);
        kind = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        kind.setToolTipText(Messages.fault_kind);
        Named.name(kind, Messages.fault_kind);
        kind.addListener(SWT.Selection, event -> refresh());
        text = new Text(this, SWT.BORDER);
        text.addListener(SWT.Modify, event -> changed.run());
        text.setLayoutData(new RowData(TEXT_WIDTH, SWT.DEFAULT));
        octets = spinner(USUAL_OCTETS, 1, MOST_OCTETS, 1);
        octetsUnit = new Label(this, SWT.NONE);
        octetsUnit.setText(Messages.fault_octets);
        millis = spinner(USUAL_MILLIS, 0, MOST_MILLIS, 100);
        millisUnit = new Label(this, SWT.NONE);
        millisUnit.setText(Messages.fault_millis);
        show(Stop.BEFORE_PARSING);
    }

    /** Offers what can be done at that stop; what was chosen stays so where that can be. */
    void show(Stop stop) {
        var before = chosen();
        kinds = FaultKind.at(stop, editable);
        kind.setItems(kinds.stream().map(each -> each.words).toArray(String[]::new));
        kind.select(Math.max(0, kinds.indexOf(before)));
        refresh();
    }

    /** Shows that decision. */
    void set(Decision decision) {
        kind.select(kinds.indexOf(FaultKind.of(decision)));
        switch (decision) {
            case Decision.GoOn d -> throw new IllegalArgumentException("going on is no fault");
            // In one line, a line end has to be written out.
            case Decision.Replace(var replacing) -> text.setText(OctetNotation.TEXT.write(replacing)
                    .replace("\n", "\\r\\n"));
            case Decision.Delay(var time) -> millis.setSelection((int) time.toMillis());
            case Decision.Drop d -> {
                // needs no more
            }
            case Decision.Cut(var after) -> octets.setSelection(after);
            case Decision.Answer(var answer) -> text.setText(answer);
            case Decision.Split(var at, var pause) -> {
                octets.setSelection(at);
                millis.setSelection((int) pause.toMillis());
            }
            case Decision.Trickle(var size, var pause) -> {
                octets.setSelection(size);
                millis.setSelection((int) pause.toMillis());
            }
        }
        refresh();
    }

    /** What is chosen. IllegalArgumentException, saying why, when it cannot be done so. */
    Decision decision() {
        var pause = Duration.ofMillis(millis.getSelection());
        return switch (chosen()) {
            case DELAY -> new Decision.Delay(pause);
            case DROP -> new Decision.Drop();
            case ANSWER -> answer();
            case CUT -> new Decision.Cut();
            case CUT_AFTER -> new Decision.Cut(octets.getSelection());
            case SPLIT_LITERAL -> new Decision.Split(Decision.Split.IN_LITERAL, pause);
            case SPLIT -> new Decision.Split(octets.getSelection(), pause);
            case TRICKLE -> new Decision.Trickle(octets.getSelection(), pause);
            case REPLACE -> new Decision.Replace(OctetNotation.TEXT.read(text.getText(), Octets.NONE));
        };
    }

    /** What is wrong with what is chosen, in words; empty when nothing is. */
    String problem() {
        try {
            decision();
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What is chosen from the list. */
    FaultKind chosen() {
        return kind.getSelectionIndex() < 0 ? FaultKind.DELAY : kinds.get(kind.getSelectionIndex());
    }

    /** Chooses from the list, which must offer it. */
    void choose(FaultKind wanted) {
        kind.select(kinds.indexOf(wanted));
        refresh();
    }

    /** The field of the text that is answered, or put in the place of what passes. */
    Text text() {
        return text;
    }

    @Override
    public void setEnabled(boolean enabled) {
        super.setEnabled(enabled);
        for (var child : getChildren()) {
            child.setEnabled(enabled);
        }
    }

    private Decision answer() {
        if (text.getText().isBlank()) {
            throw new IllegalArgumentException(Messages.fault_noText);
        }
        try {
            return new Decision.Answer(text.getText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.fault_noLine, e);
        }
    }

    private Spinner spinner(int value, int least, int most, int increment) {
        var made = new Spinner(this, SWT.BORDER);
        made.setValues(value, least, most, 0, increment, increment * 10);
        made.addListener(SWT.Modify, event -> changed.run());
        return made;
    }

    private void refresh() {
        var now = chosen();
        visible(text, now.first == FaultKind.Params.TEXT);
        visible(octets, now.first == FaultKind.Params.OCTETS);
        visible(octetsUnit, now.first == FaultKind.Params.OCTETS);
        visible(millis, now.second == FaultKind.Params.MILLIS);
        visible(millisUnit, now.second == FaultKind.Params.MILLIS);
        text.setMessage(now == FaultKind.REPLACE ? Messages.fault_replaceHint : Messages.fault_answerHint);
        text.setToolTipText(text.getMessage());
        millis.setToolTipText(now == FaultKind.DELAY ? Messages.fault_delayHint : Messages.fault_pauseHint);
        requestLayout();
        changed.run();
    }

    private static void visible(Control control, boolean on) {
        control.setVisible(on);
        if (control.getLayoutData() == null) {
            control.setLayoutData(new RowData());
        }
        ((RowData) control.getLayoutData()).exclude = !on;
    }
}
