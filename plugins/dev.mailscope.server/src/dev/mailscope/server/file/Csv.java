package dev.mailscope.server.file;

import java.util.List;
import java.util.stream.Collectors;

/** Tables for spreadsheets and other programs (RFC 4180). */
public final class Csv {
    private static final String FORMULA = "=+-@";

    private Csv() {
    }

    /** A line with its end: each cell as it is, in quotation marks where it needs them. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** What somebody else wrote, with an apostrophe before it where a spreadsheet would take it for a formula. */
    public static String noFormula(String text) {
        var begun = text.stripLeading();
        return !begun.isEmpty() && FORMULA.indexOf(begun.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return text.matches("(?s).*[\",'\r\n].*") || !text.equals(text.strip())
                ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
