package dev.mailscope.ui.trace;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of an {@link EventTable}: names and widths. The last one takes the room the others leave. */
public final class EventColumns {
    private static final int LEAST = 24;
    private static final int LEAST_LAST = 260;

    private final List<String> names;
    private final int[] widths;
    private double scale = 1;

    /** Columns with these names and widths in pixels. */
    public EventColumns(List<String> names, int... widths) {
        this.names = List.copyOf(names);
        this.widths = widths.clone();
    }

    /** How many there are. */
    public int count() {
        return widths.length;
    }

    /** The heading of a column. */
    public String name(int column) {
        return names.get(column);
    }

    /** The width of a column in a table that wide. */
    public int width(int column, int tableWidth) {
        return column < widths.length - 1 ? widths[column] : Math.max(LEAST_LAST, tableWidth - fixedWidth());
    }

    /** Where a column begins, from the left edge of the first. */
    public int left(int column) {
        return Arrays.stream(widths, 0, column).sum();
    }

    /** The width of all columns in a table that wide. */
    public int totalWidth(int tableWidth) {
        return Math.max(tableWidth, fixedWidth() + LEAST_LAST);
    }

    /** Makes a column wider or narrower. The last one cannot be: it takes what is left. */
    public void setWidth(int column, int width) {
        widths[column] = Math.max(LEAST, width);
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
        for (var i = 0; i < count() - 1; i++) {
            if (Math.abs(left(i + 1) - x) <= 4) {
                return i;
            }
        }
        return -1;
    }

    /** Makes all columns so many times as wide as they would be with a font of the usual size. */
    public void scale(double times) {
        for (var i = 0; i < widths.length; i++) {
            widths[i] = (int) Math.round(widths[i] * times / scale);
        }
        scale = times;
    }

    /** The widths as text, for the next start; what they would be with a font of the usual size. */
    public String save() {
        return Arrays.stream(widths).mapToObj(width -> Long.toString(Math.round(width / scale)))
                .collect(Collectors.joining(","));
    }

    /** Takes widths that {@link #save} gave; keeps its own when the text is not of that form. */
    public void restore(String text) {
        var parts = text == null ? new String[0] : text.split(",");
        if (parts.length == count() && Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,5}"))) {
            for (var i = 0; i < parts.length; i++) {
                setWidth(i, (int) Math.round(Integer.parseInt(parts[i]) * scale));
            }
        }
    }

    /** A row in words: every column that says something, with its heading. */
    public String describe(EventTable.Row row) {
        return IntStream.range(0, count()).filter(i -> !row.cells().get(i).isEmpty())
                .mapToObj(i -> names.get(i) + " " + row.cells().get(i)).collect(Collectors.joining(", "));
    }

    private int fixedWidth() {
        return left(count() - 1);
    }
}
