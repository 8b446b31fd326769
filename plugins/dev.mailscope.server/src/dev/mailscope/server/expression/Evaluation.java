package dev.mailscope.server.expression;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * An expression at work on one recording. Asked of events in their order, it looks at each once, whatever functions it
 * uses; asked of an earlier one, it begins anew. For one thread at a time.
 */
public final class Evaluation implements Predicate<TraceEvent> {
    /** The time an expression has for one event, unless told otherwise. */
    public static final Duration USUAL = Duration.ofSeconds(5);

    private final Predicate<Scope> code;
    private final Scope scope;

    Evaluation(Predicate<Scope> code, int pasts, Recording recording, Duration most, BooleanSupplier cancelled) {
        this.code = code;
        this.scope = new Scope(recording, new Budget(most, cancelled), pasts);
    }

    /**
     * True when it is so at that event. One whose number the recording has not reached, or that has none, is about to
     * happen: the state is then the one before it.
     *
     * @throws EvaluationException saying why, when it takes too long, is cancelled, or has no answer
     */
    @Override
    public boolean test(TraceEvent event) {
        scope.budget().begin(event.number());
        scope.at(event);
        return test("event " + event.number());
    }

    /** The same of what is about to pass a stop, for which that event stands. */
    boolean test(TraceEvent event, Passing passing) {
        scope.budget().begin(event.number());
        scope.at(event, passing);
        return test("what passes " + passing.stop().words());
    }

    private boolean test(String where) {
        try {
            return code.test(scope);
        } catch (ArithmeticException e) {
            throw new EvaluationException("The expression has no answer at " + where + ": " + e.getMessage() + ".");
        } catch (StackOverflowError e) {
            throw new EvaluationException("The expression was ended at " + where
                    + ": its regular expression needs too much memory for this text.");
        }
    }
}
