package dev.mailscope.server.finding;

import java.util.List;

/**
 * Something a client does that it should not.
 *
 * @param rule    what
 * @param session the session's number
 * @param events  the events it is seen in, at least one; it is marked at the last one
 * @param detail  what it is in this case: numbers, names; empty for no more than the rule says
 */
public record Finding(Rule rule, long session, List<Long> events, String detail) {
    /** Keeps its own copy of the events. */
    public Finding {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a finding is seen somewhere");
        }
    }

    /** The event it is marked at. */
    public long event() {
        return events.getLast();
    }

    /** All of it in one paragraph. */
    public String text() {
        return rule.title() + ". " + (detail.isEmpty() ? "" : detail + " ") + rule.sentence() + " (" + rule.reference()
                + ")";
    }
}
