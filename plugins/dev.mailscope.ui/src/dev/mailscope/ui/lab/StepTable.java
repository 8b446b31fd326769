package dev.mailscope.ui.lab;

import java.util.function.IntConsumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.run.Progress;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.ViewFont;

/** The steps of a lab: how far each is, and how many points it has. One that has been opened can be looked at. */
final class StepTable {
    private static final int MOST_ROWS = 6;

    private final Table table;

    /** The step that is chosen goes to {@code look}, by its index. */
    StepTable(Composite parent, IntConsumer look) {
        table = new Table(parent, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(table);
        for (var i = 0; i < 2; i++) {
            new TableColumn(table, SWT.NONE);
        }
        ViewFont.apply(table, ViewFont.TABLES, font -> {
            table.setFont(font);
            fit();
        });
        table.addListener(SWT.Resize, event -> widths());
        table.addListener(SWT.Selection, event -> {
            if (table.getSelectionIndex() >= 0) {
                look.accept(table.getSelectionIndex());
            }
        });
    }

    /** Shows that, with the step of that index chosen. */
    void show(Lab lab, Progress progress, int index) {
        var steps = lab.steps();
        while (table.getItemCount() > steps.size()) {
            table.remove(table.getItemCount() - 1);
        }
        var grown = table.getItemCount() < steps.size();
        for (var i = 0; i < steps.size(); i++) {
            var item = i < table.getItemCount() ? table.getItem(i) : new TableItem(table, SWT.NONE);
            var texts = new String[] {i + 1 + ". " + steps.get(i).title(), state(progress.steps().get(i),
                    progress.steps().get(i).points(steps.get(i)), steps.get(i).points())};
            for (var column = 0; column < texts.length; column++) {
                if (!item.getText(column).equals(texts[column])) {
                    item.setText(column, texts[column]);
                    grown = true;
                }
            }
        }
        if (index < steps.size() && table.getSelectionIndex() != index) {
            table.setSelection(index);
        } else if (index >= steps.size()) {
            table.deselectAll();
        }
        if (grown) {
            fit();
        }
    }

    private static String state(StepState state, int points, int most) {
        return switch (state.stage()) {
            case COMING -> "";
            case OPEN -> Messages.steps_open;
            case WORKING -> most == 0 ? Messages.steps_workingOnly : Counted.text(Messages.steps_working, points, most);
            case ENDED -> most == 0 ? Messages.steps_endedOnly : Counted.text(Messages.steps_ended, points, most);
        };
    }

    /** Makes room for what it shows, in its font. */
    void fit() {
        ViewFont.renew(table, ViewFont.TABLES);
        var rows = Math.clamp(table.getItemCount(), 1, MOST_ROWS);
        var height = rows * table.getItemHeight();
        var data = (GridData) table.getLayoutData();
        if (data.heightHint != height) {
            data.heightHint = height;
            table.requestLayout();
        }
        widths();
    }

    private void widths() {
        var title = table.getColumn(0);
        var state = table.getColumn(1);
        state.pack();
        title.pack();
        // What does not fit is scrolled to; nothing is cut.
        title.setWidth(Math.max(title.getWidth(), table.getClientArea().width - state.getWidth()));
    }
}
