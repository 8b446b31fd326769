package dev.mailscope.server.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.pcollections.TreePMap;

/**
 * One difference between two states. {@link #applyTo} is the only place where state changes: the live server and
 * whoever replays a recording get the same next state from the same change.
 */
public sealed interface Change {
    /** The user name of the account it concerns. */
    String account();

    /**
     * The state after this change. Throws IllegalStateException when the change does not fit the state, which in a
     * recording means that part of it is missing.
     */
    ServerState applyTo(ServerState state);

    /** A change of one folder. */
    sealed interface OfFolder extends Change {
        /** The folder's id. */
        long folderId();

        /** The folder's name at the time of the change. */
        String folder();
    }

    /** A change of one message. */
    sealed interface OfMessage extends OfFolder {
        /** The message's UID in that folder. */
        long uid();

        /** The message before the change; empty when it was not there. */
        Optional<Message> before();

        /** The message after the change; empty when it is no longer there. */
        Optional<Message> after();
    }

    /** An account without folders comes into being; its INBOX is a change of its own. */
    record AccountAdded(String account) implements Change {
        @Override
        public ServerState applyTo(ServerState state) {
            return state.with(Account.empty(account));
        }
    }

    /** An account and all its mail goes. */
    record AccountRemoved(String account) implements Change {
        @Override
        public ServerState applyTo(ServerState state) {
            var folders = state.account(account).map(a -> a.names().keySet()).orElse(Set.of());
            return withoutNotes(state.without(account), folders);
        }
    }

    /** An empty folder comes into being. */
    record FolderCreated(String account, long folderId, String folder, long uidValidity, long modSeq)
            implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return inAccount(state, account, a -> a.with(Folder.empty(folderId, folder, uidValidity, modSeq,
                    AccessList.ofOwner(account))))
                    .withModSeq(modSeq).withFolderNumbers(folderId, uidValidity);
        }
    }

    /** A folder goes, with the messages in it. */
    record FolderDeleted(String account, long folderId, String folder, int messages) implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return withoutNotes(inAccount(state, account, a -> a.without(folderOf(a, folderId))), Set.of(folderId));
        }
    }

    /** A folder gets another name; its id, UIDs and messages stay. */
    record FolderRenamed(String account, long folderId, String folder, String newName) implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return inAccount(state, account, a -> {
                var old = folderOf(a, folderId);
                return a.without(old).with(old.withName(newName));
            });
        }
    }

    /** A folder can be selected from now on, or no longer ({@code \Noselect}). */
    record SelectableChanged(String account, long folderId, String folder, boolean selectable) implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.withSelectable(selectable));
        }
    }

    /** A folder is for other things from now on (RFC 6154), in the order of {@link SpecialUse}. */
    record SpecialUseChanged(String account, long folderId, String folder, List<SpecialUse> uses) implements OfFolder {
        /** Keeps its own copy of the uses. */
        public SpecialUseChanged {
            uses = List.copyOf(uses);
        }

        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(noted(state, account, folderId), account, folderId, f -> f.withUses(uses));
        }
    }

    /** A name is subscribed or no longer so. */
    record SubscriptionChanged(String account, String name, boolean subscribed) implements Change {
        @Override
        public ServerState applyTo(ServerState state) {
            return inAccount(state, account, a -> a.withSubscriptions(
                    subscribed ? a.subscriptions().plus(name) : a.subscriptions().minus(name)));
        }
    }

    /** An account may hold more from now on, or less (RFC 9208). */
    record QuotaChanged(String account, Quota quota) implements Change {
        @Override
        public ServerState applyTo(ServerState state) {
            return inAccount(state, account, a -> a.withQuota(quota));
        }
    }

    /** An identifier gets other rights on a folder, or loses its entry when that is empty (RFC 4314). */
    record AccessChanged(String account, long folderId, String folder, String identifier, Optional<Rights> rights)
            implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.withAccess(f.access().with(identifier, rights)));
        }
    }

    /**
     * A folder's entry gets another value, or none when that is empty (RFC 5464).
     *
     * @param account whose note it is: the folder's own account, or for a private entry that of any user
     * @param folder  the name that this account has for the folder
     */
    record AnnotationChanged(String account, long folderId, String folder, String entry, Optional<String> value)
            implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            var owner = state.accounts().values().stream().filter(a -> a.folder(folderId).isPresent()).findFirst()
                    .orElseThrow(() -> new IllegalStateException("no folder " + folderId));
            return inAccount(noted(state, owner.name(), folderId), account, a -> a.withAnnotations(folderId,
                    changed(a.annotations(folderId), entry, value)));
        }
    }

    /**
     * An entry of the server gets another value, or none when that is empty (RFC 5464): a shared one for everybody, a
     * private one for the account alone.
     *
     * @param account of whoever changed it; empty for the server itself
     */
    record ServerAnnotationChanged(String account, String entry, Optional<String> value) implements Change {
        @Override
        public ServerState applyTo(ServerState state) {
            return Annotations.isShared(entry) ? state.withAnnotations(changed(state.annotations(), entry, value))
                    : inAccount(state, account, a -> a.withAnnotations(Account.SERVER,
                            changed(a.annotations(Account.SERVER), entry, value)));
        }
    }

    /** A message comes into a folder. */
    record MessageAdded(String account, long folderId, String folder, Message message) implements OfMessage {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.plus(message)).withModSeq(message.modSeq());
        }

        @Override
        public long uid() {
            return message.uid();
        }

        @Override
        public Optional<Message> before() {
            return Optional.empty();
        }

        @Override
        public Optional<Message> after() {
            return Optional.of(message);
        }
    }

    /** A message is expunged from a folder, or deleted by POP3's Update. */
    record MessageRemoved(String account, long folderId, String folder, Message message, long modSeq)
            implements OfMessage {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.minus(message, modSeq)).withModSeq(modSeq);
        }

        @Override
        public long uid() {
            return message.uid();
        }

        @Override
        public Optional<Message> before() {
            return Optional.of(message);
        }

        @Override
        public Optional<Message> after() {
            return Optional.empty();
        }
    }

    /** A message gets other flags. */
    record FlagsChanged(String account, long folderId, String folder, Message was, Flags flags, long modSeq)
            implements OfMessage {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.with(was, was.with(flags, modSeq))).withModSeq(modSeq);
        }

        @Override
        public long uid() {
            return was.uid();
        }

        @Override
        public Optional<Message> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Message> after() {
            return Optional.of(was.with(flags, modSeq));
        }
    }

    /** A session has been told of the messages below that UID as recent; no other will be (RFC 3501 section 2.3.2). */
    record RecentClaimed(String account, long folderId, String folder, long recentFrom) implements OfFolder {
        @Override
        public ServerState applyTo(ServerState state) {
            return inFolder(state, account, folderId, f -> f.withRecentFrom(recentFrom));
        }
    }

    private static TreePMap<String, String> changed(TreePMap<String, String> entries, String entry,
            Optional<String> value) {
        return value.map(now -> entries.plus(entry, now)).orElseGet(() -> entries.minus(entry));
    }

    /** What anybody has noted of these folders goes. */
    private static ServerState withoutNotes(ServerState state, Set<Long> folders) {
        var next = state;
        for (var account : state.accounts().values()) {
            var left = account;
            for (var id : folders) {
                left = left.annotations(id).isEmpty() ? left : left.withAnnotations(id, TreePMap.empty());
            }
            next = left == account ? next : next.with(left);
        }
        return next;
    }

    /** What is noted of a folder counts as a change of it (RFC 7162 section 3.2). */
    private static ServerState noted(ServerState state, String account, long folderId) {
        var at = state.modSeq() + 1;
        return inFolder(state, account, folderId, f -> f.withModSeq(at)).withModSeq(at);
    }

    private static ServerState inAccount(ServerState state, String name, UnaryOperator<Account> step) {
        var account = state.account(name).orElseThrow(() -> new IllegalStateException("no account " + name));
        return state.with(step.apply(account));
    }

    private static ServerState inFolder(ServerState state, String name, long id, UnaryOperator<Folder> step) {
        return inAccount(state, name, account -> account.with(step.apply(folderOf(account, id))));
    }

    private static Folder folderOf(Account account, long id) {
        return account.folder(id)
                .orElseThrow(() -> new IllegalStateException("no folder " + id + " in account " + account.name()));
    }
}
