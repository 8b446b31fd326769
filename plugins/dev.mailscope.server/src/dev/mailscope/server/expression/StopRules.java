package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import dev.mailscope.server.hook.Breakpoint;
import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.trace.Recording;

/**
 * The breakpoints and faults of somebody, in a debugger as far as they are enabled and right; each condition is
 * compiled once. What else is set in the debugger stays as it is. Any thread may use it.
 */
public final class StopRules {
    /**
     * How a rule is doing.
     *
     * @param rule    the rule; not enabled any more when it was for one piece, which has come, or has failed
     * @param problem why it is not used, in words; empty when it is, or is not to be
     */
    public record Standing(StopRule rule, String problem) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Debugger debugger;
    private final Recording recording;
    private List<Placed> placed = List.of();

    /** No rules yet, for a server's debugger and its recording. */
    public StopRules(Debugger debugger, Recording recording) {
        this.debugger = debugger;
        this.recording = recording;
    }

    /** Uses these rules instead of those before. What stays the same goes on with what it has counted. */
    public void set(List<StopRule> rules) {
        lock.lock();
        try {
            var old = new ArrayList<>(placed);
            var next = new ArrayList<Placed>();
            for (var rule : rules) {
                var same = old.stream().filter(each -> each.standing().rule().equals(rule)).findFirst();
                same.ifPresent(old::remove);
                next.add(same.orElseGet(() -> new Placed(rule)));
            }
            // All of them anew, since their order counts.
            debugger.exchange(points(placed), faults(placed), points(next), faults(next));
            placed = List.copyOf(next);
        } finally {
            lock.unlock();
        }
    }

    /** The rules in their order, each as it is by now. */
    public List<Standing> standings() {
        lock.lock();
        try {
            return placed.stream().map(Placed::standing).toList();
        } finally {
            lock.unlock();
        }
    }

    private static List<Breakpoint> points(List<Placed> rules) {
        return rules.stream().filter(each -> each.point != null).map(each -> each.point).toList();
    }

    private static List<Fault> faults(List<Placed> rules) {
        return rules.stream().filter(each -> each.fault != null).map(each -> each.fault).toList();
    }

    /** A rule and what stands for it in the debugger. */
    private final class Placed {
        private final StopRule rule;
        private final Breakpoint point;
        private final Fault fault;
        private volatile String problem = "";

        Placed(StopRule rule) {
            this.rule = rule;
            Predicate<Passing> when = rule.enabled() ? compiled() : null;
            var first = new AtomicReference<Passing>();
            Predicate<Passing> holding = rule.once() ? p -> when.test(p) && first.compareAndSet(null, p) : when;
            point = when != null && rule.holds() ? new Breakpoint(rule.name(), rule.stop(), holding, rule.once())
                    : null;
            fault = when == null ? null : rule.fault().map(how -> new Fault(rule.name(), rule.stop(),
                    point != null && rule.once() ? p -> strikes(p, when, first.get()) : when, how, rule.once()))
                    .orElse(null);
        }

        // What is for one piece is done to the one that was held; where something else held it, nothing else is held.
        private boolean strikes(Passing passing, Predicate<Passing> when, Passing first) {
            return first != null ? passing == first : when.test(passing) && debugger.remove(point);
        }

        private Predicate<Passing> compiled() {
            return switch (StopCondition.parse(rule.condition(), rule.stop())) {
                case Expression.Wrong(var wrong) -> {
                    problem = "Character " + (wrong.offset() + 1) + ": " + wrong.message();
                    yield null;
                }
                case Expression.Right(var expression) -> watched(StopCondition.on(expression, recording));
            };
        }

        private Predicate<Passing> watched(Predicate<Passing> when) {
            return passing -> {
                try {
                    return when.test(passing);
                } catch (RuntimeException e) {
                    problem = e.getMessage();
                    throw e;
                }
            };
        }

        /** False when the debugger has taken any of it out. */
        boolean isStanding() {
            return (point == null || debugger.breakpoints().contains(point))
                    && (fault == null || debugger.faults().contains(fault));
        }

        Standing standing() {
            return new Standing(isStanding() ? rule : rule.withEnabled(false), problem);
        }
    }
}
