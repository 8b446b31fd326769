package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes an expression of what people type into a filter without thinking of expressions: plain words, which occur in
 * the event's line, and {@code name:value} for a variable, such as {@code session:2 folder:Work}.
 */
public final class PlainText {
    private static final Set<String> OPERATORS = Set.of("==", "!=", "=~", "!~", "=^", "!^", "=$", "!$", "&&", "||",
            "<=", ">=");

    private PlainText() {
    }

    /** Reads a filter's text: an expression as such, plain words as the expression they stand for. */
    public static Expression.Parsed parse(String text) {
        return Expression.parse(isPlain(text) ? expression(text) : text);
    }

    /** True when the text is plain words; false when it is an expression, or is meant to be one. */
    public static boolean isPlain(String text) {
        var tokens = Lexer.tokens(text);
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
            if (OPERATORS.contains(token.text())
                    || token.kind() == Token.Kind.NAME && next != null && next.from() == token.to() && next.is("(")
                            && Function.named(token.text()).isPresent()
                    || token.kind() == Token.Kind.NAME && next != null && Variable.named(token.text()).isPresent()
                            && (next.is("=") || next.is("<") || next.is(">"))) {
                return false;
            }
        }
        return text.length() > Expression.LONGEST || !(Expression.parse(text) instanceof Expression.Right);
    }

    /** The text as an expression writes it. */
    public static String quoted(String text) {
        var out = new StringBuilder("'");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('\'').toString();
    }

    private static String expression(String text) {
        var parts = new ArrayList<String>();
        var words = new ArrayList<String>();
        for (var word : text.strip().split("\\s+")) {
            var field = field(word);
            (field.isEmpty() ? words : parts).add(field.isEmpty() ? word : field);
        }
        if (!words.isEmpty()) {
            // Without fields, the words are looked for as they stand.
            parts.add("contains(line, " + quoted(parts.isEmpty() ? text.strip() : String.join(" ", words)) + ")");
        }
        return String.join(" && ", parts);
    }

    private static String field(String word) {
        var colon = word.indexOf(':');
        if (colon <= 0 || colon == word.length() - 1) {
            return "";
        }
        var value = word.substring(colon + 1);
        return Variable.named(word.substring(0, colon)).map(variable -> variable.written() + " == "
                + (List.of(Type.NUMBER, Type.NUMBERS).contains(variable.type()) ? value : quoted(value)))
                .filter(part -> Expression.parse(part) instanceof Expression.Right).orElse("");
    }
}
