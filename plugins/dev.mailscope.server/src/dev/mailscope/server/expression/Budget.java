package dev.mailscope.server.expression;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The time an expression has for one event, looked at every few steps, and whether somebody has given up on it. */
final class Budget {
    private static final int STEPS = 1 << 10;

    private final Duration most;
    private final BooleanSupplier cancelled;
    private int steps;
    private long started;
    private boolean running;
    private long event;

    Budget(Duration most, BooleanSupplier cancelled) {
        this.most = most;
        this.cancelled = cancelled;
    }

    /** From now on it is about that event, with all the time anew. */
    void begin(long number) {
        event = number;
        running = false;
        steps = 0;
    }

    /** Something was done. EvaluationException when it has been too much. */
    void step() {
        if (++steps >= STEPS) {
            steps = 0;
            check();
        }
    }

    /** EvaluationException when somebody has given up on it, however long it has taken. */
    void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new EvaluationException("The expression was cancelled at event " + event + ".");
        }
    }

    /** Many things were done at once, or are about to be. */
    void check() {
        checkCancelled();
        var now = System.nanoTime();
        if (!running) {
            running = true;
            started = now;
        } else if (now - started > most.toNanos()) {
            throw new EvaluationException("The expression was ended at event " + event + ": it took longer than "
                    + (most.toMillis() < 1_000 ? most.toMillis() + " milliseconds" : most.toSeconds() + " seconds")
                    + ".");
        }
    }

    /** The text for a regular expression that may look at each of its characters very often. */
    CharSequence watched(String text) {
        return new Watched(text);
    }

    private final class Watched implements CharSequence {
        private final String text;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            step();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
