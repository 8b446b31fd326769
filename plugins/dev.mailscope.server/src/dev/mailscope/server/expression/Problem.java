package dev.mailscope.server.expression;

import java.util.Objects;

/**
 * What is wrong with an expression, and where.
 *
 * @param message in words
 * @param offset  the first wrong character, from 0; the expression's length when something is missing at its end
 * @param length  how many characters are wrong, at least 1
 */
public record Problem(String message, int offset, int length) {
    /** Checks that it says something about some place. */
    public Problem {
        Objects.requireNonNull(message);
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("offset " + offset + ", length " + length);
        }
    }
}
