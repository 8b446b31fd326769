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
 * The events of sessions in which nobody had logged in when a filter looked at them, and which did not pass: once
 * somebody logs in, the filter is to look at them again. Takes events in their order.
 */
final class BeforeLogin {
    private final Recording recording;
    private final Predicate<TraceEvent> filter;
    private final Map<Long, List<Long>> undecided = new HashMap<>();

    /** Of that recording; the filter is for this alone. */
    BeforeLogin(Recording recording, Predicate<TraceEvent> filter) {
        this.recording = recording;
        this.filter = filter;
    }

    /**
     * Notes the next event, and whether it has passed.
     *
     * @return the earlier events of its session that pass now, in order
     */
    List<TraceEvent> after(TraceEvent event, boolean passed) {
        switch (event.what()) {
            case What.Connected connected -> undecided.put(event.session(), new ArrayList<>());
            case What.Closed closed -> undecided.remove(event.session());
            case What.PhaseChanged(var from, var to, var user) when !user.isEmpty() -> {
                return again(undecided.remove(event.session()));
            }
            case What other -> {
                // it says nothing of who logs in
            }
        }
        var waiting = undecided.get(event.session());
        if (waiting != null && !passed) {
            waiting.add(event.number());
        }
        return List.of();
    }

    private List<TraceEvent> again(List<Long> numbers) {
        var pass = new ArrayList<TraceEvent>();
        for (var number : numbers == null ? List.<Long>of() : numbers) {
            var event = recording.event(number);
            if (event != null && filter.test(event)) {
                pass.add(event);
            }
        }
        return pass;
    }
}
