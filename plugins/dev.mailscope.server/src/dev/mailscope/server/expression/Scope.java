package dev.mailscope.server.expression;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.pcollections.TreePSet;

import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.SessionUsers;
import dev.mailscope.server.trace.TraceEvent;

/**
 * Where a compiled expression stands: at an event of a recording. Remembers what it found on the way, so that an
 * expression that is asked of one event after the other looks at each of them once.
 */
final class Scope {
    private static final int PAGE = 1_024;
    // Further than this, the recording has a shorter way than from event to event.
    private static final int NEAR = 4 * PAGE;

    private final Recording recording;
    private final Budget budget;
    private final Past[] pasts;
    private final Common common;
    private TraceEvent event;
    private Moment moment;

    Scope(Recording recording, Budget budget, int pasts) {
        this(recording, budget, pasts, new Common());
    }

    private Scope(Recording recording, Budget budget, int pasts, Common common) {
        this.recording = recording;
        this.budget = budget;
        this.pasts = new Past[pasts];
        this.common = common;
    }

    Budget budget() {
        return budget;
    }

    TraceEvent event() {
        return event;
    }

    /** What is about to pass a stop, where the event stands for that; null for an event that has happened. */
    Passing passing() {
        return event == common.event ? common.passing : null;
    }

    /** Goes to what is about to pass a stop; that event stands for it. */
    void at(TraceEvent next, Passing passing) {
        common.event = next;
        common.passing = passing;
        at(next);
    }

    /** Goes to that event. */
    void at(TraceEvent next) {
        event = next;
    }

    /** Everything as it was after the event; as it is now when the event is only about to be recorded. */
    Moment moment() {
        var number = event.number();
        if (isToCome()) {
            return recording.live();
        }
        if (moment != null && moment.number() == number) {
            return moment;
        }
        budget.check();
        try {
            if (moment != null && moment.number() < number && number - moment.number() <= NEAR) {
                moment = walk(moment, number);
            } else {
                moment = recording.at(number);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            moment = null;
            throw new EvaluationException("The state at event " + number + " cannot be told: " + e.getMessage());
        }
        return moment;
    }

    Optional<Folder> folder(String account, String name) {
        return moment().server().account(account).flatMap(a -> a.folder(name));
    }

    SessionState session(long number) {
        return moment().sessions().get(number);
    }

    /** How many messages the device had in the folder. */
    long held(String device, String folder) {
        var state = moment().devices().get(device);
        return state == null ? 0 : state.held(Folder.canonicalName(folder));
    }

    /** The sessions the device has had; among them the event's own, even before the device has said that it is one. */
    Set<Long> sessions(String device) {
        var state = moment().devices().get(device);
        var sessions = state == null ? TreePSet.<Long>empty() : state.sessions();
        if (event.session() == 0 || sessions.contains(event.session())) {
            return sessions;
        }
        var last = recording.live().devices().get(device);
        return last == null || !last.sessions().contains(event.session()) ? sessions : sessions.plus(event.session());
    }

    /** Whose mail the event is about: as it says itself, or else by the folder its session has open. */
    Collection<String> accounts() {
        var named = Columns.accounts(event);
        if (!named.isEmpty() || event.session() == 0) {
            return named;
        }
        var session = session(event.session());
        return session == null || session.account().isEmpty() ? List.of() : List.of(session.account());
    }

    /** Who logs in in the event's session, before or after the event; of what is about to happen, who has. */
    String user() {
        if (isToCome()) {
            var session = session(event.session());
            return session == null ? "" : session.user();
        }
        if (common.users == null) {
            common.users = new SessionUsers(recording, budget::checkCancelled);
        }
        return common.users.of(event.session());
    }

    /** At how many events up to this one it is so; with {@code once}, at most 1. */
    long count(int slot, Predicate<Scope> condition, boolean once) {
        if (pasts[slot] == null) {
            pasts[slot] = new Past(new Scope(recording, budget, pasts.length, common), condition);
        }
        return pasts[slot].count(once);
    }

    private boolean isToCome() {
        return event.number() <= 0 || event.number() > recording.last();
    }

    private Moment walk(Moment from, long number) {
        var now = from;
        if (number == now.number() + 1) {
            return now.after(event);
        }
        for (var next : recording.events(now.number() + 1, (int) (number - now.number()))) {
            if (next.number() != now.number() + 1) {
                return recording.at(number); // something is damaged on the way
            }
            now = now.after(next);
            budget.step();
        }
        return now.number() == number ? now : recording.at(number);
    }

    /** What all scopes of one evaluation know: what is about to pass a stop, and whose sessions they are. */
    private static final class Common {
        private TraceEvent event;
        private Passing passing;
        private SessionUsers users;
    }

    /** What one condition was at all events so far. */
    private final class Past {
        private final Scope scope;
        private final Predicate<Scope> condition;
        private long seenTo;
        private long count;
        private long first; // 0 for none

        Past(Scope scope, Predicate<Scope> condition) {
            this.scope = scope;
            this.condition = condition;
        }

        long count(boolean once) {
            var number = isToCome() ? recording.last() : event.number();
            if (once && first > 0) {
                return first <= number ? 1 : 0; // all events before that one have been looked at
            }
            if (number < seenTo) {
                seenTo = 0;
                count = 0;
            }
            catchUp(number, once);
            return isToCome() && holds(event) ? count + 1 : count;
        }

        private void catchUp(long number, boolean once) {
            if (number == event.number() && number == seenTo + 1) {
                look(event);
                return;
            }
            while (seenTo < number) {
                budget.check();
                var events = recording.events(seenTo + 1, (int) Math.min(PAGE, number - seenTo));
                for (var next : events) {
                    if (next.number() > number) {
                        break;
                    }
                    look(next);
                    if (once && count > 0) {
                        return;
                    }
                }
                if (events.isEmpty() || events.getLast().number() > number) {
                    seenTo = number; // what lies between was dropped or is damaged
                }
            }
        }

        private void look(TraceEvent next) {
            if (holds(next)) {
                count++;
                if (first == 0) {
                    first = next.number();
                }
            }
            seenTo = next.number();
        }

        private boolean holds(TraceEvent next) {
            budget.step();
            scope.at(next);
            return condition.test(scope);
        }
    }
}
