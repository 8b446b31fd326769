package dev.mailscope.server.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest events, in memory, in groups: each remembers the moment before its first event, so that any moment in here
 * is a short replay away. Whole groups leave. Not safe for several threads: its recording's lock guards it, except that
 * a group's events, once added, never change.
 */
final class Window {
    private static final int GROUP_EVENTS = 1_024;

    /** Neighbouring events and the moment before them. */
    static final class Group {
        final Moment before;
        // Of each event: itself, or the run that it is one of.
        private Object[] events = new Object[16];
        private int size;
        private long weight;

        private Group(Moment before) {
            this.before = before;
        }

        long first() {
            return before.number() + 1;
        }

        long last() {
            return before.number() + size;
        }

        private void add(Object event, int count, long itsWeight) {
            if (events.length - size < count) {
                events = Arrays.copyOf(events, Math.max(events.length * 2, size + count));
            }
            Arrays.fill(events, size, size + count, event);
            size += count;
            weight += itsWeight;
        }

        private TraceEvent get(int index) {
            return Window.event(events[index], first() + index);
        }
    }

    /**
     * Events of one group that nobody has taken before.
     *
     * @param events of each event: itself, or the run that it is one of, and that is here as a whole
     */
    record Batch(Group group, long first, Object[] events, long weight) {
        /** The number of the last event. */
        long last() {
            return first + events.length - 1;
        }
    }

    /**
     * Events in order that lead from a moment to another.
     *
     * @param events of each event: itself, or the run that it is one of
     */
    record Leading(Moment before, Object[] events) {
        /** Where they lead to. */
        Moment moment() {
            var moment = before;
            for (var entry : events) {
                moment = entry instanceof TraceEvent event ? moment.after(event) : moment.at(moment.number() + 1);
            }
            return moment;
        }
    }

    private final List<Group> groups = new ArrayList<>();
    private final int mostEvents;
    private final long mostWeight;
    private final int groupEvents;
    private final long groupWeight;
    private long last;
    private long events;
    private long weight;
    // What has been taken, as the number of the last event and its weight within its group.
    private long taken;
    private long takenWeight;

    Window(RecordingLimits limits) {
        mostEvents = limits.windowEvents();
        mostWeight = limits.windowBytes();
        groupEvents = Math.max(1, Math.min(GROUP_EVENTS, Math.min(limits.segmentEvents(), mostEvents / 4)));
        groupWeight = Math.max(1, mostWeight / 16);
    }

    /** Adds the event that follows that moment. */
    void add(Moment before, TraceEvent event, long itsWeight) {
        open(before).add(event, 1, itsWeight);
        added(1, event.number(), itsWeight);
    }

    /** Adds the run that follows that moment; it has no more events than there is {@link #room}. */
    void add(Moment before, Run run, long itsWeight) {
        open(before).add(run, run.count(), itsWeight);
        added(run.count(), run.first() + run.count() - 1, itsWeight);
    }

    /** How many events a run may have that is added next. */
    int room() {
        return isFull() ? groupEvents : groupEvents - groups.getLast().size;
    }

    private boolean isFull() {
        return groups.isEmpty() || groups.getLast().size >= groupEvents || groups.getLast().weight >= groupWeight;
    }

    private Group open(Moment before) {
        if (isFull()) {
            groups.add(new Group(before));
        }
        return groups.getLast();
    }

    private void added(int count, long number, long itsWeight) {
        last = number;
        events += count;
        weight += itsWeight;
    }

    private static TraceEvent event(Object entry, long number) {
        return entry instanceof Run run ? run.event(number) : (TraceEvent) entry;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The number of the oldest event in here; one more than the last when there is none. */
    long first() {
        return groups.isEmpty() ? last + 1 : groups.getFirst().first();
    }

    /** True when there are more events than there should be. */
    boolean isOverfull() {
        return groups.size() > 1 && (events > mostEvents || weight > mostWeight);
    }

    /** The number of the last event that {@link #dropOldest} would drop. */
    long lastOfOldest() {
        return groups.getFirst().last();
    }

    void dropOldest() {
        var oldest = groups.removeFirst();
        events -= oldest.size;
        weight -= oldest.weight;
    }

    /** An event, or null when it is not in here. */
    TraceEvent get(long number) {
        if (number < first() || number > last) {
            return null;
        }
        var group = groupOf(number);
        return group.get((int) (number - group.first()));
    }

    /** Adds at most so many events from that number on, which is in here, to a list: each, or the run that several are. */
    void copy(long from, int most, List<Object> into) {
        var end = Math.min(last, from + most - 1);
        for (var number = from; number <= end;) {
            var group = groupOf(number);
            while (number <= Math.min(end, group.last())) {
                var entry = group.events[(int) (number - group.first())];
                into.add(entry instanceof Run run ? run.within(number, end) : entry);
                number = Run.last(into.getLast()) + 1;
            }
        }
    }

    /** The moment after that event, told from the events before it; null: it is not here. */
    Leading leadingTo(long number) {
        if (groups.isEmpty() || number < first() - 1 || number > last) {
            return null;
        }
        var group = groupOf(Math.max(number, first()));
        return new Leading(group.before, Arrays.copyOf(group.events, (int) (number - group.before.number())));
    }

    /** The next events that nobody has taken, all of one group; null when there are none. */
    Batch take() {
        if (taken >= last) {
            return null;
        }
        var group = groupOf(taken + 1);
        var start = (int) (taken + 1 - group.first());
        var batch = new Batch(group, taken + 1, Arrays.copyOfRange(group.events, start, group.size),
                group.weight - (start == 0 ? 0 : takenWeight));
        taken = group.last();
        takenWeight = group.weight;
        return batch;
    }

    private Group groupOf(long number) {
        var low = 0;
        var high = groups.size() - 1;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (groups.get(middle).first() <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return groups.get(low);
    }
}
