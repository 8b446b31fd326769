package dev.mailscope.server.expression;

/**
 * Something that may come next in an expression.
 *
 * @param kind        what it is
 * @param text        what is put in
 * @param label       what is offered
 * @param explanation what it is, in some words; may be empty
 * @param from        the offset of the first character it replaces
 * @param to          the offset behind the last character it replaces
 */
public record Proposal(Kind kind, String text, String label, String explanation, int from, int to) {
    /** What a proposal is. */
    public enum Kind {
        /** A {@link Variable}. */
        VARIABLE,
        /** A {@link Function}. */
        FUNCTION,
        /** A {@link Property}. */
        PROPERTY,
        /** Stands between two operands. */
        OPERATOR,
        /** A value, known from the recording or by what the variable is. */
        VALUE
    }

    /** The expression with it in. */
    public String applyTo(String expression) {
        return expression.substring(0, from) + text + expression.substring(to);
    }

    /** Where the caret stands afterwards: in a function's brackets when they are empty. */
    public int caret() {
        return from + text.length() - (kind == Kind.FUNCTION ? 1 : 0);
    }
}
