package dev.mailscope.server.expression;

import java.util.Objects;

/**
 * An expression under a name.
 *
 * @param name       how people call it
 * @param expression its text, or plain words as {@link PlainText} reads them; it may be wrong, and says so when used
 */
public record SavedFilter(String name, String expression) {
    /** Checks that it has a name. */
    public SavedFilter {
        Objects.requireNonNull(expression);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A saved filter needs a name.");
        }
    }
}
