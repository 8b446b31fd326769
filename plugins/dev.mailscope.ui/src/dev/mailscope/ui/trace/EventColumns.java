package dev.mailscope.ui.trace;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.ui.Widths;

/** The columns of an {@link EventTable}: names and widths. The last one takes the room the others leave. */
public final class EventColumns {
    private static final int LEAST_LAST = 200;

    private final List<String> names;
    private final Widths widths;

    /** Columns with these names; with widths for all but the last. */
    public EventColumns(List<String> names, Widths widths) {
        if (names.size() != widths.count() + 1) {
            throw new IllegalArgumentException("the last column has no width of its own");
        }
        this.names = List.copyOf(names);
        this.widths = widths;
    }

    /** How many there are. */
    public int count() {
        return names.size();
    }

    /** The heading of a column. */
    public String name(int column) {
        return names.get(column);
    }

    /** Shares the width of a table. */
    public void fit(int tableWidth) {
        widths.fit(tableWidth - LEAST_LAST);
    }

    /** The width of a column in a table that wide. */
    public int width(int column, int tableWidth) {
        return column < widths.count() ? widths.at(column) : Math.max(LEAST_LAST, tableWidth - left(column));
    }

    /** Where a column begins, from the left edge of the first. */
    public int left(int column) {
        return widths.before(column);
    }

    /** The width of all columns in a table that wide. */
    public int totalWidth(int tableWidth) {
        return Math.max(tableWidth, left(widths.count()) + LEAST_LAST);
    }

    /** Makes a column wider or narrower. The last one cannot be: it takes what is left. */
    public void setWidth(int column, int width) {
        widths.choose(column, width);
    }

    /** The column under that place, -1 for none. */
    public int columnAt(int x) {
        for (var i = count() - 1; i >= 0; i--) {
            if (x >= left(i)) {
                return i;
            }
        }
        return -1;
    }

    /** The column whose right edge is there, give or take a few pixels; -1 for none. */
    public int edgeAt(int x) {
        for (var i = 0; i < widths.count(); i++) {
            if (Math.abs(left(i + 1) - x) <= 4) {
                return i;
            }
        }
        return -1;
    }

    /** Makes all columns so many times as wide as they would be with a font of the usual size. */
    public void scale(double times) {
        widths.scale(times);
    }

    /** The widths the user has chosen as text, for the next start. */
    public String save() {
        return widths.save();
    }

    /** Takes what {@link #save} gave; keeps its own when the text is not of that form. */
    public void restore(String text) {
        widths.restore(text);
    }

    /** A row in words: every column that says something, with its heading; and by which rule it is coloured. */
    public String describe(EventTable.Row row) {
        var words = IntStream.range(0, count()).filter(i -> !row.cells().get(i).isEmpty())
                .mapToObj(i -> names.get(i) + " " + row.cells().get(i)).collect(Collectors.joining(", "));
        return row.rule() == null ? words : words + ", " + NLS.bind(Messages.row_rule, row.rule().name());
    }
}
