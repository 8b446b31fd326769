package dev.mailscope.server.expression;

import java.util.Objects;

/**
 * Events in a colour of their own. Of several rules the first one that fits counts.
 *
 * @param name       how people call it
 * @param expression its text, or plain words as {@link PlainText} reads them; it may be wrong, and says so when used
 * @param colour     the colour's name, which the views give a value for each theme
 * @param enabled    false for a rule that is kept but not used
 */
public record ColouringRule(String name, String expression, String colour, boolean enabled) {
    /** Checks that it has a name and a colour. */
    public ColouringRule {
        Objects.requireNonNull(expression);
        if (name.isBlank() || colour.isBlank()) {
            throw new IllegalArgumentException("A colouring rule needs a name and a colour.");
        }
    }
}
