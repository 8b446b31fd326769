package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * What one command did, and who has heard of it.
 *
 * @param root    the event of the command; of the delivery, or of the change itself, where no command was the cause
 * @param changes what it changed
 * @param hearing each session that had a changed folder open, in the order of their numbers
 */
public record Effects(TraceEvent root, List<Change> changes, List<Hearing> hearing) {
    /**
     * A piece of news and when it was told.
     *
     * @param event  the number of the event with which it was told
     * @param micros how long after the change, in microseconds
     * @param notice what was told
     */
    public record Heard(long event, long micros, Notice notice) {
    }

    /**
     * What one session's client heard of it.
     *
     * @param session the session as it was when the change came
     * @param heard   what it was told, in that order
     * @param waiting what of all that its folder holds it did not know at the last event looked at; null when it knew
     *                all, or had left the folder
     * @param left    the number of the event with which it left the folder; 0 when it has not
     */
    public record Hearing(SessionState session, List<Heard> heard, Waiting waiting, long left) {
        /** Keeps its own copy. */
        public Hearing {
            heard = List.copyOf(heard);
        }
    }

    private static final int PAGE = 1_024;
    private static final int MOST_CAUSES = 16;

    /** Keeps its own copies. */
    public Effects {
        changes = List.copyOf(changes);
        hearing = List.copyOf(hearing);
    }

    /**
     * What the command did that an event belongs to.
     *
     * @param until     the last event that is looked at
     * @param cancelled is asked now and then; once it says true, what was found so far is given
     * @throws IllegalArgumentException when there is no such event, or the moment after the change cannot be told
     */
    public static Effects of(Recording recording, long number, long until, BooleanSupplier cancelled) {
        var root = root(recording, number);
        var search = new Search(recording, root);
        for (var at = root.number(); at <= until && !cancelled.getAsBoolean() && !search.isDone();) {
            var events = recording.events(at, (int) Math.min(PAGE, until - at + 1));
            for (var event : events) {
                if (event.number() <= until) {
                    search.take(event);
                }
            }
            if (events.isEmpty()) {
                break;
            }
            at = events.getLast().number() + 1;
        }
        return search.result(until);
    }

    // The command, delivery or change from which the event came.
    private static TraceEvent root(Recording recording, long number) {
        var event = recording.event(number);
        if (event == null) {
            throw new IllegalArgumentException("There is no event " + number + " in the recording.");
        }
        var root = event;
        for (var i = 0; i < MOST_CAUSES && event != null; i++) {
            switch (event.what()) {
                case What.Command c -> {
                    return event;
                }
                case What.Rejected r -> {
                    return event;
                }
                case What.Delivery d -> {
                    return event;
                }
                default -> root = event;
            }
            event = event.cause() == 0 ? null : recording.event(event.cause());
        }
        return root;
    }

    private static final class Search {
        private final Recording recording;
        private final TraceEvent root;
        private final List<Change> changes = new ArrayList<>();
        private final Map<Long, SessionState> concerned = new TreeMap<>();
        private final Map<Long, List<Heard>> heard = new HashMap<>();
        private final Map<Long, Set<Long>> missing = new HashMap<>();
        private final Map<Long, Long> left = new HashMap<>();
        private long changedAt;
        private boolean answered;

        Search(Recording recording, TraceEvent root) {
            this.recording = recording;
            this.root = root;
        }

        // What belongs to the command ends with its answer; what the others hear ends when they have heard all.
        boolean isDone() {
            return answered && missing.values().stream().allMatch(Set::isEmpty);
        }

        void take(TraceEvent event) {
            switch (event.what()) {
                case What.StateChanged(var version, var changed) -> {
                    if (event.number() == root.number() || event.cause() == root.number()) {
                        changed(event, changed);
                    }
                }
                case What.Told(var notices) -> told(event, notices);
                case What.ViewClosed closed -> left(event);
                case What.Closed closed -> {
                    left(event);
                    answered |= event.session() == root.session() && root.session() != 0;
                }
                case What.Sent sent -> answered |= event.session() == root.session() && root.session() != 0
                        && event.number() > root.number();
                default -> {
                    // It neither changes anything nor tells anybody.
                }
            }
            answered |= root.session() == 0 && changedAt > 0;
        }

        private void changed(TraceEvent event, List<Change> changed) {
            changes.addAll(changed);
            changedAt = event.time();
            var sessions = recording.at(event.number()).sessions();
            for (var change : changed) {
                if (change instanceof Change.OfFolder folder) {
                    sessions.values().stream()
                            .filter(s -> s.folderId() == folder.folderId() && s.account().equals(folder.account()))
                            .forEach(s -> concerns(s, folder));
                }
            }
        }

        private void concerns(SessionState session, Change.OfFolder change) {
            concerned.putIfAbsent(session.number(), session);
            var uids = missing.computeIfAbsent(session.number(), n -> new HashSet<>());
            // A POP3 session is never told of anything.
            if (change instanceof Change.OfMessage message && session.protocol().equals("imap")) {
                uids.add(message.uid());
            }
        }

        private void told(TraceEvent event, List<Notice> notices) {
            var uids = missing.get(event.session());
            if (uids == null) {
                return;
            }
            for (var notice : notices) {
                var concerns = switch (notice) {
                    case Notice.Expunged(var sequence, var uid) -> uids.remove(uid);
                    case Notice.FlagsChanged c -> uids.remove(c.uid());
                    case Notice.Arrived(var exists, var recent, var arrived) -> uids.removeAll(arrived);
                };
                if (concerns) {
                    heard.computeIfAbsent(event.session(), n -> new ArrayList<>())
                            .add(new Heard(event.number(), event.time() - changedAt, notice));
                }
            }
        }

        private void left(TraceEvent event) {
            if (concerned.containsKey(event.session()) && left.putIfAbsent(event.session(), event.number()) == null) {
                missing.get(event.session()).clear();
            }
        }

        Effects result(long until) {
            var hearing = new ArrayList<Hearing>();
            if (!concerned.isEmpty()) {
                var moment = recording.at(Math.min(until, recording.last()));
                for (var session : concerned.values()) {
                    var gone = left.getOrDefault(session.number(), 0L);
                    var now = moment.sessions().get(session.number());
                    var waiting = gone != 0 || now == null ? null : Waiting.of(moment, now);
                    hearing.add(new Hearing(session, heard.getOrDefault(session.number(), List.of()),
                            waiting == null || waiting.notices().isEmpty() ? null : waiting, gone));
                }
            }
            return new Effects(root, changes, hearing);
        }
    }
}
