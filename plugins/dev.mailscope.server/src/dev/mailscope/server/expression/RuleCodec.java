package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Saved filters and colouring rules as text, for preferences and for people who hand them to each other: a line each,
 * its fields separated by tabs, a backslash before what is not itself ({@code \t \n \r \\}). The first line says what
 * it is.
 */
public final class RuleCodec {
    private static final String FILTERS = "mailscope filters 1";
    private static final String COLOURS = "mailscope colours 1";

    private RuleCodec() {
    }

    /** The filters as text. */
    public static String writeFilters(List<SavedFilter> filters) {
        return write(FILTERS, filters.stream().map(f -> List.of(f.name(), f.expression())).toList());
    }

    /** The rules as text. */
    public static String writeColours(List<ColouringRule> rules) {
        return write(COLOURS, rules.stream().map(r -> List.of(r.name(), r.expression(), r.colour(),
                Boolean.toString(r.enabled()))).toList());
    }

    /**
     * Filters from text; none from empty text.
     *
     * @throws IllegalArgumentException saying in which line it is something else
     */
    public static List<SavedFilter> readFilters(String text) {
        var filters = new ArrayList<SavedFilter>();
        for (var line : read(FILTERS, text, 2)) {
            filters.add(new SavedFilter(line.get(0), line.get(1)));
        }
        return List.copyOf(filters);
    }

    /**
     * Rules from text; none from empty text.
     *
     * @throws IllegalArgumentException saying in which line it is something else
     */
    public static List<ColouringRule> readColours(String text) {
        var rules = new ArrayList<ColouringRule>();
        for (var line : read(COLOURS, text, 4)) {
            var number = rules.size() + 2;
            if (!line.get(3).equals("true") && !line.get(3).equals("false")) {
                throw new IllegalArgumentException("Line " + number + " says \"" + line.get(3)
                        + "\", which is neither true nor false.");
            }
            if (line.get(2).isBlank()) {
                throw new IllegalArgumentException("Line " + number + " names no colour.");
            }
            rules.add(new ColouringRule(line.get(0), line.get(1), line.get(2), Boolean.parseBoolean(line.get(3))));
        }
        return List.copyOf(rules);
    }

    static String write(String title, List<List<String>> lines) {
        var out = new StringBuilder(title).append('\n');
        for (var line : lines) {
            out.append(String.join("\t", line.stream().map(RuleCodec::escaped).toList())).append('\n');
        }
        return out.toString();
    }

    static List<List<String>> read(String title, String text, int fields) {
        if (text.isBlank()) {
            return List.of();
        }
        var lines = text.lines().toList();
        if (!lines.getFirst().equals(title)) {
            throw new IllegalArgumentException("Line 1 must be \"" + title + "\".");
        }
        var found = new ArrayList<List<String>>();
        for (var i = 1; i < lines.size(); i++) {
            var number = i + 1;
            var line = List.of(lines.get(i).split("\t", -1)).stream().map(field -> unescaped(field, number)).toList();
            if (line.size() != fields || line.getFirst().isBlank()) {
                throw new IllegalArgumentException("Line " + number + " must have " + fields
                        + " fields, separated by tabs, the first one a name.");
            }
            found.add(line);
        }
        return found;
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String field, int line) {
        var out = new StringBuilder();
        for (var i = 0; i < field.length(); i++) {
            var c = field.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            out.append(switch (++i < field.length() ? field.charAt(i) : ' ') {
                case 't' -> '\t';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case '\\' -> '\\';
                default -> throw new IllegalArgumentException("Line " + line
                        + " has a backslash before something that needs none.");
            });
        }
        return out.toString();
    }
}
