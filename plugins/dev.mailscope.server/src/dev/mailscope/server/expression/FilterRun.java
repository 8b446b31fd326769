package dev.mailscope.server.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * A filter's way through a recording, from one event to another and later on from there. What can be told of each event
 * by itself is told by several threads at once; what depends on earlier events is told in their order. Either way what
 * passes is handed over in order, as soon as it is known; only where it is asked for a session's user, what came before
 * the login passes, or no longer does, with the login. For one thread at a time.
 */
public final class FilterRun {
    /** Takes what passes, on the thread that runs the filter. */
    public interface Taker {
        /**
         * All events up to that number have been looked at; since the last call, these have passed. In order; the first
         * may have come before the last one of the call before.
         *
         * @param withdrawn the numbers of those that passed in a call before, and do not now that it is known who has
         *                  logged in; in no order
         */
        void passed(long to, List<TraceEvent> events, List<Long> withdrawn);
    }

    /** Events that one thread looks at in one go. */
    private static final int CHUNK = 4_096;
    private static final int MOST_THREADS = 4;

    /** What became of some neighbouring events; the problem is null when all have been looked at. */
    private record Chunk(long to, List<TraceEvent> passed, List<Long> withdrawn, RuntimeException problem) {
    }

    private final Recording recording;
    private final BooleanSupplier cancelled;
    private final Expression expression;
    // In order, it remembers what it has seen; null when no expression is there to be asked.
    private final Predicate<TraceEvent> inOrder;
    // Null where nothing depends on who logs in later.
    private final BeforeLogin beforeLogin;
    private boolean begun;

    /**
     * A filter at the beginning of a recording. One that is wrong lets nothing through.
     *
     * @param cancelled is asked now and then, by several threads; once it says true, {@link #run} returns
     */
    public FilterRun(Filter filter, Recording recording, BooleanSupplier cancelled) {
        this.recording = recording;
        this.cancelled = cancelled;
        this.expression = filter.expression() instanceof Expression.Right(var right) ? right : null;
        this.inOrder = expression == null ? event -> false : expression.on(recording, Evaluation.USUAL, cancelled);
        this.beforeLogin = expression == null || !expression.asksUser() ? null
                : new BeforeLogin(recording, expression.on(recording, Evaluation.USUAL, cancelled));
    }

    /**
     * Looks at the events from the first to the last of these numbers, as far as they are still kept. Returns when all
     * are looked at, or it was cancelled.
     *
     * @throws EvaluationException saying why, when an event has no answer; what comes before it has been handed over
     */
    public void run(long from, long to, Taker taker) {
        var start = Math.max(from, recording.first());
        if (beforeLogin != null && !begun) {
            beforeLogin.begin(start);
        }
        begun = true;
        var threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        if (threads == 1 || to - start < 2 * CHUNK || expression == null || !expression.isOfEventAlone()) {
            for (var next = start; next <= to && !cancelled.getAsBoolean(); next += CHUNK) {
                take(chunk(next, to, inOrder), taker);
            }
            return;
        }
        var factory = Thread.ofPlatform().daemon().name("Mailscope filter ", 1).factory();
        try (var pool = Executors.newFixedThreadPool(threads, factory)) {
            side(pool, threads, start, to, taker);
        }
    }

    private void side(ExecutorService pool, int threads, long start, long to, Taker taker) {
        var begun = new ArrayDeque<Future<Chunk>>();
        try {
            for (var next = start; (next <= to || !begun.isEmpty()) && !cancelled.getAsBoolean();) {
                if (next <= to && begun.size() < 2 * threads) {
                    var first = next;
                    begun.add(pool.submit(() -> chunk(first, to,
                            expression.on(recording, Evaluation.USUAL, cancelled))));
                    next += CHUNK;
                } else {
                    take(begun.remove().get(), taker);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
        }
    }

    private void take(Chunk chunk, Taker taker) {
        if (chunk.problem() == null || !chunk.passed().isEmpty() || !chunk.withdrawn().isEmpty()) {
            taker.passed(chunk.to(), chunk.passed(), chunk.withdrawn());
        }
        if (chunk.problem() != null && !cancelled.getAsBoolean()) {
            throw chunk.problem();
        }
    }

    private Chunk chunk(long from, long last, Predicate<TraceEvent> filter) {
        var to = Math.min(last, from + CHUNK - 1);
        var passed = new ArrayList<TraceEvent>();
        var withdrawn = new ArrayList<Long>();
        var done = from - 1;
        try {
            for (var event : recording.events(from, (int) (to - from + 1))) {
                if (event.number() > to) {
                    break; // some are damaged or were dropped
                }
                var passes = filter.test(event);
                if (beforeLogin != null) {
                    var change = beforeLogin.after(event, passes);
                    passed.addAll(change.pass());
                    withdrawn.addAll(change.passed());
                }
                if (passes) {
                    passed.add(event);
                }
                done = event.number();
            }
            return chunk(to, passed, withdrawn, null);
        } catch (EvaluationException e) {
            return chunk(done, passed, withdrawn, e);
        }
    }

    private Chunk chunk(long to, List<TraceEvent> passed, List<Long> withdrawn, RuntimeException problem) {
        if (beforeLogin != null) {
            passed.sort(Comparator.comparingLong(TraceEvent::number));
        }
        return new Chunk(to, passed, withdrawn, problem);
    }
}
