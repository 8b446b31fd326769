package dev.mailscope.ui;

import java.text.MessageFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts that count: one event, two events. */
public final class Counted {
    private static final Map<String, MessageFormat> FORMATS = new ConcurrentHashMap<>();

    private Counted() {
    }

    /**
     * The text with its values in place. It is a pattern of {@link MessageFormat}: its choices are between singular and
     * plural, its numbers are grouped as is usual in the user's language, and apostrophes are written twice.
     */
    public static String text(String pattern, Object... values) {
        // A format is used by one thread at a time; a copy costs less than reading the pattern again.
        return ((MessageFormat) FORMATS.computeIfAbsent(pattern, MessageFormat::new).clone()).format(values);
    }
}
