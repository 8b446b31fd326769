package dev.mailscope.server.expression;

/** An expression that is right has no answer at some event: it takes too long, was cancelled, divides by zero. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message says in words why, and at which event. */
    EvaluationException(String message) {
        super(message);
    }
}
