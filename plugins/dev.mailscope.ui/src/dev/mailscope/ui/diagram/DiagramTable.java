package dev.mailscope.ui.diagram;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import dev.mailscope.ui.Named;
import dev.mailscope.ui.ViewFont;

/**
 * What a drawing shows, as a table of the platform's own, which screen readers read row by row. Of many rows it holds a
 * part, around the one that is selected or at the end; whoever walks to its edge finds the next part there.
 */
final class DiagramTable extends Composite {
    /** The most rows it holds after it was filled. */
    static final int MOST = 1_000;
    private static final int EDGE = 3;

    /**
     * A column.
     *
     * @param weight its share of the width
     * @param least  its least width in pixels, at the usual size of the font
     */
    record Column(String title, int weight, int least) {
    }

    private final Table table;
    private final IntFunction<List<String>> cells;
    private int count;
    private int from;

    /**
     * An empty table.
     *
     * @param name     what a screen reader calls it
     * @param cells    gives the text of each column for a row; asked for the rows it holds
     * @param selected is told which row the user has selected
     */
    DiagramTable(Composite parent, String name, List<Column> columns, IntFunction<List<String>> cells,
            IntConsumer selected) {
        super(parent, SWT.NONE);
        this.cells = cells;
        var layout = new TableColumnLayout();
        setLayout(layout);
        table = new Table(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER);
        table.setHeaderVisible(true);
        for (var column : columns) {
            var made = new TableColumn(table, SWT.NONE);
            made.setText(column.title());
            layout.setColumnData(made, new ColumnWeightData(column.weight(), column.least()));
        }
        table.addListener(SWT.Selection, event -> {
            var row = from + table.getSelectionIndex();
            if (row < count) {
                select(row);
                selected.accept(row);
            }
        });
        Named.name(table, name);
        ViewFont.apply(table, ViewFont.TABLES);
    }

    /** The platform's table. */
    Table table() {
        return table;
    }

    /** The number of the first row it holds. */
    int first() {
        return from;
    }

    /** There are that many rows; those up to one of them are as they were. */
    void show(int rows, int unchanged) {
        var atEnd = from + table.getItemCount() == count;
        var held = Math.min(count, unchanged) - from;
        count = rows;
        if (held < table.getItemCount() || held <= 0 || table.getItemCount() == 0 || rows - from > 2 * MOST && atEnd) {
            fill(Math.max(0, rows - MOST));
        } else if (atEnd) {
            add(count);
        }
    }

    /** So many rows at the beginning are forgotten. */
    void rowsDropped(int dropped) {
        count = Math.max(0, count - dropped);
        from -= dropped;
        if (from < 0) {
            table.remove(0, Math.min(-from, table.getItemCount()) - 1);
            from = 0;
        }
    }

    /** Selects a row and brings it into sight; -1 for none. */
    void select(int row) {
        if (row < 0 || row >= count) {
            table.deselectAll();
            return;
        }
        var end = from + table.getItemCount();
        if (row < from + EDGE && from > 0 || row >= end - EDGE && end < count) {
            fill(Math.max(0, Math.min(row - MOST / 2, count - MOST)));
        }
        if (table.getSelectionIndex() != row - from) {
            table.setSelection(row - from);
        }
    }

    private void fill(int first) {
        table.setRedraw(false);
        table.removeAll();
        from = first;
        add(Math.min(count, first + MOST));
        table.setRedraw(true);
    }

    private void add(int end) {
        for (var row = from + table.getItemCount(); row < end; row++) {
            new TableItem(table, SWT.NONE).setText(cells.apply(row).toArray(String[]::new));
        }
    }

    @Override
    public boolean setFocus() {
        return table.setFocus();
    }
}
