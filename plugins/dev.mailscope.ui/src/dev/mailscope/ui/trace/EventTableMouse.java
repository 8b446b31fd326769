package dev.mailscope.ui.trace;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.ui.Literal;

/** What the mouse does in an {@link EventTable}: selects rows, drags the edges of columns, shows cut text and notes. */
final class EventTableMouse {
    private final EventTable table;
    private final EventColumns columns;
    private int dragged = -1;

    EventTableMouse(EventTable table, EventColumns columns) {
        this.table = table;
        this.columns = columns;
        table.addListener(SWT.MouseDown, this::down);
        table.addListener(SWT.MouseUp, event -> dragged = -1);
        table.addListener(SWT.MouseMove, this::move);
        table.addListener(SWT.MouseExit, event -> table.setCursor(null));
    }

    private void down(Event event) {
        table.setFocus();
        if (event.y < table.headerHeight()) {
            dragged = event.button == 1 ? columns.edgeAt(inColumns(event)) : -1;
            return;
        }
        var row = table.rowAt(event.y);
        var extend = (event.stateMask & SWT.SHIFT) != 0;
        // The context menu is about the selection the row under the mouse already belongs to.
        var within = row >= table.selectionStart() && row <= table.selectionEnd();
        if (row >= 0 && (event.button == 1 || !within)) {
            table.userSelects(row, extend);
        }
    }

    private void move(Event event) {
        if (dragged >= 0) {
            columns.setWidth(dragged, inColumns(event) - columns.left(dragged));
            table.rowsChanged();
            return;
        }
        var onEdge = event.y < table.headerHeight() && columns.edgeAt(inColumns(event)) >= 0;
        table.setCursor(onEdge ? table.getDisplay().getSystemCursor(SWT.CURSOR_SIZEWE) : null);
        var row = table.rowAt(event.y);
        var column = columns.columnAt(inColumns(event));
        var text = row < 0 || column < 0 ? null : Literal.text(table.hint(row, column));
        if (text == null ? table.getToolTipText() != null : !text.equals(table.getToolTipText())) {
            table.setToolTipText(text);
        }
    }

    private int inColumns(Event event) {
        return event.x - table.left();
    }
}
