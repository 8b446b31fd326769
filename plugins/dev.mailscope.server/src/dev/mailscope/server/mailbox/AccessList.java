package dev.mailscope.server.mailbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.pcollections.TreePMap;

/**
 * Who may do what with a folder (RFC 4314 section 2). A user has all that is granted to the user's name and to
 * {@link #ANYONE}, without what is taken from either by an identifier with a dash before it. The folder's owner always
 * has some rights, so that nobody can be locked out of an own folder. Immutable.
 *
 * @param entries rights by identifier; an identifier with a dash takes rights away
 */
public record AccessList(TreePMap<String, Rights> entries) {
    /** The identifier of every user. */
    public static final String ANYONE = "anyone";
    /** What the owner of a folder always has. */
    public static final Rights OWNER = Rights.of(Right.LOOKUP, Right.ADMINISTER);
    /** How many identifiers a list can have. */
    public static final int MOST = 100;

    private static final String NEGATIVE = "-";

    /** All rights for the owner, none for others. */
    public static AccessList ofOwner(String owner) {
        return new AccessList(TreePMap.singleton(owner, Rights.ALL));
    }

    /**
     * The identifier in the form in which it is kept (section 3); empty when SASLprep refuses it, or nothing is left of
     * it.
     */
    public static Optional<String> prepared(String identifier) {
        var negative = isNegative(identifier);
        return SaslPrep.prepare(negative ? identifier.substring(1) : identifier)
                .map(name -> negative ? NEGATIVE + name : name);
    }

    /** True for one that takes rights away. */
    public static boolean isNegative(String identifier) {
        return identifier.startsWith(NEGATIVE);
    }

    /** What that user may do; the owner's name is the owner's only. */
    public Rights of(String user, String owner) {
        var own = entry(user);
        if (entries.size() == 1 && user.equals(owner) && own.equals(Rights.ALL)) {
            return own; // as nearly always
        }
        var granted = own.plus(entry(ANYONE)).minus(entry(NEGATIVE + user)).minus(entry(NEGATIVE + ANYONE));
        return user.equals(owner) ? granted.plus(OWNER) : granted;
    }

    /** What the identifier can be given, beside what it always has. */
    public static Rights optional(String identifier, String owner) {
        return isOwner(identifier, owner) ? Rights.ALL.minus(OWNER) : Rights.ALL;
    }

    /** What an entry of that identifier comes to: the owner's rights stay whole. */
    static Rights kept(String identifier, String owner, Rights rights) {
        return identifier.equals(owner) ? rights.plus(OWNER)
                : isOwner(identifier, owner) ? rights.minus(OWNER) : rights;
    }

    /** True when the owner alone could see the folder. */
    public boolean isPrivate(String owner) {
        return entries.size() <= 1 && entries.keySet().stream().allMatch(owner::equals);
    }

    /** The identifiers whose entries differ, with what they are after; empty for those that are gone. */
    public static Map<String, Optional<Rights>> difference(AccessList before, AccessList after) {
        var changed = new TreeMap<String, Optional<Rights>>();
        before.entries.keySet().stream().filter(identifier -> !after.entries.containsKey(identifier))
                .forEach(identifier -> changed.put(identifier, Optional.empty()));
        after.entries.forEach((identifier, rights) -> {
            if (!rights.equals(before.entries.get(identifier))) {
                changed.put(identifier, Optional.of(rights));
            }
        });
        return changed;
    }

    AccessList with(String identifier, Optional<Rights> rights) {
        return new AccessList(rights.map(now -> entries.plus(identifier, now))
                .orElseGet(() -> entries.minus(identifier)));
    }

    private static boolean isOwner(String identifier, String owner) {
        return identifier.equals(owner) || identifier.equals(NEGATIVE + owner);
    }

    /** The rights of an identifier's entry, none where it has none. */
    public Rights entry(String identifier) {
        return entries.getOrDefault(identifier, Rights.NONE);
    }
}
