package dev.mailscope.server.classroom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mailscope.server.session.FailedLogins;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * What each of some users does, as a recording tells it. Looks at each event once, so that it can be asked again and
 * again while the recording grows. For one thread at a time.
 */
public final class Attendance {
    private static final int PAGE = 1_024;

    /**
     * One user, as of the newest event.
     *
     * @param user         the user
     * @param sessions     how many sessions are open
     * @param phases       the phases they are in, a comma between them
     * @param command      the last command; empty before the first
     * @param time         when that was, in microseconds since 1970; 0 before the first
     * @param failedLogins how many logins to the account have failed
     * @param events       how many events the user's sessions have, from their beginning
     */
    public record Row(String user, int sessions, String phases, String command, long time, int failedLogins,
            long events) {
    }

    private static final class Count {
        private String command = "";
        private long time;
        private int failedLogins;
        private long events;
    }

    private final Recording recording;
    private final Map<String, Count> users = new LinkedHashMap<>();
    // How many events the open sessions have in which nobody has logged in yet.
    private final Map<Long, Long> before = new HashMap<>();
    private final Map<Long, Count> sessions = new HashMap<>();
    private long next = 1;

    /** Of these users; nothing has been looked at yet. */
    public Attendance(Recording recording, List<String> users) {
        this.recording = recording;
        users.forEach(user -> this.users.put(user, new Count()));
    }

    /** True when nobody has connected, as far as the recording goes back. */
    public static boolean isNobody(Recording recording) {
        for (var next = recording.first(); next <= recording.last();) {
            var events = recording.events(next, PAGE);
            if (events.isEmpty()) {
                return false; // nobody can tell
            }
            if (events.stream().anyMatch(event -> event.session() != 0)) {
                return false;
            }
            next = events.getLast().number() + 1;
        }
        return true;
    }

    /** Looks at what is new, and tells of all users, in their order. */
    public List<Row> rows() {
        var live = recording.live();
        for (var last = live.number(); next <= last;) {
            var events = recording.events(next, PAGE);
            if (events.isEmpty()) {
                break;
            }
            events.forEach(this::take);
            next = events.getLast().number() + 1;
        }
        var open = live.sessions().values().stream().filter(session -> !session.user().isEmpty())
                .collect(Collectors.groupingBy(SessionState::user));
        var rows = new ArrayList<Row>();
        users.forEach((user, count) -> {
            var own = open.getOrDefault(user, List.of());
            rows.add(new Row(user, own.size(), own.stream().map(SessionState::phase).distinct().sorted()
                    .collect(Collectors.joining(", ")), count.command, count.time, count.failedLogins, count.events));
        });
        return rows;
    }

    private void take(TraceEvent event) {
        if (event.what() instanceof What.Remark(var text)) {
            FailedLogins.account(text).map(users::get).ifPresent(count -> count.failedLogins++);
        }
        if (event.session() == 0) {
            return;
        }
        if (event.what() instanceof What.PhaseChanged(var from, var to, var user) && users.containsKey(user)) {
            var count = users.get(user);
            sessions.put(event.session(), count);
            count.events += before.getOrDefault(event.session(), 0L);
            command(count, event);
            before.remove(event.session());
        }
        var count = sessions.get(event.session());
        if (count == null) {
            before.merge(event.session(), 1L, Long::sum);
        } else {
            count.events++;
            if (event.what() instanceof What.Command) {
                command(count, event);
            }
        }
        if (event.what() instanceof What.Closed) {
            before.remove(event.session());
            sessions.remove(event.session());
        }
    }

    private static void command(Count count, TraceEvent event) {
        count.command = event.command();
        count.time = event.time();
    }
}
