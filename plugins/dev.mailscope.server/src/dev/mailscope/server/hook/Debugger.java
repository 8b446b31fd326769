package dev.mailscope.server.hook;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Step mode, breakpoints and faults of one server: what is set, what is held, and the one door through which what is
 * held goes on. Any thread may use it.
 */
public final class Debugger implements Gate {
    /** Stands for listening, until closed. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** What is set. Immutable. */
    private record Settings(List<Breakpoint> breakpoints, List<Fault> faults, Set<Long> stepping, boolean all) {
        static final Settings NONE = new Settings(List.of(), List.of(), Set.of(), false);

        boolean steps(long session) {
            return all || stepping.contains(session);
        }

        /** The one value for nothing, where nothing is set. */
        Settings normal() {
            return equals(NONE) ? NONE : this;
        }
    }

    private static final System.Logger LOG = System.getLogger(Debugger.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String> remarks;
    private final Map<Held, Consumer<Decision>> held = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Settings settings = Settings.NONE;

    /** Nothing is set; what goes wrong is said there, in a sentence. */
    public Debugger(Consumer<String> remarks) {
        this.remarks = remarks;
    }

    /** What is held now, the longest first. */
    public List<Held> held() {
        lock.lock();
        try {
            return List.copyOf(held.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets it go on by that decision. False when it is not held any more. IllegalArgumentException when that cannot be
     * decided where it is held; then it stays held.
     */
    public boolean release(Held which, Decision decision) {
        var complete = which.complete(decision);
        Consumer<Decision> decided;
        lock.lock();
        try {
            decided = held.remove(which);
        } finally {
            lock.unlock();
        }
        if (decided == null) {
            return false;
        }
        decided.accept(complete);
        tell();
        return true;
    }

    /** Lets all go on that is held now. */
    public void releaseAll() {
        held().forEach(each -> release(each, Decision.GO_ON));
    }

    /** Holds that session at each of its stops from now on, or no longer. What is held stays so. */
    public void step(long session, boolean on) {
        change(s -> {
            var stepping = new TreeSet<>(s.stepping());
            if (on) {
                stepping.add(session);
            } else {
                stepping.remove(session);
            }
            return new Settings(s.breakpoints(), s.faults(), stepping, s.all());
        });
    }

    /** Holds every session, those to come too, at each of its stops from now on, or no longer. What is held stays so. */
    public void stepAll(boolean on) {
        change(s -> new Settings(s.breakpoints(), s.faults(), s.stepping(), on));
    }

    /** True when that session is held at each of its stops. */
    public boolean steps(long session) {
        return settings.steps(session);
    }

    /** Adds a breakpoint. */
    public void add(Breakpoint breakpoint) {
        change(s -> new Settings(with(s.breakpoints(), breakpoint), s.faults(), s.stepping(), s.all()));
    }

    /** Takes a breakpoint out. Does nothing when it is not there. */
    public void remove(Breakpoint breakpoint) {
        change(s -> new Settings(without(s.breakpoints(), breakpoint), s.faults(), s.stepping(), s.all()));
    }

    /** The breakpoints in the order in which they were added. */
    public List<Breakpoint> breakpoints() {
        return settings.breakpoints();
    }

    /** Adds a fault. */
    public void add(Fault fault) {
        change(s -> new Settings(s.breakpoints(), with(s.faults(), fault), s.stepping(), s.all()));
    }

    /** Takes a fault out. False when it is not there. */
    public boolean remove(Fault fault) {
        return change(s -> new Settings(s.breakpoints(), without(s.faults(), fault), s.stepping(), s.all()));
    }

    /** The faults in the order in which they were added. */
    public List<Fault> faults() {
        return settings.faults();
    }

    /**
     * Calls {@code changed} whenever something is held, goes on, or is set differently, until the listening is closed.
     * It is called on the thread that changes it, and must return at once.
     */
    public Listening listen(Runnable changed) {
        // One lambda per listening, so that closing one of two equal ones leaves the other.
        Runnable own = () -> changed.run();
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public boolean stops(long session, Stop stop) {
        var now = settings;
        return now != Settings.NONE && (now.steps(session)
                || now.breakpoints().stream().anyMatch(each -> each.stop() == stop)
                || now.faults().stream().anyMatch(each -> each.stop() == stop));
    }

    @Override
    public Optional<String> holds(Passing passing) {
        var now = settings;
        if (now.steps(passing.session())) {
            return Optional.of("step mode");
        }
        for (var each : now.breakpoints()) {
            if (each.stop() == passing.stop()
                    && fits(each.when(), passing, "breakpoint " + each.name(), () -> remove(each))) {
                return Optional.of("breakpoint " + each.name());
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Fault> strikes(Passing passing) {
        for (var each : settings.faults()) {
            // Of two sessions that a fault fits at once, the one that takes it out has it.
            if (each.stop() == passing.stop()
                    && fits(each.when(), passing, "fault " + each.name(), () -> remove(each))
                    && (!each.once() || remove(each))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    @Override
    public void hold(Held which, Consumer<Decision> decided) {
        lock.lock();
        try {
            held.put(which, decided);
        } finally {
            lock.unlock();
        }
        tell();
    }

    @Override
    public void withdraw(Held which) {
        lock.lock();
        try {
            held.remove(which);
        } finally {
            lock.unlock();
        }
        tell();
    }

    @Override
    public void closed(long session) {
        if (settings.stepping().contains(session)) {
            step(session, false);
        }
    }

    private boolean fits(Predicate<Passing> when, Passing passing, String name, Runnable takeOut) {
        try {
            return when.test(passing);
        } catch (RuntimeException e) {
            takeOut.run();
            remarks.accept("The " + name + " has failed and is taken out: " + e);
            return false;
        }
    }

    private boolean change(UnaryOperator<Settings> change) {
        lock.lock();
        try {
            var next = change.apply(settings).normal();
            if (next.equals(settings)) {
                return false;
            }
            settings = next;
        } finally {
            lock.unlock();
        }
        tell();
        return true;
    }

    private void tell() {
        for (var listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener of the debugger failed", e);
            }
        }
    }

    private static <T> List<T> with(List<T> list, T item) {
        var longer = new ArrayList<>(list);
        longer.add(item);
        return List.copyOf(longer);
    }

    private static <T> List<T> without(List<T> list, T item) {
        var shorter = new ArrayList<>(list);
        shorter.remove(item);
        return List.copyOf(shorter);
    }
}
