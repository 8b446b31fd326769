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
        private TraceEvent[] events = new TraceEvent[16];
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

        private void add(TraceEvent event, long itsWeight) {
            if (size == events.length) {
                events = Arrays.copyOf(events, size * 2);
            }
            events[size++] = event;
            weight += itsWeight;
        }
    }

    /** Events of one group that nobody has taken before. */
    record Batch(Group group, List<TraceEvent> events, long weight) {
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
        var group = groups.isEmpty() ? null : groups.getLast();
        if (group == null || group.size >= groupEvents || group.weight >= groupWeight) {
            group = new Group(before);
            groups.add(group);
        }
        group.add(event, itsWeight);
        last = event.number();
        events++;
        weight += itsWeight;
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
        return group.events[(int) (number - group.first())];
    }

    /** Adds the events from that number on, which is in here, to a list until it has that many. */
    void copy(long from, int most, List<TraceEvent> into) {
        for (var number = from; number <= last && into.size() < most;) {
            var group = groupOf(number);
            var start = (int) (number - group.first());
            var end = (int) Math.min(group.size, (long) start + most - into.size());
            into.addAll(Arrays.asList(group.events).subList(start, end));
            number = group.first() + end;
        }
    }

    /** The events, in order, that lead from the group's moment to that one, and the group's moment; null: not here. */
    Batch leadingTo(long number) {
        if (groups.isEmpty() || number < first() - 1 || number > last) {
            return null;
        }
        var group = groupOf(Math.max(number, first()));
        var events = Arrays.asList(group.events).subList(0, (int) (number - group.before.number()));
        return new Batch(group, events, 0);
    }

    /** The next events that nobody has taken, all of one group; null when there are none. */
    Batch take() {
        if (taken >= last) {
            return null;
        }
        var group = groupOf(taken + 1);
        var start = (int) (taken + 1 - group.first());
        var batch = new Batch(group, List.copyOf(Arrays.asList(group.events).subList(start, group.size)),
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
