package dev.mailscope.server.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * Who logs in in each session of a recording, told of the whole session: also of what came before the login. Looks at
 * each event once, up to the newest at the time it is asked. For one thread at a time.
 */
public final class SessionUsers {
    private static final int PAGE = 1_024;
    private static final int MANY = 100_000;

    private final Recording recording;
    private final Runnable step;
    private final Map<Long, String> users = new HashMap<>();
    private long next;
    private int most = MANY;

    /**
     * Of that recording.
     *
     * @param step is called now and then while many events are looked at; what it throws ends the looking
     */
    public SessionUsers(Recording recording, Runnable step) {
        this.recording = recording;
        this.step = step;
    }

    /** The user who logs in in that session; empty when nobody has, as far as it is recorded. */
    public String of(long session) {
        if (session == 0) {
            return "";
        }
        // Most are asked for while they are open, and that costs nothing.
        var open = recording.live().sessions().get(session);
        if (open != null) {
            return open.user();
        }
        var known = users.get(session);
        if (known == null) {
            look();
            known = users.get(session);
        }
        return known == null ? "" : known;
    }

    private void look() {
        var anew = next == 0 || users.size() > most;
        if (anew) {
            begin();
        }
        for (var last = recording.last(); next <= last;) {
            step.run();
            var events = recording.events(next, PAGE);
            if (events.isEmpty()) {
                next = last + 1; // what is left is damaged or gone
                break;
            }
            for (var event : events) {
                if (event.what() instanceof What.PhaseChanged(var from, var to, var user) && !user.isEmpty()) {
                    users.put(event.session(), user);
                }
            }
            next = events.getLast().number() + 1;
        }
        if (anew) {
            most = Math.max(MANY, 2 * users.size());
        }
    }

    /** From the oldest event that is kept, with who had logged in before; forgets the sessions that are gone. */
    private void begin() {
        users.clear();
        next = Math.max(1, recording.first());
        try {
            recording.at(next - 1).sessions().forEach((number, session) -> {
                if (!session.user().isEmpty()) { // else somebody may log in later
                    users.put(number, session.user());
                }
            });
        } catch (IllegalArgumentException e) {
            // what leads there is damaged: only who logged in later is known
        }
    }
}
