package dev.mailscope.ui;

import java.text.MessageFormat;

/** Texts that count: one event, two events. */
public final class Counted {
    private Counted() {
    }

    /**
     * The text with its values in place. It is a pattern of {@link MessageFormat}: its choices are between singular and
     * plural, its numbers are grouped as is usual in the user's language, and apostrophes are written twice.
     */
    public static String text(String pattern, Object... values) {
        return MessageFormat.format(pattern, values);
    }
}
