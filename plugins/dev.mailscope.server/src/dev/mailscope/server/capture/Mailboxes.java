package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.What;

/**
 * What the servers of a capture hold, as one goes through it. The first time, what is told becomes {@link Knowledge};
 * the second time it becomes changes of the recorded state.
 */
final class Mailboxes {
    private final Knowledge knowledge;
    private final boolean first;
    private final List<Change> changes = new ArrayList<>();
    private ServerState state;
    private int folders;
    private int views;
    private String server = "";

    /** The first way through a capture. */
    static Mailboxes learning(Knowledge knowledge) {
        return new Mailboxes(knowledge, true, ServerState.EMPTY);
    }

    /** The second way, which begins with that state. */
    static Mailboxes telling(Knowledge knowledge, ServerState start) {
        knowledge.accounts.values().forEach(AccountFacts::rewind);
        return new Mailboxes(knowledge, false, start);
    }

    private Mailboxes(Knowledge knowledge, boolean first, ServerState state) {
        this.knowledge = knowledge;
        this.first = first;
        this.state = state;
    }

    /** True while the capture is looked through for the first time. */
    boolean isLearning() {
        return first;
    }

    /** A message's octets; null where there have been more of them than can be kept. */
    Content content(byte[] octets) {
        return knowledge.content(octets);
    }

    /** How many more messages can be told apart, of so many. */
    int room(int wanted) {
        return knowledge.room(wanted);
    }

    /** The account of that user on that server; one of another server than the first has that in its name. */
    AccountFacts account(String host, String user, boolean imap) {
        server = server.isEmpty() ? host : server;
        var name = user + (host.equals(server) ? "" : " at " + host) + (knowledge.split && !imap ? " (POP3)" : "");
        var account = knowledge.accounts.computeIfAbsent(name, made -> new AccountFacts(made,
                knowledge.separators.getOrDefault(made, Folder.SEPARATOR)));
        account.overImap |= imap;
        account.overPop3 |= !imap;
        folder(account, Folder.INBOX);
        return account;
    }

    /** The folder of that name as the model writes it, which is there. */
    FolderFacts folder(AccountFacts account, String name) {
        var own = account.folders.get(name);
        if (own == null) {
            own = folder(account, name, !account.madeOrGone.contains(name));
            if (!own.wasThere) {
                created(own, name); // somebody else has made it again
            }
        }
        return own;
    }

    private FolderFacts folder(AccountFacts account, String name, boolean wasThere) {
        var number = folders++;
        if (first) {
            knowledge.folders.add(new FolderFacts(account, number + 1L, name, wasThere));
        }
        var made = knowledge.folders.get(number);
        account.folders.put(name, made);
        if (!wasThere) {
            account.madeOrGone.add(name);
        }
        return made;
    }

    /** The folder's UIDVALIDITY was told: what had another one is another folder. */
    FolderFacts folder(AccountFacts account, String name, long uidValidity) {
        var folder = folder(account, name);
        if (uidValidity > 0 && folder.uidValidity > 0 && folder.uidValidity != uidValidity) {
            delete(account, name);
            folder = folder(account, name, false);
            folder.uidValidity = uidValidity;
            created(folder, name);
        } else if (uidValidity > 0) {
            folder.uidValidity = uidValidity;
        }
        return folder;
    }

    /** A folder was created, with those above it that nobody has seen (RFC 9051 section 6.3.4). */
    void create(AccountFacts account, String name) {
        var above = name.lastIndexOf(Folder.SEPARATOR);
        if (above > 0) {
            create(account, name.substring(0, above));
        }
        if (!account.folders.containsKey(name)) {
            created(folder(account, name, false), name);
        }
    }

    private void created(FolderFacts folder, String name) {
        change(() -> new Change.FolderCreated(folder.account.name, folder.id, name, folder.uidValidity,
                state.modSeq() + 1));
    }

    /** A folder was deleted. */
    void delete(AccountFacts account, String name) {
        var folder = account.folders.remove(name);
        account.madeOrGone.add(name);
        if (folder != null) {
            held(folder).ifPresent(held -> change(() -> new Change.FolderDeleted(account.name, folder.id, held.name(),
                    held.size())));
        }
    }

    /**
     * A folder got another name, and those below it with it. INBOX stays, and its messages go (RFC 9051 section 6.3.6).
     */
    void rename(AccountFacts account, String from, String to) {
        if (account.folders.containsKey(to)) {
            return; // which no server does: what was known of one of them is wrong
        }
        if (from.equals(Folder.INBOX)) {
            create(account, to);
            return;
        }
        folder(account, from);
        for (var name : List.copyOf(account.folders.keySet())) {
            if (name.equals(from) || name.startsWith(from + Folder.SEPARATOR)) {
                var folder = account.folders.remove(name);
                var next = to + name.substring(from.length());
                account.folders.put(next, folder);
                account.madeOrGone.add(name);
                account.madeOrGone.add(next);
                held(folder).ifPresent(held -> change(() -> new Change.FolderRenamed(account.name, folder.id, name,
                        next)));
            }
        }
    }

    /** A name is subscribed, or no longer. */
    void subscribe(AccountFacts account, String name, boolean subscribed) {
        account.changedSubscriptions.add(name);
        var known = state.account(account.name);
        if (known.isPresent() && known.get().subscriptions().contains(name) != subscribed) {
            change(() -> new Change.SubscriptionChanged(account.name, name, subscribed));
        }
    }

    /** A name was told to be subscribed. */
    void subscribed(AccountFacts account, String name) {
        if (first && !account.changedSubscriptions.contains(name)) {
            account.subscribed.add(name);
        }
    }

    /** A client brought a message into a folder. */
    void bring(FolderFacts folder, MessageFacts message, long uid) {
        if (first) {
            message.brought = true;
            var there = folder.with(uid, message);
            there.brought = true;
            folder.next(uid);
            folder.uidNext = Math.max(folder.uidNext, uid + 1);
        }
        add(folder, folder.messages.get(uid));
    }

    /** A message became another one: unless its flags are told, they are those of the first one now. */
    void copied(FolderFacts from, long uid, FolderFacts to, long copy) {
        var made = to.messages.get(copy);
        if (made != null && made.now().flags == null) {
            held(from).map(held -> held.message(uid)).ifPresent(source -> made.now().flags = source.flags());
        }
    }

    /** What a session sees of a folder that it opens now. */
    View open(FolderFacts folder) {
        var number = views++;
        if (first) {
            knowledge.views.add(new Knowledge.Seen());
        }
        return new View(this, folder, knowledge.views.get(number));
    }

    /** What the folder holds now; empty while the capture is only looked through. */
    Optional<Folder> held(FolderFacts folder) {
        return first ? Optional.empty() : state.folder(folder.account.name, folder.id);
    }

    void add(FolderFacts folder, MessageFacts facts) {
        var message = facts == null ? null : facts.now();
        if (message != null && message.uid > 0 && !message.removed) {
            held(folder).filter(held -> held.message(message.uid) == null).ifPresent(held -> change(
                    () -> new Change.MessageAdded(folder.account.name, folder.id, held.name(),
                            message.message(state.modSeq() + 1))));
        }
    }

    void remove(FolderFacts folder, long uid) {
        held(folder).ifPresent(held -> {
            folder.messages.get(uid).removed = true;
            var message = held.message(uid);
            if (message != null) {
                change(() -> new Change.MessageRemoved(folder.account.name, folder.id, held.name(), message,
                        state.modSeq() + 1));
            }
        });
    }

    /** The message has those flags; gives it as it is now, or null when it is not known. */
    Message flags(FolderFacts folder, long uid, Flags flags) {
        var held = held(folder).orElse(null);
        var message = held == null ? null : held.message(uid);
        if (message != null && flags != null && !flags.equals(message.flags())) {
            change(() -> new Change.FlagsChanged(folder.account.name, folder.id, held.name(), message, flags,
                    state.modSeq() + 1));
        }
        return message == null ? null : held(folder).orElseThrow().message(uid);
    }

    private void change(Supplier<Change> made) {
        if (!first) {
            var change = made.get();
            state = change.applyTo(state);
            changes.add(change);
        }
    }

    /** Records the changes since the last time as one event. */
    void commit(Trail trail, long cause) {
        if (!changes.isEmpty()) {
            state = state.at(state.version() + 1);
            trail.record(cause, new What.StateChanged(state.version(), changes));
            changes.clear();
        }
    }
}
