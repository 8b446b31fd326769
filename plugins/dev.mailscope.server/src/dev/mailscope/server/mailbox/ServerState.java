package dev.mailscope.server.mailbox;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.pcollections.TreePMap;

import dev.mailscope.server.message.Content;

/**
 * Everything the server holds, as one immutable value. Each transaction that changes something makes the next value
 * with the next version; whoever holds an old one can still look at it.
 *
 * @param version         0 for the empty state, then one more for each transaction
 * @param modSeq          the last modification sequence given out (RFC 7162); one for each change, across all folders
 * @param lastUidValidity the last UIDVALIDITY given out; a folder made again never gets one it had before
 * @param lastFolderId    the last folder id given out
 * @param accounts        by user name
 * @param annotations     the server's shared entries and their values, see {@link Account}
 */
public record ServerState(long version, long modSeq, long lastUidValidity, long lastFolderId,
        TreePMap<String, Account> accounts, TreePMap<String, String> annotations) {

    /** No account, version 0. */
    public static final ServerState EMPTY = new ServerState(0, 0, 0, 0, TreePMap.empty(), TreePMap.empty());

    /** The account with that user name. */
    public Optional<Account> account(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** A folder by account and id. */
    public Optional<Folder> folder(String account, long folderId) {
        return account(account).flatMap(a -> a.folder(folderId));
    }

    /** This state with that account alone, if there is such one, and without what accounts share. */
    public ServerState only(String account) {
        return new ServerState(version, modSeq, lastUidValidity, lastFolderId,
                account(account).map(kept -> TreePMap.singleton(account, kept)).orElse(TreePMap.empty()),
                TreePMap.empty());
    }

    ServerState with(Account account) {
        return new ServerState(version, modSeq, lastUidValidity, lastFolderId,
                accounts.plus(account.name(), account), annotations);
    }

    ServerState without(String account) {
        return new ServerState(version, modSeq, lastUidValidity, lastFolderId, accounts.minus(account),
                annotations);
    }

    /** This state as it is known under that version; whoever replays changes sets it once per transaction. */
    public ServerState at(long next) {
        return new ServerState(next, modSeq, lastUidValidity, lastFolderId, accounts, annotations);
    }

    /** This state with every mail's octets replaced by what the step makes of them; they must be the same octets. */
    public ServerState withContents(UnaryOperator<Content> step) {
        var state = this;
        for (var account : accounts.values()) {
            for (var folder : account.folders().values()) {
                account = account.with(folder.withContents(step));
            }
            state = state.with(account);
        }
        return state;
    }

    ServerState withAnnotations(TreePMap<String, String> now) {
        return new ServerState(version, modSeq, lastUidValidity, lastFolderId, accounts, now);
    }

    ServerState withModSeq(long next) {
        return new ServerState(version, Math.max(modSeq, next), lastUidValidity, lastFolderId, accounts, annotations);
    }

    ServerState withFolderNumbers(long folderId, long uidValidity) {
        return new ServerState(version, modSeq, Math.max(lastUidValidity, uidValidity),
                Math.max(lastFolderId, folderId), accounts, annotations);
    }
}
