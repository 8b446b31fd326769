package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import dev.mailscope.server.analysis.Grouping.FolderOf;
import dev.mailscope.server.analysis.Grouping.Group;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * What POP3 sessions have marked with DELE and unmarked with RSET: no change of a folder yet, but what their phase did
 * all the same. Collects events in order.
 */
final class Markings {
    private final Map<Long, String> accounts = new HashMap<>();
    private final Map<Long, NavigableMap<Long, TraceEvent>> bySession = new HashMap<>();

    /** Takes the next event; one that is not shown still says whose folder the session has open. */
    void add(TraceEvent event, boolean shown) {
        if (event.what() instanceof What.ViewOpened(var account, var id, var folder, var readOnly)) {
            accounts.put(event.session(), account);
        } else if (event.what() instanceof What.Marked && shown) {
            bySession.computeIfAbsent(event.session(), s -> new TreeMap<>()).put(event.number(), event);
        }
    }

    /** The events of a group that mark or unmark, by folder. */
    Map<FolderOf, List<TraceEvent>> in(Group group) {
        var found = new LinkedHashMap<FolderOf, List<TraceEvent>>();
        bySession.getOrDefault(group.session(), new TreeMap<>()).subMap(group.first(), true, group.last(), true)
                .values().forEach(event -> found.computeIfAbsent(
                        new FolderOf(accounts.getOrDefault(event.session(), ""), event.folder()),
                        f -> new ArrayList<>()).add(event));
        return found;
    }
}
