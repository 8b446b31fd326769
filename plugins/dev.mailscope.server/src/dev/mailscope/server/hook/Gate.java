package dev.mailscope.server.hook;

import java.util.Optional;
import java.util.function.Consumer;

/** What a conversation asks at its stops. Any thread may use it. */
public interface Gate {
    /** Nothing is ever stopped here. */
    Gate OPEN = new Gate() {
        @Override
        public boolean stops(long session, Stop stop) {
            return false;
        }

        @Override
        public Optional<String> holds(Passing passing) {
            return Optional.empty();
        }

        @Override
        public Optional<Fault> strikes(Passing passing) {
            return Optional.empty();
        }

        @Override
        public void hold(Held held, Consumer<Decision> decided) {
            throw new IllegalStateException("nothing is held here");
        }

        @Override
        public void withdraw(Held held) {
            // nothing is held here
        }

        @Override
        public void closed(long session) {
            // nothing is known of it
        }
    };

    /** True when something may be stopped there. Costs one volatile read while nothing is set. */
    boolean stops(long session, Stop stop);

    /** Why this is to be held, in words; empty when it is not. */
    Optional<String> holds(Passing passing);

    /** The fault that strikes this. */
    Optional<Fault> strikes(Passing passing);

    /** This waits for a decision now. {@code decided} gets it, once, on any thread. */
    void hold(Held held, Consumer<Decision> decided);

    /** This waits no longer: its session has ended. */
    void withdraw(Held held);

    /** That session is no more. */
    void closed(long session);
}
