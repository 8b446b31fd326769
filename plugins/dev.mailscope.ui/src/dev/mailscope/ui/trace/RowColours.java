package dev.mailscope.ui.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.filter.ColoursPage;

/**
 * The colouring rules at work on one recording: which of them a row is coloured by. A rule that is wrong is left out,
 * one that has no answer at some event is left out from then on; either is said once. Any thread may ask.
 */
final class RowColours {
    /** The time a rule has for one event. */
    private static final Duration MOST = Duration.ofSeconds(1);

    private record Used(ColouringRule rule, Predicate<TraceEvent> fits) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Used> used = new ArrayList<>();
    private final Consumer<String> problem;
    private volatile boolean closed;

    /**
     * These rules on that recording, in that order.
     *
     * @param problem takes what is wrong with a rule, in words, on any thread
     */
    RowColours(Recording recording, List<ColouringRule> rules, Consumer<String> problem) {
        this.problem = problem;
        for (var rule : rules) {
            if (!rule.enabled()) {
                continue;
            }
            var wrong = ColoursPage.problemOf(rule);
            if (!wrong.isEmpty()) {
                problem.accept(wrong);
            } else if (PlainText.parse(rule.expression()) instanceof Expression.Right(var expression)) {
                used.add(new Used(rule, expression.on(recording, MOST, () -> closed)));
            }
        }
    }

    /** The first rule that the event fits; null for none. */
    ColouringRule of(TraceEvent event) {
        lock.lock();
        try {
            for (Iterator<Used> each = used.iterator(); each.hasNext() && !closed;) {
                var next = each.next();
                try {
                    if (next.fits().test(event)) {
                        return next.rule();
                    }
                } catch (EvaluationException e) {
                    each.remove();
                    if (!closed) {
                        problem.accept(NLS.bind(Messages.rule_ended, next.rule().name(), e.getMessage()));
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is being worked out. */
    void close() {
        closed = true;
    }
}
