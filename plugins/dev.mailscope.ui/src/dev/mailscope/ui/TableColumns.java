package dev.mailscope.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;

/**
 * The columns of a table of rows of one type. Each has its share of the width, and at least so many pixels, more where
 * the font of tables is larger than usual; the tooltip of a cell is its text where that is cut.
 */
public final class TableColumns<E> {
    private final TableColumnLayout layout = new TableColumnLayout();
    private final List<Width> widths = new ArrayList<>();
    private final TableViewer viewer;
    private final Function<E, Color> colour;

    /** The columns of that table, which is alone in its parent and has a header from now on. */
    public TableColumns(TableViewer viewer) {
        this(viewer, row -> null);
    }

    /**
     * The columns of that table, which is alone in its parent and has a header from now on.
     *
     * @param colour what a row is written in; null for the usual
     */
    public TableColumns(TableViewer viewer, Function<E, Color> colour) {
        this.viewer = viewer;
        this.colour = colour;
        viewer.getTable().getParent().setLayout(layout);
        viewer.getTable().setHeaderVisible(true);
        ColumnViewerToolTipSupport.enableFor(viewer);
    }

    /**
     * One column more.
     *
     * @param weight its share of the width, beside those of the others
     * @param least  how wide it is at least, in pixels, with a font of the usual size
     */
    public void add(String title, int weight, int least, Function<E, String> text) {
        add(title, weight, least, text, false);
    }

    /** One column more, as {@link #add}, in bold. */
    public void addBold(String title, int weight, int least, Function<E, String> text) {
        add(title, weight, least, text, true);
    }

    /** Lets the table follow the font of tables and the theme; once all columns are there. */
    public void followFont() {
        var table = viewer.getTable();
        ViewFont.apply(table, ViewFont.TABLES, font -> {
            table.setFont(font);
            var times = ViewFont.scale(table, ViewFont.TABLES);
            for (var i = 0; i < widths.size(); i++) {
                layout.setColumnData(table.getColumn(i), widths.get(i).times(times));
            }
            table.getParent().layout(true);
            viewer.refresh();
        });
        Theme.follow(table, viewer::refresh);
    }

    private void add(String title, int weight, int least, Function<E, String> text, boolean bold) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        column.getColumn().setToolTipText(title);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply(row(element));
            }

            @Override
            public String getToolTipText(Object element) {
                return CutText.of(viewer.getTable(), bold, column.getColumn().getWidth(), getText(element));
            }

            @Override
            public Font getFont(Object element) {
                return bold ? JFaceResources.getFontRegistry().getBold(ViewFont.TABLES) : null;
            }

            @Override
            public Color getForeground(Object element) {
                return colour.apply(row(element));
            }
        });
        widths.add(new Width(weight, least));
    }

    // The viewer's input holds nothing else.
    @SuppressWarnings("unchecked")
    private E row(Object element) {
        return (E) element;
    }

    private record Width(int weight, int least) {
        ColumnWeightData times(double times) {
            return new ColumnWeightData(weight, (int) Math.round(least * times));
        }
    }
}
