package dev.mailscope.server.hook;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * Holds whatever fits.
 *
 * @param name what it is called in the trace, such as its expression
 * @param stop where it holds
 * @param when true for what it holds. Asked on the session's own thread; when it fails it is taken out
 * @param once true when it is taken out after the first time
 */
public record Breakpoint(String name, Stop stop, Predicate<Passing> when, boolean once) {
    /** Holds it every time. */
    public Breakpoint(String name, Stop stop, Predicate<Passing> when) {
        this(name, stop, when, false);
    }

    /** Checks that nothing is missing. */
    public Breakpoint {
        Objects.requireNonNull(name);
        Objects.requireNonNull(stop);
        Objects.requireNonNull(when);
    }
}
