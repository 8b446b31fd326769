package dev.mailscope.ui.debug;

import java.util.List;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.hook.Held;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.TableColumns;
import dev.mailscope.ui.ViewFont;

/** The sessions that are held, a line each, the longest first. */
final class HeldTable extends Composite {
    private final TableViewer viewer;

    HeldTable(Composite parent, Focus focus) {
        super(parent, SWT.NONE);
        viewer = new TableViewer(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER | SWT.V_SCROLL);
        Named.name(viewer.getTable(), Messages.table_name);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        var columns = new TableColumns<Held>(viewer);
        columns.add(Messages.table_session, 14, 64, HeldText::name);
        columns.add(Messages.table_stop, 22, 122, held -> HeldText.stop(held.stop()));
        columns.add(Messages.table_command, 18, 72, HeldText::command);
        columns.add(Messages.table_since, 10, 46, HeldText::since);
        columns.add(Messages.table_phase, 18, 76, held -> held.passing().phase());
        columns.add(Messages.table_folder, 14, 56, held -> held.passing().folder());
        columns.add(Messages.table_why, 26, 90, Held::why);
        columns.followFont();
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
}
