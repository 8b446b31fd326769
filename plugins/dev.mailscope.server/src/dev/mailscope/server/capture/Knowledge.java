package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;

/**
 * All that a capture tells of what its servers held, found by going through it once. The second time it is known from
 * the beginning what was there, and what came and went.
 */
final class Knowledge {
    /** What a session saw of a folder that it had open: what was in it, and what came later. */
    static final class Seen {
        final List<MessageFacts> atFirst = new ArrayList<>();
        final List<MessageFacts> later = new ArrayList<>();
    }

    final Map<String, AccountFacts> accounts = new LinkedHashMap<>();
    /** What separates the levels of folder names, where that is no slash: known only when a LIST has told it. */
    final Map<String, Character> separators;
    /** True where accounts that were read by both protocols are two. */
    final boolean split;
    final List<FolderFacts> folders = new ArrayList<>();
    final List<Seen> views = new ArrayList<>();

    long firstMicros = Long.MAX_VALUE;
    long lastMicros;
    long sessions;
    boolean hasSegments;

    private static final int MOST_MESSAGES = 200_000;

    private long octetsLeft = Runtime.getRuntime().maxMemory() / 4;
    private int messages;
    private boolean cut;

    /** Nothing is known yet but that. */
    Knowledge(Map<String, Character> separators, boolean split) {
        this.separators = separators;
        this.split = split;
    }

    /** A message's octets; null where there have been more of them than can be kept. */
    Content content(byte[] octets) {
        octetsLeft -= octets.length;
        cut |= octetsLeft < 0;
        return octetsLeft < 0 ? null : Content.of(octets);
    }

    /** How many more messages can be told apart, of so many. */
    int room(int wanted) {
        var given = Math.min(wanted, MOST_MESSAGES - messages);
        messages += given;
        cut |= given < wanted;
        return given;
    }

    /** True when there was more than can be kept. */
    boolean isCut() {
        return cut;
    }

    /** The separators that were told, of accounts where it is no slash. */
    Map<String, Character> toldSeparators() {
        var told = new HashMap<String, Character>();
        accounts.values().stream().filter(account -> account.separator != Folder.SEPARATOR)
                .forEach(account -> told.put(account.name, account.separator));
        return told;
    }

    /** What the servers held before the capture began, as far as it tells. */
    ServerState start() {
        var state = ServerState.EMPTY;
        var modSeq = 0L;
        for (var account : accounts.values()) {
            state = new Change.AccountAdded(account.name).applyTo(state);
            for (var folder : folders) {
                if (folder.account == account && folder.wasThere
                        && state.account(account.name).orElseThrow().folder(folder.firstName).isEmpty()) {
                    state = new Change.FolderCreated(account.name, folder.id, folder.firstName, folder.uidValidity,
                            ++modSeq).applyTo(state);
                    for (var message : folder.messages.values()) {
                        if (message.wasThere) {
                            state = new Change.MessageAdded(account.name, folder.id, folder.firstName,
                                    message.message(++modSeq)).applyTo(state);
                        }
                    }
                    state = finish(state, folder);
                }
            }
            for (var name : account.subscribed) {
                state = new Change.SubscriptionChanged(account.name, name, true).applyTo(state);
            }
        }
        return state.at(1);
    }

    private static ServerState finish(ServerState state, FolderFacts facts) {
        var account = state.account(facts.account.name).orElseThrow();
        var made = account.folder(facts.id).orElseThrow();
        var next = Math.max(made.uidNext(), facts.firstUidNext);
        var told = new Folder(made.id(), made.name(), made.uidValidity(), next, made.modSeq(), next, facts.selectable,
                made.messages(), made.byModSeq(), made.vanished(), made.forgottenAt(), made.keywords(), made.unseen(),
                made.octets(), TreePSet.from(facts.uses), made.access());
        var with = new Account(account.name(), account.folders().plus(told.name(), told), account.names(),
                account.subscriptions(), account.quota(), account.annotations());
        TreePMap<String, Account> accounts = state.accounts().plus(with.name(), with);
        return new ServerState(state.version(), state.modSeq(), state.lastUidValidity(), state.lastFolderId(), accounts,
                state.annotations());
    }

    /** True where an account's mail was read by both protocols, and which messages are the same cannot be told. */
    boolean mixesProtocols() {
        return !split && accounts.values().stream().anyMatch(account -> account.overImap && account.overPop3
                && (account.folders.get(Folder.INBOX) == null
                        || account.folders.get(Folder.INBOX).messages.values().stream()
                                .anyMatch(message -> message.uniqueId != null && message.uidIsGuess)));
    }
}
