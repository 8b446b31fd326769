package dev.mailscope.server.mailbox;

import java.util.Optional;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * One user's mail. Immutable. Its password is not here: the state is recorded, and a recording holds no secret.
 *
 * @param name          the user name
 * @param folders       by full name, INBOX in capitals
 * @param names         the full name of each folder by its id
 * @param subscriptions the subscribed names, which need not exist (RFC 9051 section 6.3.7)
 * @param quota         how much it may hold
 * @param annotations   by folder id, which may be another account's, or {@link #SERVER}: its entries and their values,
 *                      whose characters stand for one octet each (RFC 5464); what has none is not there
 */
public record Account(String name, TreePMap<String, Folder> folders, PMap<Long, String> names,
        TreePSet<String> subscriptions, Quota quota,
        PMap<Long, TreePMap<String, String>> annotations) {

    /** In place of a folder's id: the user's private annotations of the server itself. */
    public static final long SERVER = 0;

    /** How many folders it may have, and how many names may be subscribed. */
    public static final int MOST_NAMES = 10_000;

    static Account empty(String name) {
        return new Account(name, TreePMap.empty(), HashTreePMap.empty(), TreePSet.empty(), Quota.NONE,
                HashTreePMap.empty());
    }

    /** The folder of that name; INBOX is found in any case. */
    public Optional<Folder> folder(String fullName) {
        return Optional.ofNullable(folders.get(Folder.canonicalName(fullName)));
    }

    /** The folder with that id, whatever it is called now. */
    public Optional<Folder> folder(long id) {
        return Optional.ofNullable(names.get(id)).map(folders::get);
    }

    /** The INBOX, which every account has. */
    public Folder inbox() {
        return folders.get(Folder.INBOX);
    }

    /** True when some folder lies below that name. */
    public boolean hasChildren(String fullName) {
        var prefix = Folder.canonicalName(fullName) + Folder.SEPARATOR;
        var next = folders.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    Account with(Folder folder) {
        return new Account(name, folders.plus(folder.name(), folder), names.plus(folder.id(), folder.name()),
                subscriptions, quota, annotations);
    }

    Account without(Folder folder) {
        return new Account(name, folders.minus(folder.name()), names.minus(folder.id()), subscriptions, quota,
                annotations);
    }

    Account withSubscriptions(TreePSet<String> now) {
        return new Account(name, folders, names, now, quota, annotations);
    }

    Account withQuota(Quota now) {
        return new Account(name, folders, names, subscriptions, now, annotations);
    }

    /** The annotations of the folder with that id, or of the {@link #SERVER}: entries and their values. */
    public TreePMap<String, String> annotations(long folderId) {
        return annotations.getOrDefault(folderId, TreePMap.empty());
    }

    Account withAnnotations(long folderId, TreePMap<String, String> now) {
        return new Account(name, folders, names, subscriptions, quota,
                now.isEmpty() ? annotations.minus(folderId) : annotations.plus(folderId, now));
    }
}
