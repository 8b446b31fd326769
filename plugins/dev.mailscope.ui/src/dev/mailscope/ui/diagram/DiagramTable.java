package dev.mailscope.ui.diagram;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;

import dev.mailscope.ui.ViewFont;

/** What a drawing shows, as a table of the platform's own, which screen readers read row by row. */
final class DiagramTable extends Composite {
    /**
     * A column.
     *
     * @param weight its share of the width
     * @param least  its least width in pixels, at the usual size of the font
     */
    record Column(String title, int weight, int least) {
    }

    private final Table table;

    /**
     * An empty table.
     *
     * @param name     what a screen reader calls it
     * @param cells    gives the text of each column for a row; asked for the rows in sight
     * @param selected is told which row the user has selected
     */
    DiagramTable(Composite parent, String name, List<Column> columns, IntFunction<List<String>> cells,
            IntConsumer selected) {
        super(parent, SWT.NONE);
        var layout = new TableColumnLayout();
        setLayout(layout);
        table = new Table(this, SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER);
        table.setHeaderVisible(true);
        for (var column : columns) {
            var made = new TableColumn(table, SWT.NONE);
            made.setText(column.title());
            layout.setColumnData(made, new ColumnWeightData(column.weight(), column.least()));
        }
        table.addListener(SWT.SetData, event -> table.getItem(event.index)
                .setText(cells.apply(event.index).toArray(String[]::new)));
        table.addListener(SWT.Selection, event -> selected.accept(table.getSelectionIndex()));
        table.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name;
            }
        });
        ViewFont.apply(table, ViewFont.TABLES);
    }

    /** The platform's table. */
    Table table() {
        return table;
    }

    /** Has that many rows; the rows up to one of them are as they were. */
    void show(int count, int unchanged) {
        if (unchanged < table.getItemCount()) {
            table.clearAll();
        }
        table.setItemCount(count);
    }

    /** Selects a row and brings it into sight; -1 for none. */
    void select(int row) {
        if (row < 0 || row >= table.getItemCount()) {
            table.deselectAll();
        } else if (table.getSelectionIndex() != row) {
            table.setSelection(row);
        }
    }

    @Override
    public boolean setFocus() {
        return table.setFocus();
    }
}
