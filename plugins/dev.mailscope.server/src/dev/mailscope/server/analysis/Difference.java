package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.StateDifference;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;

/**
 * What is different at one moment from what was at another.
 *
 * @param changes  the changes that make the one state into the other, whatever happened in between: a message that came
 *                 and went is not among them
 * @param sessions the sessions that are not as they were
 */
public record Difference(List<Change> changes, List<OfSession> sessions) {
    /**
     * A session that is not as it was.
     *
     * @param before how it was; null when it was not there
     * @param after  how it is; null when it is no longer there
     */
    public record OfSession(SessionState before, SessionState after) {
        /** The session's number. */
        public long number() {
            return (after == null ? before : after).number();
        }

        /** The session's protocol. */
        public String protocol() {
            return (after == null ? before : after).protocol();
        }

        /** What is different, in words: phase, open folder, what its client knows and has marked. */
        public List<String> words() {
            if (before == null) {
                return List.of("connected, now in " + after.phase());
            }
            if (after == null) {
                return List.of("closed; it was in " + before.phase());
            }
            var words = new ArrayList<String>();
            if (!before.phase().equals(after.phase())) {
                words.add("phase " + before.phase() + " \u2192 " + after.phase());
            }
            if (before.folderId() != after.folderId() || !before.account().equals(after.account())) {
                words.add("folder " + opened(before) + " \u2192 " + opened(after));
            } else if (before.told() != after.told()) {
                addTold(words);
            }
            if (!before.marked().equals(after.marked())) {
                words.add("marked to be deleted: UIDs " + before.marked() + " \u2192 " + after.marked());
            }
            return List.copyOf(words);
        }

        private void addTold(List<String> words) {
            var gone = before.told().keySet().stream().filter(uid -> !after.told().containsKey(uid)).count();
            var come = after.told().keySet().stream().filter(uid -> !before.told().containsKey(uid)).count();
            var changed = after.told().entrySet().stream().filter(e -> before.told().containsKey(e.getKey())
                    && !before.told().get(e.getKey()).flags().equals(e.getValue().flags())).count();
            words.add("its client knows of " + EventText.count(after.told().size(), "message") + ": "
                    + come + " more, " + gone + " gone, " + changed + " with other flags");
        }

        private static String opened(SessionState session) {
            return session.folderId() == 0 ? "none" : Escape.controls(session.folder());
        }
    }

    /** Keeps its own copies. */
    public Difference {
        changes = List.copyOf(changes);
        sessions = List.copyOf(sessions);
    }

    /** What is different at a moment from an earlier one. */
    public static Difference between(Moment before, Moment after) {
        var numbers = Stream.concat(before.sessions().keySet().stream(), after.sessions().keySet().stream()).sorted()
                .distinct();
        var sessions = numbers.map(n -> new OfSession(before.sessions().get(n), after.sessions().get(n)))
                .filter(s -> s.before() != s.after() && !s.words().isEmpty()).toList();
        return new Difference(StateDifference.between(before.server(), after.server()), sessions);
    }

    /** True when nothing is different. */
    public boolean isEmpty() {
        return changes.isEmpty() && sessions.isEmpty();
    }
}
