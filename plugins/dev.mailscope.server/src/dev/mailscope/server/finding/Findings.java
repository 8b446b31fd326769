package dev.mailscope.server.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Finds what clients do wrong, from events in their order, each taken once. Not for several threads. */
public final class Findings {
    /** How many findings are kept; what is found after these is not. */
    public static final int MOST = 10_000;
    private static final int PAGE = 2_000;

    /** What outlives a session. */
    static final class Memory {
        /** UIDVALIDITY by account and folder, as it was last told. */
        final Map<String, Long> validities = new HashMap<>();
        /** What POP3 sessions have retrieved, by account and UID. */
        final Map<String, Set<Long>> retrieved = new HashMap<>();
        final List<Finding> found = new ArrayList<>();
        boolean offersStls;

        Set<Long> retrievedBy(String account) {
            return retrieved.computeIfAbsent(account, a -> new HashSet<>());
        }

        void report(Rule rule, long session, List<Long> events, String detail) {
            if (found.size() < MOST) {
                found.add(new Finding(rule, session, events, detail));
            }
        }
    }

    private final Memory memory = new Memory();
    private final Map<Long, Conduct> sessions = new HashMap<>();
    private Moment moment = Moment.START;
    private long next;
    private long lostUntil;

    /** The findings of a recording as far as it has come; fewer when that is called off. */
    public static List<Finding> of(Recording recording, BooleanSupplier cancelled) {
        var findings = new Findings();
        findings.takeNew(recording, cancelled);
        return findings.all();
    }

    /** Takes the events that have come since it was last asked; gives what was found in them. */
    public List<Finding> takeNew(Recording recording, BooleanSupplier cancelled) {
        var before = memory.found.size();
        while (!cancelled.getAsBoolean()) {
            var events = recording.events(Math.max(next, recording.first()), PAGE);
            for (var event : events) {
                next = event.number() + 1;
                if (event.number() == moment.number() + 1 || findMoment(recording, event.number())) {
                    take(event);
                }
            }
            if (events.isEmpty()) {
                break;
            }
        }
        return List.copyOf(memory.found.subList(before, memory.found.size()));
    }

    /** Events are missing in front of that one, dropped or damaged: the moment before it has to be looked up. */
    private boolean findMoment(Recording recording, long number) {
        if (number < lostUntil) {
            return false;
        }
        try {
            moment = recording.at(number - 1);
            return true;
        } catch (IllegalArgumentException e) {
            // What leads to it is damaged, which the recording says itself. Some events later it may be whole again.
            lostUntil = number + PAGE;
            return false;
        }
    }

    /** All that was found so far, in the order of the events it is marked at. */
    public List<Finding> all() {
        return List.copyOf(memory.found);
    }

    /** Takes the next event. */
    void take(TraceEvent event) {
        var before = moment;
        try {
            moment = moment.after(event);
        } catch (RuntimeException e) {
            // Changes that do not fit what was there: damaged, or made up. What follows is looked up anew.
            return;
        }
        if (event.session() == 0) {
            return;
        }
        var conduct = sessions.computeIfAbsent(event.session(), number -> switch (event.protocol()) {
            case "imap" -> new ImapConduct(number, memory);
            case "pop3" -> new Pop3Conduct(number, memory);
            default -> null;
        });
        if (conduct != null) {
            conduct.take(event, before, moment);
        }
        if (event.what() instanceof What.Closed) {
            sessions.remove(event.session());
        }
    }
}
