package dev.mailscope.ui.trace;

import java.util.ArrayList;
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

    /** Each phase of each session, and what it changed in each folder. */
    static List<GroupNode> byPhase(List<Group> groups) {
        return groups.stream().map(group -> {
            var key = key(group);
            var children = new ArrayList<GroupNode>();
            group.folders().forEach((folder, changes) ->
                    children.add(node(key + "/" + folder, name(folder), changes)));
            var text = children.isEmpty() ? NLS.bind(Messages.group_unchanged, name(group)) : name(group);
            return new GroupNode(key, text, range(group.first(), group.last()), group.first(), children);
        }).toList();
    }

    /** Each folder that changed, and what each phase of each session changed in it. */
    static List<GroupNode> byFolder(List<Group> groups) {
        Map<FolderOf, List<GroupNode>> folders = new LinkedHashMap<>();
        for (var group : groups) {
            group.folders().forEach((folder, changes) -> folders.computeIfAbsent(folder, f -> new ArrayList<>())
                    .add(node(folder + "/" + key(group), name(group), changes)));
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

    private static GroupNode node(String key, String name, List<Numbered> changes) {
        var children = new ArrayList<GroupNode>();
        for (var change : changes.subList(0, Math.min(MOST_CHANGES, changes.size()))) {
            children.add(new GroupNode(key + "/" + children.size(), EventText.change(change.change()),
                    Long.toString(change.event()), change.event(), List.of()));
        }
        var text = changes.size() == 1 ? NLS.bind(Messages.group_oneChange, name)
                : NLS.bind(Messages.group_changes, name, changes.size());
        return new GroupNode(key, text, range(changes.getFirst().event(), changes.getLast().event()),
                changes.getFirst().event(), children);
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
