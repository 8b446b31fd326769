package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What each phase of each session changed in each folder. Collects events in order; gives its groups at any time. */
public final class Grouping {
    /**
     * A folder of an account.
     *
     * @param account the user name
     * @param name    the folder's name at the time of the change; empty for changes of the account itself
     */
    public record FolderOf(String account, String name) {
    }

    /** A change and the number of the event it came with. */
    public record Numbered(long event, Change change) {
    }

    /**
     * A session in one phase, from when it entered it to when it left it.
     *
     * @param session  its number, 0 for the server itself
     * @param protocol its protocol, empty for the server itself
     * @param phase    the phase
     * @param first    the number of its first event
     * @param last     the number of its last event
     * @param events   how many events it has: those between belong to other sessions too
     * @param folders  the changes by folder, in the order in which they came
     */
    public record Group(long session, String protocol, String phase, long first, long last, int events,
            Map<FolderOf, List<Numbered>> folders) {
    }

    private static final int PAGE = 4_096;

    private final List<Open> groups = new ArrayList<>();
    private final Map<Long, Open> current = new HashMap<>();

    /** The groups of the events from one number to another, both included, as far as the recording has them. */
    public static List<Group> of(Recording recording, long from, long to) {
        var grouping = new Grouping();
        for (var next = from; next <= to;) {
            var events = recording.events(next, (int) Math.min(PAGE, to - next + 1));
            if (events.isEmpty()) {
                break;
            }
            for (var event : events) {
                if (event.number() <= to) {
                    grouping.add(event);
                }
            }
            next = events.getLast().number() + 1;
        }
        return grouping.groups();
    }

    /** Takes the next event. */
    public void add(TraceEvent event) {
        var group = current.get(event.session());
        if (group == null || !group.phase.equals(event.phase())) {
            group = new Open(event);
            groups.add(group);
            current.put(event.session(), group);
        }
        group.add(event);
    }

    /** What was collected so far, in the order of the first events. */
    public List<Group> groups() {
        return groups.stream().map(Open::toGroup).toList();
    }

    private static final class Open {
        private final TraceEvent first;
        private final String phase;
        private final Map<FolderOf, List<Numbered>> folders = new LinkedHashMap<>();
        private long last;
        private int events;

        Open(TraceEvent first) {
            this.first = first;
            this.phase = first.phase();
        }

        void add(TraceEvent event) {
            last = event.number();
            events++;
            if (event.what() instanceof What.StateChanged(var version, var changes)) {
                for (var change : changes) {
                    var folder = new FolderOf(change.account(),
                            change instanceof Change.OfFolder c ? c.folder() : "");
                    folders.computeIfAbsent(folder, f -> new ArrayList<>()).add(new Numbered(event.number(), change));
                }
            }
        }

        Group toGroup() {
            var copy = new LinkedHashMap<FolderOf, List<Numbered>>();
            folders.forEach((folder, changes) -> copy.put(folder, List.copyOf(changes)));
            return new Group(first.session(), first.protocol(), phase, first.number(), last, events,
                    Collections.unmodifiableMap(copy));
        }
    }
}
