package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.Grouping.FolderOf;
import dev.mailscope.server.analysis.Grouping.Group;
import dev.mailscope.server.analysis.Grouping.Numbered;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Counted;

/**
 * A line of the grouped trace. Two are equal when they stand for the same thing, though one may have grown since.
 *
 * @param key      names what it stands for, with what it is under
 * @param text     what it says
 * @param events   the numbers of its events, in words
 * @param event    the event it leads to
 * @param children what is under it
 */
record GroupNode(String key, String text, String events, long event, List<GroupNode> children) {
    private static final int MOST_CHANGES = 500;

    /** Each phase of each session, and what it changed or marked in each folder. */
    static List<GroupNode> byPhase(List<Group> groups, Markings markings) {
        return groups.stream().map(group -> {
            var key = key(group);
            var children = new ArrayList<GroupNode>();
            done(group, markings).forEach((folder, steps) ->
                    children.add(node(key + "/" + folder, name(folder), steps)));
            var text = children.isEmpty() ? NLS.bind(Messages.group_unchanged, name(group)) : name(group);
            return new GroupNode(key, text, range(group.first(), group.last()), group.first(), children);
        }).toList();
    }

    /** Each folder that changed, and what each phase of each session changed or marked in it. */
    static List<GroupNode> byFolder(List<Group> groups, Markings markings) {
        Map<FolderOf, List<GroupNode>> folders = new LinkedHashMap<>();
        for (var group : groups) {
            done(group, markings).forEach((folder, steps) -> folders.computeIfAbsent(folder, f -> new ArrayList<>())
                    .add(node(folder + "/" + key(group), name(group), steps)));
        }
        var nodes = new ArrayList<GroupNode>();
        folders.forEach((folder, children) -> nodes.add(new GroupNode(folder.toString(), name(folder), "",
                children.getFirst().event(), children)));
        return nodes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupNode that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(key);
    }

    /** What became of a folder or a message in it. */
    private enum Kind {
        CHANGED, MARKED, UNMARKED
    }

    /** One thing that a phase did. */
    private record Step(long event, Kind kind, String text) {
        static Step of(Numbered change) {
            return new Step(change.event(), Kind.CHANGED, EventText.change(change.change()));
        }

        static Step of(TraceEvent event) {
            var deleted = event.what() instanceof What.Marked(var number, var uid, var mark) && mark;
            return new Step(event.number(), deleted ? Kind.MARKED : Kind.UNMARKED, EventText.what(event));
        }
    }

    /** What a group did in each folder, in order. */
    private static Map<FolderOf, List<Step>> done(Group group, Markings markings) {
        var done = new LinkedHashMap<FolderOf, List<Step>>();
        group.folders().forEach((folder, changes) -> done.computeIfAbsent(folder, f -> new ArrayList<>())
                .addAll(changes.stream().map(Step::of).toList()));
        markings.in(group).forEach((folder, marks) -> done.computeIfAbsent(folder, f -> new ArrayList<>())
                .addAll(marks.stream().map(Step::of).toList()));
        done.values().forEach(steps -> steps.sort(Comparator.comparingLong(Step::event)));
        return done;
    }

    private static GroupNode node(String key, String name, List<Step> steps) {
        var children = new ArrayList<GroupNode>();
        for (var step : steps.subList(0, Math.min(MOST_CHANGES, steps.size()))) {
            children.add(new GroupNode(key + "/" + children.size(), step.text(), Long.toString(step.event()),
                    step.event(), List.of()));
        }
        return new GroupNode(key, NLS.bind(Messages.group_done, name, counted(steps)),
                range(steps.getFirst().event(), steps.getLast().event()), steps.getFirst().event(), children);
    }

    /** Marks come first: until the session enters Update they are all there is. */
    private static String counted(List<Step> steps) {
        var parts = new ArrayList<String>();
        var marked = count(steps, Kind.MARKED);
        if (marked > 0) {
            parts.add(Counted.text(Messages.group_marked, marked));
        }
        var unmarked = count(steps, Kind.UNMARKED);
        if (unmarked > 0) {
            parts.add(Counted.text(Messages.group_unmarked, unmarked));
        }
        parts.add(Counted.text(Messages.group_changes, count(steps, Kind.CHANGED)));
        return String.join(", ", parts);
    }

    private static long count(List<Step> steps, Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).count();
    }

    private static String key(Group group) {
        return group.session() + " " + group.phase() + " " + group.first();
    }

    private static String name(Group group) {
        return group.session() == 0 ? Messages.group_server
                : NLS.bind(Messages.group_session,
                        group.protocol().toUpperCase(Locale.ROOT) + " " + group.session(), group.phase());
    }

    private static String name(FolderOf folder) {
        return folder.name().isEmpty() ? NLS.bind(Messages.group_account, folder.account())
                : NLS.bind(Messages.group_folder, folder.name(), folder.account());
    }

    private static String range(long first, long last) {
        return first == last ? Long.toString(first) : NLS.bind(Messages.group_range, Long.toString(first),
                Long.toString(last));
    }
}
