package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A filter's text as conditions that must all hold, so that a menu or a button can add one and take it away again.
 * Plain words are one condition; so is what is joined with {@code ||}.
 */
public final class Conditions {
    private Conditions() {
    }

    /** True when that condition is one of the text's, written alike but for spaces around it. */
    public static boolean has(String text, String condition) {
        return of(text).contains(part(condition));
    }

    /** The text with that condition too; as it is when it has it already. */
    public static String with(String text, String condition) {
        if (text.isBlank()) {
            return condition.strip();
        }
        var parts = new ArrayList<>(of(text));
        if (parts.contains(part(condition))) {
            return text;
        }
        parts.add(part(condition));
        return String.join(" && ", parts);
    }

    /** The text without that condition; as it is when it does not have it. */
    public static String without(String text, String condition) {
        var parts = of(text);
        if (!parts.contains(part(condition))) {
            return text;
        }
        return String.join(" && ", parts.stream().filter(other -> !other.equals(part(condition))).toList());
    }

    // How a condition is written among others.
    private static String part(String condition) {
        return isEither(condition) ? "(" + condition.strip() + ")" : condition.strip();
    }

    // What stands between && outside all brackets.
    private static List<String> of(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        if (PlainText.isPlain(text)) {
            return List.of(PlainText.parse(text) instanceof Expression.Right(var expression) ? expression.text()
                    : text.strip());
        }
        if (isEither(text)) {
            return List.of(part(text));
        }
        var parts = new ArrayList<String>();
        var depth = 0;
        var from = 0;
        for (var token : Lexer.tokens(text)) {
            depth += depthAfter(token);
            if (depth == 0 && token.is("&&")) {
                parts.add(text.substring(from, token.from()).strip());
                from = token.to();
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    // Joined with || outside all brackets.
    private static boolean isEither(String text) {
        var depth = 0;
        for (var token : Lexer.tokens(text)) {
            depth += depthAfter(token);
            if (depth == 0 && token.is("||")) {
                return true;
            }
        }
        return false;
    }

    private static int depthAfter(Token token) {
        return token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
    }
}
