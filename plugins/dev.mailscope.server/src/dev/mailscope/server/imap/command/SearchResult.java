package dev.mailscope.server.imap.command;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of its outcome a SEARCH is to answer with, or keep (RFC 4731 section 3.1, RFC 5182, RFC 9394); and a SORT (RFC
 * 5267 section 3).
 *
 * @param options {@code RETURN ()} asks for ALL
 * @param partial a window on what is found, which is never asked for beside ALL; null when there is none
 */
public record SearchResult(Set<Option> options, PartialRange partial) {
    /** One thing to answer with. */
    public enum Option {
        /** The lowest number found. */
        MIN,
        /** The highest number found. */
        MAX,
        /** All numbers found. */
        ALL,
        /** How many were found. */
        COUNT,
        /** Nothing to answer with: later commands can name what was found as {@code $}. */
        SAVE
    }

    /** All that is found, which is what a SEARCH that asks for nothing in particular answers. */
    public static final SearchResult EVERYTHING = new SearchResult(EnumSet.of(Option.ALL));

    /** Keeps its own copy of the options. */
    public SearchResult {
        if (options.isEmpty()) {
            options = partial == null ? Set.of(Option.ALL) : Set.of();
        } else {
            options = Collections.unmodifiableSet(EnumSet.copyOf(options));
        }
        if (partial != null && options.contains(Option.ALL)) {
            throw new IllegalArgumentException("either all or a part");
        }
    }

    /** These options, and no window. */
    public SearchResult(Set<Option> options) {
        this(options, null);
    }

    /** True when that is asked for. */
    public boolean has(Option option) {
        return options.contains(option);
    }

    /** True when it is only kept: then nothing is told (RFC 5182 section 2.1). */
    public boolean savesOnly() {
        return options.equals(Set.of(Option.SAVE)) && partial == null;
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        return Stream.concat(options.stream().map(Option::name), Stream.ofNullable(partial)
                .map(range -> "PARTIAL " + range)).collect(Collectors.joining(" ", "RETURN (", ")"));
    }
}
