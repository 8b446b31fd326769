package dev.mailscope.server.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.mailbox.ServerState;

/**
 * What is to be written next: the places that commits have touched, and the state after the last of them, from which each
 * place's row is made once. Writing it twice comes to the same as writing it once. For one thread.
 */
final class Pending {
    /** Where a message is. */
    record Place(String account, long folderId, long uid) {
    }

    private final Set<String> accounts = new LinkedHashSet<>();
    private final Map<Long, String> folders = new LinkedHashMap<>();
    private final Set<Place> messages = new LinkedHashSet<>();
    private final Map<Long, StateRows.Vanished> vanished = new LinkedHashMap<>();
    private final Set<Long> forgotten = new LinkedHashSet<>();
    private final Map<String, Optional<List<ScramVerifier>>> verifiers = new LinkedHashMap<>();
    private ServerState state;
    private long upTo;

    /** Adds what a commit has touched. */
    void add(Commit commit) {
        var before = commit.before();
        var after = commit.after();
        state = after;
        for (var change : commit.changes()) {
            touch(change, before, after);
        }
        for (var id : Set.copyOf(folders.keySet())) {
            forget(before.folder(folders.get(id), id), after.folder(folders.get(id), id));
        }
    }

    private void touch(Change change, ServerState before, ServerState after) {
        switch (change) {
            case Change.AccountAdded(var account) -> accounts.add(account);
            case Change.AccountRemoved(var account) -> {
                before.account(account).ifPresent(gone -> gone.folders().values().forEach(f -> folder(account, f)));
                notesGo(before);
                accounts.add(account);
            }
            case Change.FolderDeleted c -> {
                folders.put(c.folderId(), c.account());
                before.folder(c.account(), c.folderId()).ifPresent(gone -> folder(c.account(), gone));
                notesGo(before);
            }
            case Change.SubscriptionChanged c -> accounts.add(c.account());
            case Change.QuotaChanged c -> accounts.add(c.account());
            case Change.AnnotationChanged c -> {
                accounts.add(c.account());
                // It counts as a change of the folder, which may be another account's.
                after.accounts().values().stream().filter(owner -> owner.folder(c.folderId()).isPresent())
                        .forEach(owner -> folders.put(c.folderId(), owner.name()));
            }
            case Change.ServerAnnotationChanged c -> {
                if (!c.account().isEmpty()) {
                    accounts.add(c.account());
                }
            }
            case Change.FolderCreated c -> folders.put(c.folderId(), c.account());
            case Change.FolderRenamed c -> folders.put(c.folderId(), c.account());
            case Change.SelectableChanged c -> folders.put(c.folderId(), c.account());
            case Change.SpecialUseChanged c -> folders.put(c.folderId(), c.account());
            case Change.AccessChanged c -> folders.put(c.folderId(), c.account());
            case Change.RecentClaimed c -> folders.put(c.folderId(), c.account());
            case Change.MessageAdded c -> message(c);
            case Change.FlagsChanged c -> message(c);
            case Change.MessageRemoved c -> {
                message(c);
                vanished.put(c.modSeq(), new StateRows.Vanished(c.folderId(), c.uid()));
            }
        }
    }

    private void message(Change.OfMessage change) {
        folders.put(change.folderId(), change.account());
        messages.add(new Place(change.account(), change.folderId(), change.uid()));
    }

    /** A folder goes with all that is in it. */
    private void folder(String account, Folder gone) {
        folders.put(gone.id(), account);
        gone.messages().keySet().forEach(uid -> messages.add(new Place(account, gone.id(), uid)));
        forgotten.addAll(gone.vanished().keySet());
    }

    /** Notes of a folder go with it, whoever made them. */
    private void notesGo(ServerState before) {
        for (var account : before.accounts().values()) {
            var now = state.account(account.name());
            if (now.isPresent() && now.get().annotations() != account.annotations()) {
                accounts.add(account.name());
            }
        }
    }

    private void forget(Optional<Folder> before, Optional<Folder> after) {
        if (before.isPresent() && after.isPresent() && before.get().forgottenAt() != after.get().forgottenAt()) {
            forgotten.addAll(before.get().vanished().headMap(after.get().forgottenAt(), true).keySet());
        }
    }

    /** Adds what is known of an account's password now; empty when nothing is. */
    void add(String account, Optional<List<ScramVerifier>> known) {
        verifiers.put(account, known);
    }

    /** True when there is nothing to be written. */
    boolean isEmpty() {
        return state == null && verifiers.isEmpty();
    }

    /** It ends with what was asked for under that number. */
    void upTo(long number) {
        upTo = number;
    }

    /** What was asked for last in it. */
    long upTo() {
        return upTo;
    }

    /** The state after the last commit; null when there was none. */
    ServerState state() {
        return state;
    }

    Set<String> accounts() {
        return accounts;
    }

    Map<Long, String> folders() {
        return folders;
    }

    Set<Place> messages() {
        return messages;
    }

    /** The expunged messages that their folders still remember, by the modification sequence of the expunge. */
    Map<Long, StateRows.Vanished> vanished() {
        var remembered = new LinkedHashMap<Long, StateRows.Vanished>();
        vanished.forEach((at, row) -> {
            var folder = state.folder(folders.get(row.folderId()), row.folderId());
            if (folder.isPresent() && folder.get().vanished().containsKey(at)) {
                remembered.put(at, row);
            }
        });
        return remembered;
    }

    /** The modification sequences of those that are remembered no longer. */
    Set<Long> forgotten() {
        return forgotten;
    }

    Map<String, Optional<List<ScramVerifier>>> verifiers() {
        return verifiers;
    }

    /** How many messages more, or fewer, have each content after a commit. */
    static Map<String, Integer> contents(Commit commit) {
        var more = new HashMap<String, Integer>();
        var folders = new ArrayList<Folder>();
        var replayed = commit.changes().stream().anyMatch(change -> change instanceof Change.FolderDeleted
                || change instanceof Change.AccountRemoved) ? commit.before() : null;
        for (var change : commit.changes()) {
            switch (change) {
                case Change.MessageAdded added -> more.merge(added.message().content().id(), 1, Integer::sum);
                case Change.MessageRemoved removed -> more.merge(removed.message().content().id(), -1, Integer::sum);
                case Change.FolderDeleted deleted ->
                    replayed.folder(deleted.account(), deleted.folderId()).ifPresent(folders::add);
                case Change.AccountRemoved removed ->
                    replayed.account(removed.account()).ifPresent(gone -> folders.addAll(gone.folders().values()));
                case Change.AccountAdded c -> { }
                case Change.SubscriptionChanged c -> { }
                case Change.QuotaChanged c -> { }
                case Change.AnnotationChanged c -> { }
                case Change.ServerAnnotationChanged c -> { }
                case Change.FolderCreated c -> { }
                case Change.FolderRenamed c -> { }
                case Change.SelectableChanged c -> { }
                case Change.SpecialUseChanged c -> { }
                case Change.AccessChanged c -> { }
                case Change.RecentClaimed c -> { }
                case Change.FlagsChanged c -> { }
            }
            replayed = replayed == null ? null : change.applyTo(replayed);
        }
        folders.forEach(folder -> folder.messages().values()
                .forEach(message -> more.merge(message.content().id(), -1, Integer::sum)));
        return more;
    }
}
