package dev.mailscope.ui.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.hook.Held;
import dev.mailscope.ui.CutText;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.ViewFont;

/** The sessions that are held, a line each, the longest first. */
final class HeldTable extends Composite {
    private final TableColumnLayout layout = new TableColumnLayout();
    private final List<int[]> widths = new ArrayList<>();
    private final TableViewer viewer;

    HeldTable(Composite parent, Focus focus) {
        super(parent, SWT.NONE);
        setLayout(layout);
        viewer = new TableViewer(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER | SWT.V_SCROLL);
        viewer.getTable().setHeaderVisible(true);
        Named.name(viewer.getTable(), Messages.table_name);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        column(Messages.table_session, 14, 64, HeldText::name);
        column(Messages.table_stop, 22, 122, held -> HeldText.stop(held.stop()));
        column(Messages.table_command, 18, 72, HeldText::command);
        column(Messages.table_since, 10, 46, HeldText::since);
        column(Messages.table_phase, 18, 76, held -> held.passing().phase());
        column(Messages.table_folder, 14, 56, held -> held.passing().folder());
        column(Messages.table_why, 26, 90, Held::why);
        ColumnViewerToolTipSupport.enableFor(viewer);
        ViewFont.apply(viewer.getTable(), ViewFont.TABLES, font -> {
            viewer.getTable().setFont(font);
            widen(ViewFont.scale(this, ViewFont.TABLES));
            viewer.refresh();
        });
        viewer.addPostSelectionChangedListener(event -> {
            if (viewer.getTable().isFocusControl()
                    && event.getStructuredSelection().getFirstElement() instanceof Held held) {
                focus.look(focus.server());
                focus.selectSession(held.session());
            }
        });
    }

    /** Shows what is held, and which of it is chosen; null for none. */
    void show(List<Held> held, Held chosen) {
        ViewFont.renew(viewer.getTable(), ViewFont.TABLES);
        if (!held.equals(viewer.getInput())) {
            viewer.setInput(held);
        }
        var selection = chosen == null ? StructuredSelection.EMPTY : new StructuredSelection(chosen);
        if (!selection.equals(viewer.getStructuredSelection())) {
            viewer.setSelection(selection, true);
        }
    }

    /** It is a second later. */
    void tick() {
        viewer.refresh(true);
    }

    TableViewer viewer() {
        return viewer;
    }

    private void column(String title, int weight, int least, Function<Held, String> text) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        column.getColumn().setToolTipText(title);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Held) element);
            }

            @Override
            public String getToolTipText(Object element) {
                return CutText.of(viewer.getTable(), false, column.getColumn().getWidth(), getText(element));
            }
        });
        widths.add(new int[] { weight, least });
    }

    private void widen(double times) {
        for (var i = 0; i < widths.size(); i++) {
            layout.setColumnData(viewer.getTable().getColumn(i),
                    new ColumnWeightData(widths.get(i)[0], (int) Math.round(widths.get(i)[1] * times)));
        }
        layout(true);
    }
}
