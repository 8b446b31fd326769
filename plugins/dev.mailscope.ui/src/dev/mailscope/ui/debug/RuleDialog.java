package dev.mailscope.ui.debug;

import java.util.Optional;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.filter.ExpressionField;

/** Asks for a breakpoint or a fault: where, on which condition, and what happens. Closes only with what is right. */
final class RuleDialog extends TitleAreaDialog {
    private static final int MOST_LOOKED_AT = 2_000;

    private final StopRule before;
    private Known known;
    private ExpressionField condition;
    private Combo stop;
    private Button holds;
    private Button breaks;
    private FaultFields fault;
    private Button once;
    private StopRule rule;

    /** @param before what is edited; null for a new one */
    RuleDialog(Shell parent, StopRule before) {
        super(parent);
        this.before = before;
        setHelpAvailable(false);
    }

    /** What was asked for. */
    StopRule rule() {
        return rule;
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(before == null ? Messages.dialog_add : Messages.dialog_edit);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(before == null ? Messages.dialog_add : Messages.dialog_edit);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 10).applyTo(area);
        new Label(area, SWT.NONE).setText(Messages.dialog_stop);
        stop = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
        for (var each : Stop.values()) {
            stop.add(HeldText.stop(each) + " \u2013 " + HeldText.explanation(each));
        }
        GridDataFactory.fillDefaults().grab(true, false).applyTo(stop);
        new Label(area, SWT.NONE).setText(Messages.dialog_condition);
        condition = new ExpressionField(area, new StopLanguage(this::chosenStop, this::known));
        condition.setName(Messages.dialog_conditionName);
        ViewFont.apply(condition.control(), ViewFont.OCTETS);
        condition.control().addListener(SWT.Modify, event -> check());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(480, SWT.DEFAULT)
                .applyTo(condition.control());
        new Label(area, SWT.NONE);
        var example = new Label(area, SWT.WRAP);
        example.setText(Messages.dialog_example);
        GridDataFactory.fillDefaults().grab(true, false).hint(420, SWT.DEFAULT).applyTo(example);
        new Label(area, SWT.NONE).setText(Messages.dialog_does);
        holds = check(area, Messages.dialog_holds);
        new Label(area, SWT.NONE);
        var row = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        breaks = check(row, Messages.dialog_breaks);
        fault = new FaultFields(row, false, this::check);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fault);
        new Label(area, SWT.NONE).setText(Messages.dialog_whom);
        once = check(area, Messages.dialog_once);
        stop.addListener(SWT.Selection, event -> stopChosen());
        fill();
        return area;
    }

    @Override
    protected Control createContents(Composite parent) {
        var contents = super.createContents(parent);
        condition.control().setFocus();
        condition.control().setSelection(condition.control().getCharCount());
        check();
        return contents;
    }

    @Override
    protected void okPressed() {
        rule = new StopRule(condition.text().strip(), chosenStop(), holds.getSelection(),
                breaks.getSelection() ? Optional.of(fault.decision()) : Optional.<Decision>empty(),
                once.getSelection(), before == null || before.enabled());
        super.okPressed();
    }

    ExpressionField condition() {
        return condition;
    }

    FaultFields fault() {
        return fault;
    }

    private void fill() {
        var shown = before != null ? before
                : new StopRule("", Stop.BEFORE_EXECUTION, true, Optional.empty(), false, true);
        stop.select(shown.stop().ordinal());
        stopChosen();
        holds.setSelection(shown.holds());
        breaks.setSelection(shown.fault().isPresent());
        shown.fault().ifPresent(fault::set);
        once.setSelection(shown.once());
        condition.setText(shown.condition());
    }

    private void stopChosen() {
        fault.show(chosenStop());
        condition.check();
        check();
    }

    private Stop chosenStop() {
        return Stop.values()[stop.getSelectionIndex()];
    }

    /** Says what is wrong, or what has been asked for. */
    private void check() {
        if (once == null) {
            return;
        }
        fault.setEnabled(breaks.getSelection());
        var wrong = condition.problem().map(problem -> Counted.text(Messages.dialog_wrong, problem.offset() + 1,
                problem.message()));
        var problem = wrong.isPresent() ? wrong.get()
                : !holds.getSelection() && !breaks.getSelection() ? Messages.dialog_nothing
                : breaks.getSelection() ? fault.problem() : "";
        setErrorMessage(problem.isEmpty() ? null : problem);
        setMessage(condition.text().isBlank() ? Messages.dialog_everything : Messages.dialog_message);
        if (getButton(IDialogConstants.OK_ID) != null) {
            getButton(IDialogConstants.OK_ID).setEnabled(problem.isEmpty());
        }
    }

    private Button check(Composite parent, String text) {
        var button = new Button(parent, SWT.CHECK);
        button.setText(text);
        button.addListener(SWT.Selection, event -> check());
        return button;
    }

    /** What has occurred of late, to be offered. */
    private Known known() {
        if (known == null) {
            known = new Known();
            var recording = Mailscope.get().server().recording();
            if (recording != null) {
                known.add(recording.events(Math.max(recording.first(), recording.last() - MOST_LOOKED_AT),
                        MOST_LOOKED_AT));
            }
        }
        return known;
    }
}
