package dev.mailscope.server.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is different in one state from another, in the words of {@link Change}. */
public final class StateDifference {
    private StateDifference() {
    }

    /**
     * The changes that make one state into another: applied in order they give the same accounts, folders, messages,
     * flags, access lists, subscriptions, quotas and annotations. Of what is gone only the difference is
     * told, not when it went.
     */
    public static List<Change> between(ServerState before, ServerState after) {
        var changes = new ArrayList<Change>();
        for (var name : before.accounts().keySet()) {
            if (after.account(name).isEmpty()) {
                changes.add(new Change.AccountRemoved(name));
            }
        }
        Annotations.difference(before.annotations(), after.annotations())
                .forEach((entry, value) -> changes.add(new Change.ServerAnnotationChanged("", entry, value)));
        for (var account : after.accounts().values()) {
            var was = before.account(account.name()).orElse(null);
            if (was == null) {
                changes.add(new Change.AccountAdded(account.name()));
            }
            if (was != account) {
                ofAccount(was == null ? Account.empty(account.name()) : was, account, changes);
            }
        }
        // Last, because an account may have notes of another one's folders.
        var names = new HashMap<Long, String>();
        after.accounts().values().forEach(account -> account.folders().values()
                .forEach(folder -> names.put(folder.id(), Reach.name("", account.name(), folder.name()))));
        after.accounts().values().forEach(account -> notes(
                before.account(account.name()).orElse(Account.empty(account.name())), account, names, changes));
        return changes;
    }

    private static void ofAccount(Account before, Account after, List<Change> changes) {
        var name = after.name();
        for (var folder : before.folders().values()) {
            if (after.folder(folder.id()).isEmpty()) {
                changes.add(new Change.FolderDeleted(name, folder.id(), folder.name(), folder.size()));
            }
        }
        rename(before, after, changes);
        for (var folder : after.folders().values()) {
            var was = before.folder(folder.id()).orElse(null);
            if (was == null) {
                changes.add(new Change.FolderCreated(name, folder.id(), folder.name(), folder.uidValidity(),
                        folder.modSeq()));
                was = Folder.empty(folder.id(), folder.name(), folder.uidValidity(), folder.modSeq(),
                        AccessList.ofOwner(name));
            }
            if (was != folder) {
                ofFolder(name, was, folder, changes);
            }
        }
        Annotations.difference(before.annotations(Account.SERVER), after.annotations(Account.SERVER))
                .forEach((entry, value) -> changes.add(new Change.ServerAnnotationChanged(name, entry, value)));
        if (!before.quota().equals(after.quota())) {
            changes.add(new Change.QuotaChanged(name, after.quota()));
        }
        for (var subscription : before.subscriptions()) {
            if (!after.subscriptions().contains(subscription)) {
                changes.add(new Change.SubscriptionChanged(name, subscription, false));
            }
        }
        for (var subscription : after.subscriptions()) {
            if (!before.subscriptions().contains(subscription)) {
                changes.add(new Change.SubscriptionChanged(name, subscription, true));
            }
        }
    }

    /** The notes of folders, whoever's; what was noted of a folder that is gone went with it. */
    private static void notes(Account before, Account after, Map<Long, String> names, List<Change> changes) {
        var noted = new TreeSet<>(before.annotations().keySet());
        noted.addAll(after.annotations().keySet());
        noted.retainAll(names.keySet());
        for (var id : noted) {
            var name = after.folder(id).map(Folder::name).orElse(names.get(id));
            Annotations.difference(before.annotations(id), after.annotations(id)).forEach((entry, value) ->
                    changes.add(new Change.AnnotationChanged(after.name(), id, name, entry, value)));
        }
    }

    // A name that another folder takes is first given up for one that nobody has: names may have gone round.
    private static void rename(Account before, Account after, List<Change> changes) {
        var renamed = after.folders().values().stream().filter(folder -> before.folder(folder.id())
                .filter(was -> !was.name().equals(folder.name())).isPresent()).toList();
        var last = new ArrayList<Change>();
        for (var folder : renamed) {
            var name = before.folder(folder.id()).orElseThrow().name();
            if (after.folder(name).isPresent()) {
                var free = name + '\u2026' + folder.id();
                changes.add(new Change.FolderRenamed(after.name(), folder.id(), name, free));
                name = free;
            }
            last.add(new Change.FolderRenamed(after.name(), folder.id(), name, folder.name()));
        }
        changes.addAll(last);
    }

    private static void ofFolder(String account, Folder before, Folder after, List<Change> changes) {
        var id = after.id();
        var name = after.name();
        if (before.selectable() != after.selectable()) {
            changes.add(new Change.SelectableChanged(account, id, name, after.selectable()));
        }
        if (!before.uses().equals(after.uses())) {
            changes.add(new Change.SpecialUseChanged(account, id, name, List.copyOf(after.uses())));
        }
        AccessList.difference(before.access(), after.access()).forEach((identifier, rights) ->
                changes.add(new Change.AccessChanged(account, id, name, identifier, rights)));
        for (var message : before.messages().values()) {
            if (after.message(message.uid()) == null) {
                changes.add(new Change.MessageRemoved(account, id, name, message, after.modSeq()));
            }
        }
        for (var message : after.messages().values()) {
            var was = before.message(message.uid());
            if (was == null) {
                changes.add(new Change.MessageAdded(account, id, name, message));
            } else if (was != message && !was.flags().equals(message.flags())) {
                changes.add(new Change.FlagsChanged(account, id, name, was, message.flags(), message.modSeq()));
            }
        }
        if (before.recentFrom() != after.recentFrom()) {
            changes.add(new Change.RecentClaimed(account, id, name, after.recentFrom()));
        }
    }
}
