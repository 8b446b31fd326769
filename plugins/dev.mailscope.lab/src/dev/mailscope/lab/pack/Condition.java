package dev.mailscope.lab.pack;

import dev.mailscope.server.expression.Expression;

/**
 * What must be so after an event of the trace, in the trace's expression language. The word {@code step} in it stands
 * for the number of the last event before the step, so that {@code number > step} means an event of the step.
 *
 * @param text as it was written, and found right
 */
public record Condition(String text) {
    private static final String STEP = "step";

    /** Something that has a whole number: {@code messages('alice', 'INBOX')}. */
    public record Number(String text) {
        /** That it has that number. */
        public Condition is(long number) {
            return new Condition("(" + text + ") == " + number);
        }

        /** That it has at least that number. */
        public Condition isAtLeast(long number) {
            return new Condition("(" + text + ") >= " + number);
        }
    }

    /** As an expression, in a step that begins after that event. */
    public Expression inStepAfter(long event) {
        return switch (parse(text, event)) {
            case Expression.Right(var expression) -> expression;
            case Expression.Wrong wrong -> throw new IllegalStateException(text + ": " + wrong.problem());
        };
    }

    /** What becomes of that text; the place of what is wrong is one in the text as it was written. */
    static Expression.Parsed parse(String text, long step) {
        return Expression.parse(bound(text, Long.toString(step)));
    }

    /** The text with that number for the word; as long as it was, so that places stay right for short numbers. */
    private static String bound(String text, String number) {
        var out = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote != 0) {
                out.append(c);
                if (c == '\\' && i + 1 < text.length()) {
                    out.append(text.charAt(++i));
                } else if (c == quote) {
                    quote = '\0';
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                out.append(c);
            } else if (text.startsWith(STEP, i) && isWord(text, i)) {
                out.append(number).append(" ".repeat(Math.max(0, STEP.length() - number.length())));
                i += STEP.length() - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isWord(String text, int start) {
        var before = start == 0 ? ' ' : text.charAt(start - 1);
        var after = start + STEP.length() == text.length() ? ' ' : text.charAt(start + STEP.length());
        return !Character.isJavaIdentifierPart(before) && before != '.' && !Character.isJavaIdentifierPart(after);
    }
}
