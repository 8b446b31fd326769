package dev.mailscope.ui;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The widths, in pixels, of columns that share a room. Each is as wide as is usual; where there is not room enough all
 * give way, down to the least at which they still say something. A column that the user has made as wide as he likes
 * it stays so.
 */
public final class Widths {
    private static final int LEAST_OF_ALL = 24;

    private final int[] usual;
    private final int[] least;
    private final boolean[] chosen;
    private final int[] now;
    private double scale = 1;
    private int room = Integer.MAX_VALUE;

    /** Columns with these usual and least widths, for a font of the usual size. */
    public Widths(int[] usual, int[] least) {
        this.usual = usual.clone();
        this.least = least.clone();
        this.chosen = new boolean[usual.length];
        this.now = usual.clone();
    }

    /** How many columns there are. */
    public int count() {
        return now.length;
    }

    /** How wide a column is now. */
    public int at(int column) {
        return now[column];
    }

    /** How wide the columns before that one are together. */
    public int before(int column) {
        return Arrays.stream(now, 0, column).sum();
    }

    /** Shares that room. */
    public void fit(int pixels) {
        room = pixels;
        for (var i = 0; i < now.length; i++) {
            now[i] = scaled(usual[i]);
        }
        var missing = before(now.length) - room;
        var spare = IntStream.range(0, now.length).mapToLong(this::spare).sum();
        if (missing > 0 && spare > 0) {
            for (var i = 0; i < now.length; i++) {
                now[i] -= (int) Math.min(spare(i), (missing * spare(i) + spare - 1) / spare);
            }
        }
    }

    /** The user makes a column wider or narrower. */
    public void choose(int column, int pixels) {
        usual[column] = (int) Math.round(Math.max(LEAST_OF_ALL, pixels) / scale);
        chosen[column] = true;
        fit(room);
    }

    /** Makes all columns so many times as wide as they would be with a font of the usual size. */
    public void scale(double times) {
        scale = times;
        fit(room);
    }

    /** What the user has chosen, for the next start: the width of each column with a font of the usual size, or 0. */
    public String save() {
        return IntStream.range(0, now.length).mapToObj(i -> chosen[i] ? Integer.toString(usual[i]) : "0")
                .collect(Collectors.joining(","));
    }

    /** Takes what {@link #save} gave; keeps its own when the text is null or not of that form. */
    public void restore(String text) {
        var parts = text == null ? new String[0] : text.split(",");
        if (parts.length == now.length && Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,5}"))) {
            for (var i = 0; i < parts.length; i++) {
                var width = Integer.parseInt(parts[i]);
                if (width > 0) {
                    usual[i] = Math.max(LEAST_OF_ALL, width);
                    chosen[i] = true;
                }
            }
            fit(room);
        }
    }

    private long spare(int column) {
        return chosen[column] ? 0 : Math.max(0, scaled(usual[column]) - scaled(least[column]));
    }

    private int scaled(int width) {
        return (int) Math.round(width * scale);
    }
}
