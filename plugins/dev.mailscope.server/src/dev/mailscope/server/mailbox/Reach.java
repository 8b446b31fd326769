package dev.mailscope.server.mailbox;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What one user has of a state: the own folders, and below {@link #OTHERS} those of other users (RFC 2342). The one
 * place where a name that a client gives is resolved, and where rights are answered (RFC 4314). An own folder whose
 * name begins like that goes before another user's. Immutable.
 *
 * @param state  the state
 * @param own    the user's own account in it
 * @param shares false where access lists have no effect: then the user has all rights on own folders, and no others
 */
public record Reach(ServerState state, Account own, boolean shares) {
    /** What the names of other users' folders begin with; the account follows, and the name that its owner has. */
    public static final String OTHERS = "user/";

    /**
     * Where a folder is, or would be if it were there.
     *
     * @param account the account that holds it
     * @param name    what it is called there
     */
    public record Location(String account, String name) {
    }

    /** What the user calls a folder of that account. */
    public static String name(String user, String account, String folder) {
        return user.equals(account) ? folder : OTHERS + account + Folder.SEPARATOR + folder;
    }

    /** The folder of that name, whatever the rights on it; INBOX is found in any case. */
    public Optional<Place> find(String name) {
        return locate(name).flatMap(at -> state.account(at.account()).flatMap(account -> account.folder(at.name()))
                .map(folder -> place(at.account(), folder)));
    }

    /** Where the folder of that name is, or would be; empty for a name that no folder can have for the user. */
    public Optional<Location> locate(String written) {
        var name = Folder.canonicalName(written);
        if (own.folder(name).isPresent() || !isOthers(name)) {
            return Optional.of(new Location(own.name(), name));
        }
        var found = Optional.<Location>empty();
        // The name of an account may have separators in it.
        for (var end = next(name, OTHERS.length()); end > 0; end = next(name, end + 1)) {
            var account = name.substring(OTHERS.length(), end);
            if (!account.equals(own.name()) && state.account(account).isPresent() && end + 1 < name.length()) {
                found = Optional.of(new Location(account, Folder.canonicalName(name.substring(end + 1))));
            }
        }
        return found;
    }

    /** The nearest folder there is above a place. */
    public Optional<Place> above(Location at) {
        var account = state.account(at.account()).orElseThrow();
        var found = Optional.<Folder>empty();
        for (var end = at.name().lastIndexOf(Folder.SEPARATOR); end > 0 && found.isEmpty();
                end = at.name().lastIndexOf(Folder.SEPARATOR, end - 1)) {
            found = account.folder(at.name().substring(0, end));
        }
        return found.map(folder -> place(at.account(), folder));
    }

    /** True where the user may make a folder (RFC 4314 section 4); at the top of an account that is its owner. */
    public boolean canCreate(Location at) {
        return above(at).map(place -> place.rights().has(Right.CREATE)).orElse(at.account().equals(own.name()));
    }

    /** True for the own account, and one in which the user may read some folder. */
    public boolean readsIn(String account) {
        return account.equals(own.name()) || state.account(account).stream()
                .flatMap(found -> found.folders().values().stream())
                .anyMatch(folder -> rights(account, folder).has(Right.READ));
    }

    /** True for a name in the namespace of other users, or its beginning. */
    public boolean isOthers(String name) {
        return shares && (name + Folder.SEPARATOR).startsWith(OTHERS);
    }

    /** The name in the form that a folder of it has. */
    public String canonicalName(String name) {
        return locate(name).map(at -> name(own.name(), at.account(), at.name())).orElseGet(() -> Folder.canonicalName(name));
    }

    /** What the user may do with a folder of that account; nothing when it is no longer there. */
    public Rights rights(String account, long folderId) {
        return state.folder(account, folderId).map(folder -> rights(account, folder)).orElse(Rights.NONE);
    }

    /** All that the user is shown. */
    public Visible visible() {
        if (!shares) {
            return new Visible(own, Set.of(), Set.of());
        }
        var shared = new HashSet<Long>();
        var unreadable = new HashSet<Long>();
        var all = own;
        for (var account : state.accounts().values()) {
            var isOwn = account.name().equals(own.name());
            for (var folder : account.folders().values()) {
                // Most folders are their owner's alone, and looked at no further.
                if (!isOwn && (folder.access().isPrivate(account.name())
                        || !rights(account.name(), folder).has(Right.LOOKUP))) {
                    continue;
                }
                var place = place(account.name(), folder);
                var readable = place.rights().has(Right.READ);
                if (folder.selectable() && !readable) {
                    unreadable.add(folder.id());
                }
                if (isOwn) {
                    all = readable ? all : all.with(folder.withSelectable(false));
                } else if (own.folder(place.name()).isEmpty()) {
                    shared.add(folder.id());
                    // What it is for is so to its owner.
                    all = all.with(place.named().withSelectable(folder.selectable() && readable)
                            .withUses(TreePSet.empty())).withAnnotations(folder.id(), annotations(place));
                }
            }
        }
        return new Visible(all, Set.copyOf(shared), Set.copyOf(unreadable));
    }

    /** What is noted of a folder: the owner's shared entries, and the user's private ones (RFC 5464 section 3.2). */
    public TreePMap<String, String> annotations(Place place) {
        var id = place.folder().id();
        if (place.account().equals(own.name())) {
            return own.annotations(id);
        }
        var all = own.annotations(id);
        for (var entry : state.account(place.account()).orElseThrow().annotations(id).entrySet()) {
            all = Annotations.isShared(entry.getKey()) ? all.plus(entry.getKey(), entry.getValue()) : all;
        }
        return all;
    }

    private Place place(String account, Folder folder) {
        return new Place(account, folder, name(own.name(), account, folder.name()), rights(account, folder));
    }

    private Rights rights(String account, Folder folder) {
        if (!shares) {
            return account.equals(own.name()) ? Rights.ALL : Rights.NONE;
        }
        return folder.access().of(own.name(), account);
    }

    private static int next(String name, int from) {
        return from > name.length() ? -1 : name.indexOf(Folder.SEPARATOR, from);
    }
}
