package dev.mailscope.server.hook;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * Does something to whatever fits, without holding it.
 *
 * @param name what it is called in the trace
 * @param stop where it strikes
 * @param when true for what it strikes. Asked on the session's own thread; when it fails it is taken out
 * @param how  what it does
 * @param once true when it is taken out after the first time
 */
public record Fault(String name, Stop stop, Predicate<Passing> when, Decision how, boolean once) {
    /** Checks that nothing is missing, and that the decision makes sense at the stop. */
    public Fault {
        Objects.requireNonNull(name);
        Objects.requireNonNull(stop);
        Objects.requireNonNull(when);
        if (!how.fits(stop)) {
            throw new IllegalArgumentException("a fault " + stop.words() + " cannot be: " + how.words());
        }
        if (how instanceof Decision.Replace(var octets) && octets.hasSecret()) {
            throw new IllegalArgumentException("a fault does not know the secrets of what it replaces");
        }
    }
}
