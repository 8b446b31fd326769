package dev.mailscope.server.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring events that tell responses of one command, made in one go: each is an event of its own, which is made
 * when somebody asks for it. The columns are those of {@link TraceEvent}. Immutable.
 *
 * @param first the number of the first event
 * @param from  which of the responses it tells, from 0
 * @param to    the response behind the last one
 */
record Run(long first, long time, long session, String protocol, long cause, String phase, String folder,
        String command, Responses responses, int from, int to) {
    private static final int BASE = 256;
    // What each response takes beside its octets, here and in the window.
    private static final int EACH = 8;

    /** How many events it is. */
    int count() {
        return to - from;
    }

    /** The number of the last event. */
    long last() {
        return first + count() - 1;
    }

    /** The part of it that is within those numbers, of which there is some. */
    Run within(long least, long most) {
        if (least <= first && most >= last()) {
            return this;
        }
        var begin = Math.max(least, first);
        return new Run(begin, time, session, protocol, cause, phase, folder, command, responses,
                from + (int) (begin - first), from + (int) (Math.min(most, last()) - first) + 1);
    }

    /** The number of the last event of what is an event or a run. */
    static long last(Object entry) {
        return entry instanceof Run run ? run.last() : ((TraceEvent) entry).number();
    }

    /** The events that these are, each an event or a run. */
    static List<TraceEvent> events(List<Object> entries) {
        var events = new ArrayList<TraceEvent>(entries.size());
        for (var entry : entries) {
            if (entry instanceof Run run) {
                for (var number = run.first; number <= run.last(); number++) {
                    events.add(run.event(number));
                }
            } else {
                events.add((TraceEvent) entry);
            }
        }
        return events;
    }

    /** The event of that number, which is one of these. */
    TraceEvent event(long number) {
        return new TraceEvent(number, time, session, protocol, cause, phase, folder, command,
                new What.Response(responses.octets(from + (int) (number - first))));
    }

    /** How much memory it keeps from being freed, in octets and roughly. */
    long weight() {
        var own = responses.isRepeated() ? 0 : responses.start(to) - responses.start(from);
        return BASE + (long) EACH * count() + own;
    }
}
