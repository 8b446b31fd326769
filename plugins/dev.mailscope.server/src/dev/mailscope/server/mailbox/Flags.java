package dev.mailscope.server.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An immutable set of message flags (RFC 9051 section 2.3.2): the five system flags and any keywords. Flag names are
 * compared without regard to case; a keyword keeps the spelling it was first given. {@code \Recent} is no flag of a
 * message but of a session's view and never occurs here.
 */
public final class Flags {
    private static final List<String> SYSTEM = List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");
    private static final int ANSWERED_BIT = 1;
    private static final int FLAGGED_BIT = 2;
    private static final int DELETED_BIT = 4;
    private static final int SEEN_BIT = 8;
    private static final int DRAFT_BIT = 16;
    private static final String[] NO_KEYWORDS = {};
    // Every message has flags, and most have no keywords: these are made once.
    private static final Flags[] WITHOUT_KEYWORDS = IntStream.range(0, 1 << SYSTEM.size())
            .mapToObj(bits -> new Flags(bits, NO_KEYWORDS)).toArray(Flags[]::new);

    /** How many keywords one message may have (RFC 5530 section 3, LIMIT). */
    public static final int MOST_KEYWORDS = 100;

    /** How many characters a keyword may have (the same). */
    public static final int LONGEST_KEYWORD = 200;

    /** No flag at all. */
    public static final Flags NONE = ofSystemBits(0);
    /** {@code \Answered} alone. */
    public static final Flags ANSWERED = ofSystemBits(ANSWERED_BIT);
    /** {@code \Flagged} alone. */
    public static final Flags FLAGGED = ofSystemBits(FLAGGED_BIT);
    /** {@code \Deleted} alone. */
    public static final Flags DELETED = ofSystemBits(DELETED_BIT);
    /** {@code \Seen} alone. */
    public static final Flags SEEN = ofSystemBits(SEEN_BIT);
    /** {@code \Draft} alone. */
    public static final Flags DRAFT = ofSystemBits(DRAFT_BIT);

    private final int system;
    private final String[] keywords;

    private Flags(int system, String[] keywords) {
        this.system = system;
        this.keywords = keywords;
    }

    /** The flags named. Throws IllegalArgumentException for a name with a backslash that is no system flag. */
    public static Flags of(String... names) {
        return of(Arrays.asList(names));
    }

    /** The flags named. Throws IllegalArgumentException for a name with a backslash that is no system flag. */
    public static Flags of(Collection<String> names) {
        var system = 0;
        TreeMap<String, String> keywords = null;
        for (var name : names) {
            if (name.startsWith("\\")) {
                system |= bit(name);
            } else {
                if (keywords == null) {
                    keywords = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                }
                keywords.putIfAbsent(name, name);
            }
        }
        return of(system, keywords == null ? NO_KEYWORDS : keywords.values().toArray(String[]::new));
    }

    /** The flags that {@link #systemBits} tells of; other bits tell nothing. */
    public static Flags ofSystemBits(int bits) {
        return WITHOUT_KEYWORDS[bits & WITHOUT_KEYWORDS.length - 1];
    }

    /** The names of the system flags a client may change, in the RFC's order. */
    public static List<String> systemNames() {
        return SYSTEM;
    }

    /** The system flags as bits, of which the lowest stands for the first of {@link #systemNames}. */
    public int systemBits() {
        return system;
    }

    /** True when the flag of that name is set. */
    public boolean contains(String name) {
        if (name.startsWith("\\")) {
            var index = systemIndex(name);
            return index >= 0 && (system & 1 << index) != 0;
        }
        return Arrays.binarySearch(keywords, name, String.CASE_INSENSITIVE_ORDER) >= 0;
    }

    /** True when every flag of the other set is set here. */
    public boolean containsAll(Flags other) {
        return (system & other.system) == other.system && Arrays.stream(other.keywords).allMatch(this::contains);
    }

    /** These flags and the others. */
    public Flags plus(Flags other) {
        if (other.keywords.length == 0) {
            return of(system | other.system, keywords);
        }
        var all = new ArrayList<>(names());
        all.addAll(other.names());
        return of(all);
    }

    /** These flags without the others. */
    public Flags minus(Flags other) {
        var kept = keywords;
        if (other.keywords.length > 0) {
            kept = Arrays.stream(keywords).filter(word -> !other.contains(word)).toArray(String[]::new);
        }
        return of(system & ~other.system, kept);
    }

    /** The names, system flags first. */
    public List<String> names() {
        var names = new ArrayList<String>(SYSTEM.size() + keywords.length);
        for (var i = 0; i < SYSTEM.size(); i++) {
            if ((system & 1 << i) != 0) {
                names.add(SYSTEM.get(i));
            }
        }
        if (keywords.length > 0) {
            names.addAll(keywords());
        }
        return names;
    }

    /** The keywords alone, sorted without regard to case. */
    public List<String> keywords() {
        return List.of(keywords);
    }

    /** True when there is a keyword among them. */
    public boolean hasKeywords() {
        return keywords.length > 0;
    }

    /** True when no flag is set. */
    public boolean isEmpty() {
        return system == 0 && keywords.length == 0;
    }

    /** True when {@code \Seen} is set. */
    public boolean seen() {
        return (system & SEEN_BIT) != 0;
    }

    /** True when {@code \Deleted} is set. */
    public boolean deleted() {
        return (system & DELETED_BIT) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof Flags that && system == that.system
                && keywords.length == that.keywords.length && containsAll(that);
    }

    @Override
    public int hashCode() {
        var hash = system;
        for (var word : keywords) {
            hash = 31 * hash + word.toLowerCase(Locale.ROOT).hashCode();
        }
        return hash;
    }

    /** As a FETCH response writes them: {@code (\Seen work)}. */
    @Override
    public String toString() {
        return "(" + String.join(" ", names()) + ")";
    }

    private static Flags of(int system, String[] keywords) {
        return keywords.length == 0 ? ofSystemBits(system) : new Flags(system, keywords);
    }

    private static int bit(String name) {
        var index = systemIndex(name);
        if (index < 0) {
            throw new IllegalArgumentException("not a flag a message can have: " + name);
        }
        return 1 << index;
    }

    private static int systemIndex(String name) {
        for (var i = 0; i < SYSTEM.size(); i++) {
            if (SYSTEM.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
