package dev.mailscope.server.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts an expression into its pieces, and finds what is wrong with their order. This goes before JEXL's parser for two
 * reasons: it can say what is wrong at the character, and it keeps from the parser what would take it for ever (nested
 * braces) or what has no place here (templates, pragmas, comments).
 */
final class Lexer {
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "=~", "!~", "=^", "!^", "=$", "!$",
            "&&", "||", "<", ">", "+", "*", "/", "%", "=");
    private static final Set<String> BINARY_WORDS = Set.of("and", "or");
    // JEXL's parser goes down several methods for each level.
    private static final int DEEPEST = 40;

    private Lexer() {
    }

    /** All pieces, those that are wrong included; white space is in none. */
    static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        for (var at = 0; at < text.length();) {
            var c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            var token = token(text, at, c);
            tokens.add(token);
            at = token.to();
        }
        return tokens;
    }

    /** Throws {@link WrongExpression} when these cannot be the pieces of an expression of that length. */
    static void check(List<Token> tokens, int end) {
        var open = new ArrayDeque<Token>();
        Token before = null;
        var prefixes = 0;
        for (var token : tokens) {
            checkAlone(token);
            checkOrder(before, token);
            prefixes = token.kind() == Token.Kind.PREFIX || token.kind() == Token.Kind.MINUS ? prefixes + 1 : 0;
            switch (token.kind()) {
                case OPEN -> open.push(token);
                case CLOSE -> close(open, token);
                case NAME, NUMBER, STRING, BINARY, PREFIX, MINUS, DOT, COMMA, UNCLOSED, WRONG -> {
                }
            }
            if (open.size() > DEEPEST || prefixes > DEEPEST) {
                throw new WrongExpression("This is nested too deeply; " + DEEPEST + " levels are the most", token);
            }
            before = token;
        }
        if (!open.isEmpty()) {
            throw new WrongExpression("This bracket is never closed", open.peek());
        }
        if (before != null && !before.endsOperand()) {
            throw new WrongExpression("Something is missing after \"" + before.text() + "\"", end, 1);
        }
    }

    private static Token token(String text, int at, char c) {
        if (c == '\'' || c == '"') {
            return string(text, at, c);
        }
        if (isNameStart(c)) {
            var end = at + 1;
            while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
                end++;
            }
            var word = text.substring(at, end);
            return new Token(BINARY_WORDS.contains(word) ? Token.Kind.BINARY
                    : word.equals("not") ? Token.Kind.PREFIX : Token.Kind.NAME, word, at);
        }
        if (isDigit(c)) {
            var end = at + 1;
            while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
                end++;
            }
            return new Token(Token.Kind.NUMBER, text.substring(at, end), at);
        }
        for (var operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return new Token(Token.Kind.BINARY, operator, at);
            }
        }
        return new Token(switch (c) {
            case '!' -> Token.Kind.PREFIX;
            case '-' -> Token.Kind.MINUS;
            case '.' -> Token.Kind.DOT;
            case ',' -> Token.Kind.COMMA;
            case '(', '[' -> Token.Kind.OPEN;
            case ')', ']' -> Token.Kind.CLOSE;
            default -> Token.Kind.WRONG;
        }, text.substring(at, at + Character.charCount(text.codePointAt(at))), at);
    }

    private static Token string(String text, int at, char quote) {
        for (var i = at + 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                return new Token(Token.Kind.STRING, text.substring(at, i + 1), at);
            }
        }
        return new Token(Token.Kind.UNCLOSED, text.substring(at), at);
    }

    private static void checkAlone(Token token) {
        var text = token.text();
        switch (token.kind()) {
            case UNCLOSED -> throw new WrongExpression("This text is never closed: its second " + text.charAt(0)
                    + " is missing", token);
            case WRONG -> throw new WrongExpression(text.equals("{") || text.equals("}")
                    ? "There are no braces in an expression; a list is written ['a', 'b']"
                    : "There is no " + shown(text) + " in an expression, other than in text", token);
            case NUMBER -> {
                if (!text.chars().allMatch(c -> isDigit((char) c)) || text.length() > 1 && text.startsWith("0")) {
                    throw new WrongExpression("\"" + text + "\" is no number: a number has decimal digits alone, and"
                            + " begins with no 0", token);
                }
                if (text.length() > 18) {
                    throw new WrongExpression("This number is too large; 18 digits are the most", token);
                }
            }
            case BINARY -> {
                if (token.is("=")) {
                    throw new WrongExpression("Nothing can be assigned; to compare, write ==", token);
                }
            }
            case STRING -> checkString(token);
            case NAME, PREFIX, MINUS, DOT, COMMA, OPEN, CLOSE -> {
            }
        }
    }

    private static void checkString(Token token) {
        for (var i = 0; i < token.length(); i++) {
            if (Character.isISOControl(token.text().charAt(i))) {
                throw new WrongExpression("In text, a line end is written \\n, a tab \\t and any other control"
                        + " character \\uHHHH", token.from() + i, 1);
            }
        }
    }

    private static String shown(String text) {
        var c = text.codePointAt(0);
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                ? String.format("character U+%04X", c) : "\"" + text + "\"";
    }

    private static void checkOrder(Token before, Token token) {
        var operand = before != null && before.endsOperand();
        switch (token.kind()) {
            case NAME, NUMBER, STRING, PREFIX -> {
                if (operand) {
                    throw new WrongExpression("An operator, such as == or &&, is missing before \"" + token.text()
                            + "\"", token);
                }
                checkAfterDot(before, token);
            }
            case BINARY, COMMA, DOT -> {
                if (!operand) {
                    throw new WrongExpression("Something is missing before \"" + token.text() + "\"", token);
                }
            }
            case OPEN -> {
                if (operand && (before.kind() != Token.Kind.NAME || token.is("["))) {
                    throw new WrongExpression("An operator, such as == or =~, is missing before \"" + token.text()
                            + "\"", token);
                }
                checkAfterDot(before, token);
            }
            case CLOSE -> {
                if (before == null || !operand && before.kind() != Token.Kind.OPEN) {
                    throw new WrongExpression("Something is missing before \"" + token.text() + "\"", token);
                }
            }
            case MINUS -> checkAfterDot(before, token);
            case UNCLOSED, WRONG -> {
            }
        }
    }

    private static void checkAfterDot(Token before, Token token) {
        if (before != null && before.kind() == Token.Kind.DOT && token.kind() != Token.Kind.NAME) {
            throw new WrongExpression("After \".\" comes a name", token);
        }
    }

    private static void close(ArrayDeque<Token> open, Token token) {
        if (open.isEmpty() || open.pop().is("(") != token.is(")")) {
            throw new WrongExpression("This bracket closes none that is open", token);
        }
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
