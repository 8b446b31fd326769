package dev.mailscope.server.expression;

/**
 * A piece of an expression's text.
 *
 * @param kind what it is
 * @param text as it is written
 * @param from the offset of its first character
 */
record Token(Kind kind, String text, int from) {
    enum Kind {
        /** A variable, a function, a property, or {@code true} and {@code false}. */
        NAME,
        NUMBER,
        /** Text in quotation marks, these included. */
        STRING,
        /** Stands between two operands. */
        BINARY,
        /** {@code !}, {@code not}: stands before an operand. */
        PREFIX,
        /** Before an operand, or between two. */
        MINUS,
        DOT,
        COMMA,
        /** An opening bracket, round or square. */
        OPEN,
        /** A closing bracket. */
        CLOSE,
        /** Text whose end is missing. */
        UNCLOSED,
        /** A character that no expression has outside text. */
        WRONG
    }

    int length() {
        return text.length();
    }

    /** The offset behind its last character. */
    int to() {
        return from + text.length();
    }

    boolean is(String other) {
        return text.equals(other);
    }

    /** True when an operand may end with it. */
    boolean endsOperand() {
        return kind == Kind.NAME || kind == Kind.NUMBER || kind == Kind.STRING || kind == Kind.CLOSE;
    }
}
