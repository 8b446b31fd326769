package dev.mailscope.ui.trace;

/** What a table of events says, for tests of other packages. On the UI thread. */
public final class TableTexts {
    private TableTexts() {
    }

    /** The cell that says what happened; empty while it is fetched. */
    public static String what(EventTable table, int row) {
        var found = table.rows().row(row);
        return found == null ? "" : found.cells().get(TraceColumn.WHAT.ordinal());
    }

    /** What is said under the mouse; null for nothing. */
    public static String hint(EventTable table, int row) {
        return table.cutText(row, TraceColumn.WHAT.ordinal());
    }
}
