package dev.mailscope.server.imap.command;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of its outcome a SEARCH is to answer with, or keep (RFC 4731 section 3.1, RFC 5182).
 *
 * @param options never empty: {@code RETURN ()} asks for ALL
 */
public record SearchResult(Set<Option> options) {
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
        options = options.isEmpty() ? Set.of(Option.ALL) : Collections.unmodifiableSet(EnumSet.copyOf(options));
    }

    /** True when that is asked for. */
    public boolean has(Option option) {
        return options.contains(option);
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        return options.stream().map(Option::name).collect(Collectors.joining(" ", "RETURN (", ")"));
    }
}
