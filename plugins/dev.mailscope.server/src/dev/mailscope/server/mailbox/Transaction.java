package dev.mailscope.server.mailbox;

import static dev.mailscope.server.mailbox.MailboxException.Reason.ALREADYEXISTS;
import static dev.mailscope.server.mailbox.MailboxException.Reason.CANNOT;
import static dev.mailscope.server.mailbox.MailboxException.Reason.HASCHILDREN;
import static dev.mailscope.server.mailbox.MailboxException.Reason.LIMIT;
import static dev.mailscope.server.mailbox.MailboxException.Reason.NONEXISTENT;
import static dev.mailscope.server.mailbox.MailboxException.Reason.OVERQUOTA;
import static dev.mailscope.server.mailbox.MailboxException.Reason.USEATTR;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.mailscope.server.message.Content;

/**
 * The making of one next state. Each method adds changes and sees the effect of those before it; a method that throws
 * {@link MailboxException} ends the transaction with nothing changed. Lives only inside {@link MailStore#transact} and
 * is used by one thread.
 */
public final class Transaction {
    private static final long MAX_UID = 0xFFFF_FFFFL;
    private static final long LARGEST_UID_VALIDITY = 0xFFFF_FFFFL;

    private final ServerState start;
    private final Clock clock;
    private final List<Change> changes = new ArrayList<>();
    private ServerState state;

    Transaction(ServerState start, Clock clock) {
        this.start = start;
        this.clock = clock;
        this.state = start;
    }

    /** The state as this transaction has made it so far. */
    public ServerState state() {
        return state;
    }

    /** The state it began with. */
    public ServerState start() {
        return start;
    }

    /** The UIDs of the messages that this transaction has expunged from a folder so far. */
    public Set<Long> expunged(long folderId) {
        return uids(Change.MessageRemoved.class, folderId);
    }

    /** The UIDs of the messages that this transaction has put into a folder so far. */
    public Set<Long> added(long folderId) {
        return uids(Change.MessageAdded.class, folderId);
    }

    private Set<Long> uids(Class<? extends Change.OfMessage> kind, long folderId) {
        return changes.stream().filter(kind::isInstance).map(kind::cast)
                .filter(change -> change.folderId() == folderId).map(Change.OfMessage::uid)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The account, or NONEXISTENT. */
    public Account account(String name) {
        return state.account(name)
                .orElseThrow(() -> new MailboxException(NONEXISTENT, "There is no account " + name + "."));
    }

    /** The folder by its name, or NONEXISTENT. */
    public Folder folder(String account, String name) {
        return account(account).folder(name)
                .orElseThrow(() -> new MailboxException(NONEXISTENT, "There is no folder " + name + "."));
    }

    /** The folder by its id, or NONEXISTENT. */
    public Folder folder(String account, long folderId) {
        return account(account).folder(folderId)
                .orElseThrow(() -> new MailboxException(NONEXISTENT, "The folder has been deleted."));
    }

    /** Makes an account with an empty INBOX. ALREADYEXISTS when the name is taken. */
    public void createAccount(String name) {
        if (state.account(name).isPresent()) {
            throw new MailboxException(ALREADYEXISTS, "There is an account " + name + " already.");
        }
        apply(new Change.AccountAdded(name));
        addFolder(name, Folder.INBOX);
    }

    /** Removes an account with all its mail. */
    public void removeAccount(String name) {
        account(name);
        apply(new Change.AccountRemoved(name));
    }

    /**
     * Makes a folder, and those above it that are missing (RFC 9051 section 6.3.4). A name that only held other folders
     * becomes selectable. The name must have no empty level; a separator at its end is the caller's to remove.
     */
    public Folder createFolder(String account, String name) {
        var full = Folder.canonicalName(name);
        checkName(full);
        var existing = account(account).folder(full);
        if (existing.isPresent()) {
            if (existing.get().selectable()) {
                throw new MailboxException(ALREADYEXISTS, "There is a folder " + full + " already.");
            }
            apply(new Change.SelectableChanged(account, existing.get().id(), full, true));
            return folder(account, full);
        }
        createParents(account, full);
        return addFolder(account, full);
    }

    /**
     * Says what a folder is for, in place of what it was for before (RFC 6154); several may be for the same. USEATTR
     * for a use that no folder can have.
     */
    public void setSpecialUses(String account, long folderId, Collection<SpecialUse> uses) {
        var folder = folder(account, folderId);
        uses.stream().filter(use -> !use.canBeGiven()).findFirst().ifPresent(use -> {
            throw new MailboxException(USEATTR, "No folder can have the use " + use.wireName() + ".");
        });
        var sorted = uses.stream().distinct().sorted().toList();
        if (!List.copyOf(folder.uses()).equals(sorted)) {
            apply(new Change.SpecialUseChanged(account, folderId, folder.name(), sorted));
        }
    }

    /**
     * Deletes a folder and its messages (RFC 9051 section 6.3.5). One with children loses its messages and becomes
     * {@code \Noselect}; asked again it is HASCHILDREN. INBOX cannot be deleted.
     */
    public void deleteFolder(String account, String name) {
        var folder = folder(account, name);
        if (folder.isInbox()) {
            throw new MailboxException(CANNOT, "INBOX cannot be deleted.");
        }
        if (!account(account).hasChildren(folder.name())) {
            apply(new Change.FolderDeleted(account, folder.id(), folder.name(), folder.size()));
            return;
        }
        if (!folder.selectable()) {
            throw new MailboxException(HASCHILDREN,
                    "Folder " + folder.name() + " holds only other folders; delete those first.");
        }
        // A new id and a new UIDVALIDITY: sessions that have it open see it deleted, and its UIDs never come back.
        apply(new Change.FolderDeleted(account, folder.id(), folder.name(), folder.size()));
        var shell = addFolder(account, folder.name());
        apply(new Change.SelectableChanged(account, shell.id(), shell.name(), false));
    }

    /**
     * Renames a folder and all below it. INBOX is special: its messages move into the new folder, and INBOX stays,
     * empty (RFC 9051 section 6.3.6).
     */
    public void renameFolder(String account, String from, String to) {
        var folder = folder(account, from);
        var target = Folder.canonicalName(to);
        checkName(target);
        if (account(account).folder(target).isPresent()) {
            throw new MailboxException(ALREADYEXISTS, "There is a folder " + target + " already.");
        }
        if (folder.isInbox()) {
            createParents(account, target);
            var moved = addFolder(account, target);
            // Both have them then (RFC 5464 section 4.1); whoever could read the messages can do so still.
            account(account).annotations(folder.id())
                    .forEach((entry, value) -> annotate(account, account, moved.id(), entry, Optional.of(value)));
            setAccess(account, moved.id(), folder.access());
            for (var message : folder.messages().values()) {
                append(account, moved.id(), message.flags(), message.internalDate(), message.content());
                expunge(account, folder.id(), message.uid());
            }
            return;
        }
        var below = folder.name() + Folder.SEPARATOR;
        if (target.startsWith(below)) {
            throw new MailboxException(CANNOT, "Folder " + folder.name() + " cannot be moved into itself.");
        }
        createParents(account, target);
        for (var child : account(account).folders().tailMap(below, true).values()) {
            if (!child.name().startsWith(below)) {
                break;
            }
            rename(account, child, target + Folder.SEPARATOR + child.name().substring(below.length()));
        }
        rename(account, folder, target);
    }

    /** Subscribes or unsubscribes a name; it need not exist. Does nothing when it is so already. */
    public void subscribe(String account, String name, boolean subscribed) {
        var full = Folder.canonicalName(name);
        if (subscribed) {
            Folder.requireNetUnicode(full);
        }
        var names = account(account).subscriptions();
        if (names.contains(full) != subscribed) {
            if (subscribed && names.size() >= Account.MOST_NAMES) {
                throw new MailboxException(LIMIT, "An account has at most " + Account.MOST_NAMES
                        + " names subscribed.");
            }
            apply(new Change.SubscriptionChanged(account, full, subscribed));
        }
    }

    /**
     * Gives an identifier rights on a folder, in place of those it had, or none by taking its entry away (RFC 4314
     * sections 3.1 and 3.2). The owner keeps {@link AccessList#OWNER}, whatever is given. Does nothing when it is so
     * already; LIMIT when the list has too many entries.
     *
     * @param identifier as {@link AccessList#prepared} gives it
     */
    public void setAccess(String account, long folderId, String identifier, Optional<Rights> rights) {
        var folder = folder(account, folderId);
        var kept = rights.map(given -> AccessList.kept(identifier, account, given));
        var before = folder.access();
        if (Optional.ofNullable(before.entries().get(identifier)).equals(kept)) {
            return;
        }
        apply(new Change.AccessChanged(account, folderId, folder.name(), identifier, kept));
        var now = folder(account, folderId).access().entries().size();
        if (now > AccessList.MOST && now > before.entries().size()) {
            throw new MailboxException(LIMIT, "An access list has at most " + AccessList.MOST + " identifiers.");
        }
    }

    /** Gives a folder that access list in place of the one it has. */
    public void setAccess(String account, long folderId, AccessList access) {
        AccessList.difference(folder(account, folderId).access(), access)
                .forEach((identifier, rights) -> setAccess(account, folderId, identifier, rights));
    }

    /**
     * Gives a folder's entry a value, or none (RFC 5464). Does nothing when it is so already.
     *
     * @param user    whose note it is: the folder's account, or for a private entry any
     * @param account the folder's
     */
    public void annotate(String user, String account, long folderId, String entry, Optional<String> value) {
        var folder = folder(account, folderId);
        if (!Optional.ofNullable(account(user).annotations(folderId).get(entry)).equals(value)) {
            apply(new Change.AnnotationChanged(user, folderId, Reach.name(user, account, folder.name()), entry, value));
        }
    }

    /**
     * Gives an entry of the server a value, or none: a shared one for everybody, a private one for the account, which
     * may be empty for a shared one. Does nothing when it is so already.
     */
    public void annotateServer(String account, String entry, Optional<String> value) {
        var entries = Annotations.isShared(entry) ? state.annotations() : account(account).annotations(Account.SERVER);
        if (!Optional.ofNullable(entries.get(entry)).equals(value)) {
            apply(new Change.ServerAnnotationChanged(account, entry, value));
        }
    }

    /** Says how much an account may hold, even when it holds more already (RFC 9208 section 4.1.3). */
    public void setQuota(String account, Quota quota) {
        if (!account(account).quota().equals(quota)) {
            apply(new Change.QuotaChanged(account, quota));
        }
    }

    /** Puts a message into a folder under the next UID, and gives it as it is there. */
    public Message append(String account, long folderId, Flags flags, OffsetDateTime internalDate, Content content) {
        var folder = folder(account, folderId);
        if (!folder.selectable()) {
            throw new MailboxException(NONEXISTENT, "Folder " + folder.name() + " holds only other folders.");
        }
        if (folder.uidNext() > MAX_UID) {
            throw new MailboxException(LIMIT, "Folder " + folder.name() + " has used up its UIDs.");
        }
        // What clients are told of it has no fractions, and what is the same to them is to be sorted so.
        var message = new Message(folder.uidNext(), nextModSeq(), folder.spelled(flags),
                internalDate.truncatedTo(ChronoUnit.SECONDS), clock.instant(), content);
        apply(new Change.MessageAdded(account, folderId, folder.name(), message));
        checkKeywords(account, folder, Flags.NONE, message.flags());
        return message;
    }

    /** Removes a message for good; gives false when it is no longer there. */
    public boolean expunge(String account, long folderId, long uid) {
        var folder = folder(account, folderId);
        var message = folder.message(uid);
        if (message == null) {
            return false;
        }
        apply(new Change.MessageRemoved(account, folderId, folder.name(), message, nextModSeq()));
        return true;
    }

    /**
     * Gives a message other flags and returns it as it is then; null when it is no longer there. Flags it has already
     * are no change.
     */
    public Message setFlags(String account, long folderId, long uid, Flags flags) {
        var folder = folder(account, folderId);
        var message = folder.message(uid);
        if (message == null || message.flags().equals(flags)) {
            return message;
        }
        apply(new Change.FlagsChanged(account, folderId, folder.name(), message, folder.spelled(flags), nextModSeq()));
        checkKeywords(account, folder, message.flags(), flags);
        return folder(account, folderId).message(uid);
    }

    /** LIMIT when a message, or its folder, has got more keywords by a change than it may have. */
    private void checkKeywords(String account, Folder before, Flags was, Flags now) {
        if (!now.hasKeywords()) {
            return;
        }
        var count = now.keywords().size();
        if (count > Flags.MOST_KEYWORDS && count > was.keywords().size()) {
            throw new MailboxException(LIMIT, "A message has at most " + Flags.MOST_KEYWORDS + " keywords.");
        }
        if (now.keywords().stream().anyMatch(word -> word.length() > Flags.LONGEST_KEYWORD)) {
            throw new MailboxException(LIMIT, "A keyword has at most " + Flags.LONGEST_KEYWORD + " characters.");
        }
        var all = folder(account, before.id()).keywords().size();
        if (all > Folder.MOST_KEYWORDS && all > before.keywords().size()) {
            throw new MailboxException(LIMIT, "The messages of a folder have at most " + Folder.MOST_KEYWORDS
                    + " different keywords, those that none has any more among them.");
        }
    }

    /**
     * Takes the folder's recent messages for the asking session: they are recent to no other one that is told of them
     * later (RFC 3501 section 2.3.2). The folder before says which they are.
     */
    public void claimRecent(String account, long folderId) {
        var folder = folder(account, folderId);
        if (folder.recentFrom() != folder.uidNext()) {
            apply(new Change.RecentClaimed(account, folderId, folder.name(), folder.uidNext()));
        }
    }

    /**
     * What this transaction comes to; empty changes when nothing changed. OVERQUOTA when an account has grown beyond
     * its quota: only the end counts, so what goes makes room for what comes.
     */
    Commit commit(Cause cause) {
        checkQuotas();
        return new Commit(start, changes.isEmpty() ? start : state.at(start.version() + 1), changes, cause);
    }

    // Limits bind from the transaction after the one that sets them: an account may begin beyond its quota.
    private void checkQuotas() {
        var grown = new HashSet<String>();
        var settled = new HashSet<String>();
        for (var change : changes) {
            switch (change) {
                case Change.MessageAdded c -> grown.add(c.account());
                case Change.FolderCreated c -> grown.add(c.account());
                case Change.AccountAdded c -> settled.add(c.account());
                case Change.AccountRemoved c -> settled.add(c.account());
                case Change.QuotaChanged c -> settled.add(c.account());
                case Change.FolderDeleted c -> { }
                case Change.FolderRenamed c -> { }
                case Change.SelectableChanged c -> { }
                case Change.SpecialUseChanged c -> { }
                case Change.SubscriptionChanged c -> { }
                case Change.AccessChanged c -> { }
                case Change.AnnotationChanged c -> { }
                case Change.ServerAnnotationChanged c -> { }
                case Change.MessageRemoved c -> { }
                case Change.FlagsChanged c -> { }
                case Change.RecentClaimed c -> { }
            }
        }
        grown.removeAll(settled);
        grown.forEach(name -> checkQuota(start.account(name).orElseThrow(), account(name)));
    }

    private static void checkQuota(Account before, Account after) {
        after.quota().limits().forEach((resource, limit) -> {
            var usage = resource.usage(after);
            if (usage > limit && usage > resource.usage(before)) {
                throw new MailboxException(OVERQUOTA, "That would make " + resource.words(usage) + " in account "
                        + after.name() + ", whose quota is " + resource.words(limit) + ".");
            }
        });
    }

    private void apply(Change change) {
        state = change.applyTo(state);
        changes.add(change);
    }

    private long nextModSeq() {
        return state.modSeq() + 1;
    }

    private Folder addFolder(String account, String full) {
        var before = start.account(account).map(whole -> whole.folders().size()).orElse(0);
        // Where there are more of old, one may still take another's place.
        if (account(account).folders().size() >= Math.max(Account.MOST_NAMES, before)) {
            throw new MailboxException(LIMIT, "An account has at most " + Account.MOST_NAMES + " folders.");
        }
        // Seconds since 1970 as RFC 9051 section 2.3.1.1 proposes, and always more than any before; but 32 bits are all
        // there are, and a clock that is far off must not use them up.
        var seconds = clock.instant().getEpochSecond();
        var uidValidity = Math.max(state.lastUidValidity() + 1, seconds > LARGEST_UID_VALIDITY ? 0 : seconds);
        apply(new Change.FolderCreated(account, state.lastFolderId() + 1, full, uidValidity, nextModSeq()));
        var made = folder(account, full);
        // As RFC 4314 section 4 wishes.
        var level = full.lastIndexOf(Folder.SEPARATOR);
        if (level > 0) {
            account(account).folder(full.substring(0, level))
                    .ifPresent(above -> setAccess(account, made.id(), above.access()));
        }
        return folder(account, full);
    }

    private void createParents(String account, String full) {
        for (var end = full.indexOf(Folder.SEPARATOR); end >= 0; end = full.indexOf(Folder.SEPARATOR, end + 1)) {
            var parent = full.substring(0, end);
            if (account(account).folder(parent).isEmpty()) {
                addFolder(account, parent);
            }
        }
    }

    private void rename(String account, Folder folder, String to) {
        apply(new Change.FolderRenamed(account, folder.id(), folder.name(), to));
    }

    private static void checkName(String full) {
        Folder.requireNetUnicode(full);
        if (full.isEmpty() || full.charAt(0) == Folder.SEPARATOR || full.charAt(full.length() - 1) == Folder.SEPARATOR
                || full.contains("//")) {
            throw new MailboxException(CANNOT, "A folder name has no empty level: \"" + full + "\".");
        }
    }
}
