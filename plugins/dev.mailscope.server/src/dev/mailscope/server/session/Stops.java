package dev.mailscope.server.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Gate;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/**
 * The stops of one conversation, the waiting there, and what a command that takes long has in common with it. Everything but {@link #isWaiting} and {@link #waitedWithin} is
 * called by a thread that has the conversation's turn; whoever waits gives the turn away meanwhile, and whoever takes it
 * finds out here that the session is waiting.
 */
final class Stops {
    // For how long at most a thread gives its turn away before it looks whether others still want it.
    private static final long WAY_NANOS = 1_000_000;

    private final SessionContext context;
    private final Gate gate;
    private final ReentrantLock turn;
    private final Condition changed;
    private volatile Runnable resume = () -> { };
    private volatile boolean waiting;
    // When the last waiting ended, by nanoTime; 0 for never.
    private volatile long waitedUntil;
    private Held held;
    private Decision decision;
    private long event;
    private boolean pushDue;
    // True while a command is in progress that takes long.
    private boolean working;
    private boolean amidAnswer;
    private boolean over;

    Stops(SessionContext context, Gate gate, ReentrantLock turn) {
        this.context = context;
        this.gate = gate;
        this.turn = turn;
        this.changed = turn.newCondition();
    }

    void onResume(Runnable action) {
        resume = action;
    }

    boolean isWaiting() {
        return waiting;
    }

    boolean waitedWithin(long millis) {
        var until = waitedUntil;
        return until != 0 && System.nanoTime() - until < TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** True when something may be stopped there. */
    boolean concern(Stop stop) {
        return gate.stops(context.number(), stop);
    }

    /** True when the session has been ended while it waited: it does and says nothing more. */
    boolean isOver() {
        return over;
    }

    /** True when an answer has been written in part, and the session was ended before the rest. */
    boolean isAmidAnswer() {
        return amidAnswer;
    }

    /** The event of the last decision or fault. */
    long event() {
        return event;
    }

    /** A command takes long: until {@link #worked} nothing is pushed, and the session can be ended meanwhile. */
    void working() {
        working = true;
        waiting = true;
    }

    /** The command that took long is over. */
    void worked() {
        working = false;
        waited();
    }

    /** Lets those have the turn who wait for it. False: one of them has ended the session. */
    boolean giveWay() {
        var interrupted = false;
        while (turn.hasQueuedThreads() && !over) {
            try {
                changed.awaitNanos(WAY_NANOS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !over;
    }

    /** Waits while another thread waits at a stop. */
    void awaitTurn() {
        while (waiting) {
            changed.awaitUninterruptibly();
        }
    }

    /** True when nothing can be pushed now; it will be asked for again. */
    boolean postponesPush() {
        pushDue |= waiting;
        return waiting || over;
    }

    /**
     * What is decided on what passes: held first where it is to be held, and if it goes on then, struck by faults. A
     * delay has passed when this returns, and is a going on. Null: the session has been ended meanwhile.
     */
    Decision at(Stop stop, String command, String tag, Octets shown, Octets octets, long cause) {
        var passing = new Passing(context.number(), context.protocol(), stop, command, tag, context.phase(),
                context.folder(), shown);
        var why = gate.holds(passing);
        event = cause;
        Decision now = Decision.GO_ON;
        if (why.isPresent()) {
            now = pass(hold(new Held(passing, why.get(), cause, octets)));
        }
        if (now instanceof Decision.GoOn) {
            var fault = gate.strikes(passing);
            if (fault.isPresent()) {
                event = context.record(cause,
                        new What.Fault(stop.words(), fault.get().how().words(), fault.get().name()));
                now = pass(fault.get().how());
            }
        }
        return now;
    }

    /** Waits so long in the middle of an answer. False: the session has been ended meanwhile. */
    boolean pauseAmidAnswer(Duration time) {
        amidAnswer = true;
        var goesOn = pause(time);
        amidAnswer = !goesOn;
        return goesOn;
    }

    /** Waits so long before an answer. False: the session has been ended meanwhile. */
    boolean delay(Duration time) {
        return pause(time);
    }

    /** Nothing waits any longer, because the session ends, for that reason in words. */
    void end(String why) {
        if (!waiting || over) {
            return;
        }
        over = true;
        if (held != null) {
            gate.withdraw(held);
            context.record(event, new What.Released(held.stop().words(), "not any more: " + why));
        }
        changed.signalAll();
    }

    /** The session is no more. */
    void closed() {
        over = true;
        gate.closed(context.number());
    }

    private Decision hold(Held what) {
        event = context.record(what.cause(), new What.Held(what.stop().words(), what.why()));
        held = what;
        decision = null;
        waiting = true;
        gate.hold(what, this::decided);
        while (decision == null && !over) {
            changed.awaitUninterruptibly();
        }
        held = null;
        waited();
        if (over) {
            return null;
        }
        event = context.record(event, new What.Released(what.stop().words(), decision.words()));
        return decision;
    }

    private void decided(Decision by) {
        turn.lock();
        try {
            decision = by;
            changed.signalAll();
        } finally {
            turn.unlock();
        }
    }

    private Decision pass(Decision decided) {
        if (decided instanceof Decision.Delay(var time)) {
            return pause(time) ? Decision.GO_ON : null;
        }
        return decided;
    }

    private boolean pause(Duration time) {
        waiting = true;
        try {
            for (var left = nanos(time); left > 0 && !over;) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waited();
        return !over;
    }

    private void waited() {
        waitedUntil = System.nanoTime() | 1;
        waiting = working;
        if (working) {
            return;
        }
        resume.run();
        changed.signalAll();
        if (pushDue) {
            pushDue = false;
            context.wake();
        }
    }

    // More than 292 years are for ever.
    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
