package dev.mailscope.server.mailbox;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Some rights (RFC 4314 section 2). Immutable. */
public record Rights(Set<Right> all) {
    /** No right. */
    public static final Rights NONE = new Rights(Set.of());
    /** Every right there is. */
    public static final Rights ALL = new Rights(EnumSet.allOf(Right.class));

    private static final String CREATE = "kx";
    private static final String DELETE = "te";

    /** Keeps its own copy, in the usual order. */
    public Rights {
        var sorted = EnumSet.noneOf(Right.class);
        sorted.addAll(all);
        all = Collections.unmodifiableSet(sorted);
    }

    /** These rights. */
    public static Rights of(Right... rights) {
        return new Rights(Set.of(rights));
    }

    /**
     * Reads letters; {@code c} and {@code d} of RFC 2086 stand for {@code kx} and {@code te} (section 2.1.1).
     * IllegalArgumentException, which names the letter, when one is no right.
     */
    public static Rights parse(String letters) {
        var rights = EnumSet.noneOf(Right.class);
        for (var letter : letters.replace("c", CREATE).replace("d", DELETE).toCharArray()) {
            rights.add(Right.of(letter)
                    .orElseThrow(() -> new IllegalArgumentException(Character.toString(letter))));
        }
        return new Rights(rights);
    }

    /** The letters, each right once. */
    public String letters() {
        var letters = new StringBuilder();
        all.forEach(right -> letters.append(right.letter()));
        return letters.toString();
    }

    /** The letters with {@code c} and {@code d}, where clients of RFC 2086 have to find them (section 2.1.1). */
    public String compatible() {
        var letters = letters();
        var c = has(Right.CREATE) || has(Right.DELETE) ? "c" : "";
        var d = has(Right.DELETE_MESSAGES) || has(Right.EXPUNGE) ? "d" : "";
        return has(Right.ADMINISTER) ? letters.substring(0, letters.length() - 1) + c + d + "a" : letters + c + d;
    }

    /** True with that right. */
    public boolean has(Right right) {
        return all.contains(right);
    }

    /** True with all of those. */
    public boolean hasAll(Right... rights) {
        return all.containsAll(Set.of(rights));
    }

    /** True with one of those. */
    public boolean hasAny(Right... rights) {
        return Set.of(rights).stream().anyMatch(all::contains);
    }

    /** These and those. */
    public Rights plus(Rights more) {
        var rights = EnumSet.noneOf(Right.class);
        rights.addAll(all);
        rights.addAll(more.all);
        return new Rights(rights);
    }

    /** These without those. */
    public Rights minus(Rights less) {
        var rights = EnumSet.noneOf(Right.class);
        rights.addAll(all);
        rights.removeAll(less.all);
        return new Rights(rights);
    }

    /** True when something in the folder can be changed, so that it is open READ-WRITE (section 5.2). */
    public boolean canChange() {
        return hasAny(Right.INSERT, Right.EXPUNGE, Right.SEEN, Right.WRITE, Right.DELETE_MESSAGES);
    }

    /** What setting or clearing these flags needs (section 4). */
    public static Rights changing(Flags flags) {
        return new Rights(flags.names().stream().map(Rights::changing).collect(Collectors.toSet()));
    }

    private static Right changing(String flag) {
        return Flags.SEEN.contains(flag) ? Right.SEEN
                : Flags.DELETED.contains(flag) ? Right.DELETE_MESSAGES : Right.WRITE;
    }

    /** True when that flag can be set and cleared. */
    public boolean canChange(String flag) {
        return has(changing(flag));
    }

    /** Those of the flags that can be set and cleared. */
    public Flags changeable(Flags flags) {
        return hasAll(Right.SEEN, Right.WRITE, Right.DELETE_MESSAGES) ? flags
                : Flags.of(flags.names().stream().filter(this::canChange).toList());
    }

    @Override
    public String toString() {
        return letters();
    }
}
