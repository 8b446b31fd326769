package dev.mailscope.lab.pack;

/**
 * Something that is wrong with a lab.
 *
 * @param line   the line it is on, from 1
 * @param column where on the line, from 1; 0 for the whole line
 * @param length how many characters are meant; 0 for all from there on
 * @param text   what is wrong, in words
 */
public record Problem(int line, int column, int length, String text) implements Comparable<Problem> {
    /** A problem of a line as a whole. */
    public static Problem of(int line, String text) {
        return new Problem(line, 0, 0, text);
    }

    @Override
    public int compareTo(Problem other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return "line " + line + (column > 0 ? ", column " + column : "") + ": " + text;
    }
}
