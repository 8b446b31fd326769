package dev.mailscope.server.expression;

import java.util.Objects;
import java.util.Optional;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Stop;

/**
 * What somebody wants to happen to what passes a stop: a breakpoint, a fault, or both, where a condition holds.
 *
 * @param condition a {@link StopCondition}; empty for everything that passes; it may be wrong, and says so when used
 * @param stop      where
 * @param holds     true when the session is held there
 * @param fault     what is done to it; where it is also held, to what then goes on
 * @param once      true for the next piece that fits alone
 * @param enabled   false for a rule that is kept but not used
 */
public record StopRule(String condition, Stop stop, boolean holds, Optional<Decision> fault, boolean once,
        boolean enabled) {
    /** Checks that it does something, and that this can be done at its stop. */
    public StopRule {
        Objects.requireNonNull(condition);
        Objects.requireNonNull(stop);
        if (!holds && fault.isEmpty()) {
            throw new IllegalArgumentException("a breakpoint holds, a fault does something; this does neither");
        }
        if (fault.filter(Decision.GoOn.class::isInstance).isPresent()) {
            throw new IllegalArgumentException("going on is no fault");
        }
        // What a fault checks, a rule must keep too, or it could never be used.
        fault.ifPresent(how -> new Fault("", stop, passing -> false, how, once));
    }

    /** The same, used or not. */
    public StopRule withEnabled(boolean used) {
        return new StopRule(condition, stop, holds, fault, once, used);
    }

    /** How the trace calls it: by its condition. */
    public String name() {
        return condition.isBlank() ? "everything" : condition.strip();
    }
}
