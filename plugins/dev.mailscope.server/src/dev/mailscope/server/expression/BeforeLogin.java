package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * The events of sessions in which nobody had logged in when a filter looked at them: once somebody logs in, the filter
 * is to look at them again. Takes events in their order. A session has one user: no client can log in twice.
 */
final class BeforeLogin {
    /**
     * What a login changes of the events before it.
     *
     * @param pass   those that pass now, in order
     * @param passed the numbers of those that had passed and no longer do
     */
    record Change(List<TraceEvent> pass, List<Long> passed) {
        static final Change NONE = new Change(List.of(), List.of());
    }

    /** A session's events by their numbers: those that have passed, and the others. */
    private record Undecided(List<Long> passed, List<Long> others) {
        Undecided() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Recording recording;
    private final Predicate<TraceEvent> filter;
    private final Map<Long, Undecided> sessions = new HashMap<>();

    /** Of that recording; the filter is for this alone. */
    BeforeLogin(Recording recording, Predicate<TraceEvent> filter) {
        this.recording = recording;
        this.filter = filter;
    }

    /** The first event comes next: sessions may be open whose beginning is no longer kept. */
    void begin(long first) {
        try {
            recording.at(first - 1).sessions().forEach((number, session) -> {
                if (session.user().isEmpty()) {
                    sessions.put(number, new Undecided());
                }
            });
        } catch (IllegalArgumentException e) {
            // What leads there is damaged, and only sessions that begin later are known; or it has just been dropped.
            var later = recording.first();
            if (later > first) {
                begin(later);
            }
        }
    }

    /** Notes the next event, and whether it has passed. */
    Change after(TraceEvent event, boolean passed) {
        switch (event.what()) {
            case What.Connected connected -> sessions.put(event.session(), new Undecided());
            case What.Closed closed -> sessions.remove(event.session());
            case What.PhaseChanged(var from, var to, var user) when !user.isEmpty() -> {
                return again(sessions.remove(event.session()));
            }
            case What other -> {
                // it says nothing of who logs in
            }
        }
        var undecided = sessions.get(event.session());
        if (undecided != null) {
            (passed ? undecided.passed() : undecided.others()).add(event.number());
        }
        return Change.NONE;
    }

    private Change again(Undecided undecided) {
        if (undecided == null) {
            return Change.NONE;
        }
        var pass = new ArrayList<TraceEvent>();
        for (var number : undecided.others()) {
            var event = recording.event(number);
            if (event != null && filter.test(event)) {
                pass.add(event);
            }
        }
        return new Change(pass, undecided.passed().stream().filter(number -> {
            var event = recording.event(number);
            return event != null && !filter.test(event);
        }).toList());
    }
}
