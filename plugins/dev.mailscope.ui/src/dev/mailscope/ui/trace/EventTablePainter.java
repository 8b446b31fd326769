package dev.mailscope.ui.trace;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;

import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/** Draws an {@link EventTable}: its header and the rows in sight. */
final class EventTablePainter {
    private static final int PAD = 6;
    private static final String CUT = "…";

    private final EventTable table;
    private final EventColumns columns;
    private final Tones tones;
    private Font bold;

    EventTablePainter(EventTable table, EventColumns columns) {
        this.table = table;
        this.columns = columns;
        this.tones = new Tones(table);
    }

    void dispose() {
        fontChanged();
    }

    void fontChanged() {
        if (bold != null) {
            bold.dispose();
            bold = null;
        }
    }

    void paint(GC gc) {
        var area = table.getClientArea();
        gc.setFont(table.getFont());
        gc.setBackground(tones.background());
        gc.fillRectangle(area);
        var rows = table.rows();
        var y = table.headerHeight();
        for (var i = table.topRow(); i < rows.count() && y < area.height; i++) {
            row(gc, i, rows.row(i), y, area.width);
            y += table.rowHeight();
        }
        if (rows.count() == 0) {
            empty(gc, area.width, area.height);
        }
        header(gc, area.width);
        lines(gc, area.width, Math.min(y, area.height));
    }

    /** The text of a cell when it does not fit into its column, else null. */
    String cutText(int row, int column) {
        var data = table.rows().row(row);
        if (data == null) {
            return null;
        }
        var text = data.cells().get(column);
        var gc = new GC(table);
        try {
            gc.setFont(font(data, column));
            var width = columns.width(column, table.getClientArea().width) - 2 * PAD;
            return gc.textExtent(text, 0).x > width ? text : null;
        } finally {
            gc.dispose();
        }
    }

    private void row(GC gc, int index, EventTable.Row row, int y, int width) {
        var height = table.rowHeight();
        var chosen = index >= table.selectionStart() && index <= table.selectionEnd() && table.selection() >= 0;
        var colours = row == null || chosen ? null : row.colours();
        if (colours != null) {
            gc.setBackground(colours.background());
            gc.fillRectangle(0, y, width, height);
        } else if (chosen) {
            gc.setBackground(tones.selection());
            gc.fillRectangle(0, y, width, height);
        } else if (index % 2 == 1) {
            gc.setBackground(tones.stripe());
            gc.fillRectangle(0, y, width, height);
        }
        if (row == null) {
            gc.setForeground(tones.faint());
            gc.drawText(CUT, table.left() + PAD, y + 2, true);
            return;
        }
        var tone = tones.of(row.tone());
        if (row.tone() != Tone.PLAIN) {
            gc.setBackground(tone);
            gc.fillRectangle(table.left(), y + 1, 3, height - 2);
        }
        var note = table.note(row);
        var marked = 0;
        if (note != null) {
            gc.setBackground(chosen ? tones.selectionText() : tones.of(Tone.PROBLEM));
            marked = mark(gc, y, height, note.isBookmark());
        }
        for (var column = 0; column < columns.count(); column++) {
            gc.setForeground(chosen ? tones.selectionText() : colours != null ? colours.text()
                    : column == TraceColumn.DIRECTION.ordinal() ? tone
                    : column < TraceColumn.SESSION.ordinal() ? tones.faint() : tones.foreground());
            gc.setFont(font(row, column));
            cell(gc, row.cells().get(column), column, y + 2, width,
                    column == TraceColumn.NUMBER.ordinal() ? marked : 0);
        }
        gc.setFont(table.getFont());
        if (index == table.selection() && table.isFocusControl()) {
            gc.drawFocus(0, y, width, height);
        }
    }

    // A ribbon for a bookmark, a page with a folded corner for a note; beside the number, which stands at the right.
    // Gives the width that it takes.
    private int mark(GC gc, int y, int height, boolean bookmark) {
        var x = table.left() + PAD;
        var size = Math.max(8, height / 2);
        var top = y + (height - size) / 2;
        var wide = size * 3 / 4;
        gc.fillPolygon(bookmark
                ? new int[] {x, top, x + wide, top, x + wide, top + size, x + wide / 2, top + size - wide / 2, x,
                    top + size}
                : new int[] {x, top, x + wide / 2, top, x + wide, top + wide / 2, x + wide, top + size, x,
                    top + size});
        return wide + 2;
    }

    private void cell(GC gc, String text, int column, int y, int tableWidth, int taken) {
        var width = columns.width(column, tableWidth) - 2 * PAD - taken;
        if (text.isEmpty() || width <= 0) {
            return;
        }
        var x = table.left() + columns.left(column) + PAD + taken;
        var shown = column == TraceColumn.TIME.ordinal() ? time(gc, text, width) : fit(gc, text, width);
        // Numbers stand at the right edge, so that they line up.
        if (column == TraceColumn.NUMBER.ordinal()) {
            x += width - gc.textExtent(shown, 0).x;
        }
        gc.drawText(shown, x, y, true);
    }

    private void header(GC gc, int width) {
        gc.setBackground(tones.header());
        gc.fillRectangle(0, 0, width, table.headerHeight());
        gc.setForeground(tones.foreground());
        for (var column = 0; column < columns.count(); column++) {
            cell(gc, columns.name(column), column, 4, width, 0);
        }
        gc.setForeground(tones.line());
        gc.drawLine(0, table.headerHeight() - 1, width, table.headerHeight() - 1);
    }

    private void lines(GC gc, int width, int bottom) {
        gc.setForeground(tones.line());
        for (var column = 1; column < columns.count(); column++) {
            var x = table.left() + columns.left(column);
            if (x < width) {
                gc.drawLine(x, 0, x, bottom);
            }
        }
    }

    private void empty(GC gc, int width, int height) {
        gc.setForeground(tones.faint());
        var size = gc.textExtent(table.emptyText());
        gc.drawText(table.emptyText(), Math.max(PAD, (width - size.x) / 2),
                Math.max(table.headerHeight() + PAD, (height - size.y) / 2), true);
    }

    /** In a narrow column a time loses its fraction of a second first. */
    private static String time(GC gc, String text, int width) {
        var fraction = text.indexOf('.');
        return fit(gc, fraction > 0 && gc.textExtent(text, 0).x > width ? text.substring(0, fraction) : text, width);
    }

    private static String fit(GC gc, String text, int width) {
        // Longer than any screen is wide: measuring all of it would take long.
        var whole = text.length() > 2_000 ? text.substring(0, 2_000) + CUT : text;
        if (gc.textExtent(whole, 0).x <= width) {
            return whole;
        }
        var fits = 0;
        var tooLong = whole.length();
        while (tooLong - fits > 1) {
            var middle = (fits + tooLong) >>> 1;
            if (gc.textExtent(whole.substring(0, middle) + CUT, 0).x <= width) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return whole.substring(0, fits) + CUT;
    }

    private Font font(EventTable.Row row, int column) {
        return row.tone() == Tone.CHANGE && column == TraceColumn.WHAT.ordinal() ? bold() : table.getFont();
    }

    private Font bold() {
        if (bold == null) {
            bold = FontDescriptor.createFrom(table.getFont()).setStyle(SWT.BOLD).createFont(table.getDisplay());
        }
        return bold;
    }
}
