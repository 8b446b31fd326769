package dev.mailscope.server.hook;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /**
     * What is set. Immutable.
     *
     * @param stepping at which stops single sessions are held
     * @param all      at which stops every session is held
     * @param next     the sessions of which the next piece is held
     */
    private record Settings(List<Breakpoint> breakpoints, List<Fault> faults, Map<Long, Set<Stop>> stepping,
            Set<Stop> all, Set<Long> next) {
        static final Settings NONE = new Settings(List.of(), List.of(), Map.of(), Set.of(), Set.of());

        Set<Stop> steps(long session) {
            return stepping.getOrDefault(session, Set.of());
        }

        boolean holds(long session, Stop stop) {
            return all.contains(stop) || next.contains(session) || steps(session).contains(stop);
        }

        Settings with(List<Breakpoint> held, List<Fault> broken) {
            return new Settings(held, broken, stepping, all, next);
        }

        Settings stepping(long session, Set<Stop> stops) {
            var changed = new TreeMap<>(stepping);
            if (stops.isEmpty()) {
                changed.remove(session);
            } else {
                changed.put(session, Set.copyOf(stops));
            }
            return new Settings(breakpoints, faults, Map.copyOf(changed), all, next);
        }

        Settings next(long session, boolean on) {
            var changed = new TreeSet<>(next);
            if (on) {
                changed.add(session);
            } else {
                changed.remove(session);
            }
            return new Settings(breakpoints, faults, stepping, all, Set.copyOf(changed));
        }

        /** The one value for nothing, where nothing is set. */
        Settings normal() {
            return equals(NONE) ? NONE : this;
        }
    }

    private static final Set<Stop> EVERY_STOP = Set.of(Stop.values());
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

    /** Lets it go on as it is, and holds the same session again where it comes to a stop next. False as release. */
    public boolean step(Held which) {
        holdNext(which.session(), true);
        var released = release(which, Decision.GO_ON);
        if (!released) {
            holdNext(which.session(), false);
        }
        return released;
    }

    /** Holds the next piece of that session, at whichever stop it comes to; or no longer waits for it. */
    public void holdNext(long session, boolean on) {
        change(s -> s.next(session, on));
    }

    /** True while the next piece of that session is to be held. */
    public boolean holdsNext(long session) {
        return settings.next().contains(session);
    }

    /** Holds that session at each of its stops from now on, or no longer. What is held stays so. */
    public void step(long session, boolean on) {
        step(session, on ? EVERY_STOP : Set.of());
    }

    /** Holds that session at these stops from now on; none for no longer. What is held stays so. */
    public void step(long session, Set<Stop> stops) {
        change(s -> s.stepping(session, stops));
    }

    /**
     * Holds every session, those to come too, at each of its stops from now on, or no longer. What is held stays so.
     */
    public void stepAll(boolean on) {
        stepAll(on ? EVERY_STOP : Set.of());
    }

    /**
     * Holds every session, those to come too, at these stops from now on; none for no longer. What is held stays so.
     */
    public void stepAll(Set<Stop> stops) {
        var all = Set.copyOf(stops);
        change(s -> new Settings(s.breakpoints(), s.faults(), s.stepping(), all, s.next()));
    }

    /** The stops at which that session is held by step mode of its own. */
    public Set<Stop> steps(long session) {
        return settings.steps(session);
    }

    /** The stops at which every session is held. */
    public Set<Stop> stepsAll() {
        return settings.all();
    }

    /** Adds a breakpoint. */
    public void add(Breakpoint breakpoint) {
        change(s -> s.with(with(s.breakpoints(), breakpoint), s.faults()));
    }

    /** Takes a breakpoint out. False when it is not there. */
    public boolean remove(Breakpoint breakpoint) {
        return change(s -> s.with(without(s.breakpoints(), breakpoint), s.faults()));
    }

    /**
     * Takes some breakpoints and faults out and puts others in, so that nothing passes in between. Those among both go
     * to the end, unless they have been taken out already.
     */
    public void exchange(List<Breakpoint> oldPoints, List<Fault> oldFaults, List<Breakpoint> newPoints,
            List<Fault> newFaults) {
        change(s -> {
            var points = new ArrayList<>(s.breakpoints());
            points.removeAll(oldPoints);
            newPoints.stream().filter(p -> !oldPoints.contains(p) || s.breakpoints().contains(p)).forEach(points::add);
            var broken = new ArrayList<>(s.faults());
            broken.removeAll(oldFaults);
            newFaults.stream().filter(f -> !oldFaults.contains(f) || s.faults().contains(f)).forEach(broken::add);
            return s.with(List.copyOf(points), List.copyOf(broken));
        });
    }

    /** The breakpoints in the order in which they were added. */
    public List<Breakpoint> breakpoints() {
        return settings.breakpoints();
    }

    /** Adds a fault. */
    public void add(Fault fault) {
        change(s -> s.with(s.breakpoints(), with(s.faults(), fault)));
    }

    /** Takes a fault out. False when it is not there. */
    public boolean remove(Fault fault) {
        return change(s -> s.with(s.breakpoints(), without(s.faults(), fault)));
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
        return now != Settings.NONE && (now.holds(session, stop)
                || now.breakpoints().stream().anyMatch(each -> each.stop() == stop)
                || now.faults().stream().anyMatch(each -> each.stop() == stop));
    }

    @Override
    public Optional<String> holds(Passing passing) {
        var now = settings;
        if (now.next().contains(passing.session())) {
            holdNext(passing.session(), false);
            return Optional.of("by hand");
        }
        if (now.holds(passing.session(), passing.stop())) {
            return Optional.of("step mode");
        }
        for (var each : now.breakpoints()) {
            if (each.stop() == passing.stop()
                    && fits(each.when(), passing, "breakpoint " + each.name(), () -> remove(each))
                    && (!each.once() || remove(each))) {
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
        change(s -> s.stepping(session, Set.of()).next(session, false));
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
