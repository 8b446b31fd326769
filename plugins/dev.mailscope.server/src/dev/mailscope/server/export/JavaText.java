package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java expression for a text.
 *
 * @param text     the expression
 * @param literals how many string literals are in it
 */
record JavaText(String text, int literals) {
    private static final int LINES = 400;
    private static final int PIECE = 12_000;

    /** A text as one literal; nothing in it means anything but itself. */
    static String literal(String text) {
        var out = new StringBuilder(text.length() + 16).append('"');
        text.chars().forEach(c -> escape(out, (char) c));
        return out.append('"').toString();
    }

    /** Octets, as {@link Marked} makes them, as one literal in which names stand for values. */
    static String template(CharSequence marked) {
        var out = new StringBuilder(marked.length() + 16).append('"');
        for (var i = 0; i < marked.length(); i++) {
            var c = marked.charAt(i);
            var octet = Marked.octet(marked, i);
            if (c == Marked.SECRET) {
                out.append("${...}");
            } else if (c >= Marked.VALUE && octet == '.' && i + 2 < marked.length()
                    && Marked.value("...").contentEquals(marked.subSequence(i, i + 3))) {
                out.append("${...}");
                i += 2;
            } else if (c < Marked.VALUE && octet == '$' && i + 1 < marked.length()
                    && Marked.octet(marked, i + 1) == '{') {
                out.append("${$}");
            } else {
                escape(out, octet);
            }
        }
        return out.append('"').toString();
    }

    /** The same, line by line when there are several, and in pieces that are no literal too long. */
    static JavaText octets(String marked) {
        return joined(pieces(marked).stream().map(JavaText::template).toList());
    }

    /** A mail's octets, in which nothing stands for anything else. */
    static JavaText mail(byte[] octets) {
        return joined(pieces(new String(octets, StandardCharsets.ISO_8859_1)).stream().map(JavaText::literal).toList());
    }

    private static JavaText joined(List<String> literals) {
        return literals.size() == 1 ? new JavaText(literals.getFirst(), 1) : new JavaText("octets(\n                "
                + String.join(",\n                ", literals) + ")", literals.size());
    }

    private static List<String> pieces(String text) {
        var lines = new ArrayList<String>();
        for (var from = 0; from < text.length();) {
            var end = Marked.lineEnd(text, from);
            var to = end < 0 ? text.length() : end + 2;
            lines.add(text.substring(from, to));
            from = to;
        }
        if (lines.size() <= LINES && lines.stream().allMatch(line -> line.length() <= PIECE)) {
            return lines.isEmpty() ? List.of("") : lines;
        }
        var pieces = new ArrayList<String>();
        for (var from = 0; from < text.length();) {
            var to = Math.min(text.length(), from + PIECE);
            while (to < text.length() && text.charAt(to - 1) >= Marked.VALUE) {
                to++; // a name stays whole
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** Words that end no comment and escape nothing. */
    static String comment(String words) {
        return words.replaceAll("[^\\x20-\\x7E]", "?").replace('\\', '/');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            case '"' -> out.append("\\\"");
            default -> {
                if (c < 0x20 || c >= 0x7F) {
                    out.append(String.format("\\u%04X", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
