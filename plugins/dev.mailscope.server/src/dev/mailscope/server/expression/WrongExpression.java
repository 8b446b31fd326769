package dev.mailscope.server.expression;

/** Carries a problem out of the depths of the parser; never leaves this package. */
final class WrongExpression extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    WrongExpression(String message, int offset, int length) {
        super(message);
        problem = new Problem(message, offset, Math.max(1, length));
    }

    WrongExpression(String message, Token at) {
        this(message, at.from(), at.length());
    }

    Problem problem() {
        return problem;
    }
}
