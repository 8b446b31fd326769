package dev.mailscope.server.export;

import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * Which events of a recording are taken: a range, of all sessions or of some.
 *
 * @param recording where they are; a live one may grow meanwhile
 * @param first     the number of the first event
 * @param last      the number of the last event, included
 * @param sessions  the sessions' numbers, 0 for the server itself; empty for all
 */
public record Selection(Recording recording, long first, long last, SortedSet<Long> sessions) {
    /** Keeps its own copy of the sessions. IllegalArgumentException when the range ends before it begins. */
    public Selection {
        Objects.requireNonNull(recording);
        sessions = Collections.unmodifiableSortedSet(new TreeSet<>(sessions));
        if (first > last + 1) {
            throw new IllegalArgumentException("the selection ends with event " + last + ", before it begins with "
                    + first);
        }
    }

    /** Every event there is now. */
    public static Selection all(Recording recording) {
        var first = recording.first();
        return new Selection(recording, first, Math.max(recording.last(), first - 1), Collections.emptySortedSet());
    }

    /** The same range, of these sessions alone. */
    public Selection ofSessions(Long... numbers) {
        return new Selection(recording, first, last, new TreeSet<>(Arrays.asList(numbers)));
    }

    /** The same sessions, from one event to another, both included. */
    public Selection range(long from, long to) {
        return new Selection(recording, from, to, sessions);
    }

    /** True when events of that session are taken. */
    public boolean hasSession(long number) {
        return sessions.isEmpty() || sessions.contains(number);
    }

    /** True when that event is taken. */
    public boolean has(TraceEvent event) {
        return event.number() >= first && event.number() <= last && hasSession(event.session());
    }
}
