package dev.mailscope.server.imap.command;

import java.util.List;
import java.util.Set;

/**
 * What an extended LIST says besides its patterns (RFC 5258 section 3, RFC 9051 section 6.3.9). Immutable.
 *
 * @param selection which names are listed; all that exist when empty
 * @param results   what is told of each
 * @param status    what STATUS tells of each that can be selected (RFC 5819), in the client's order; empty for
 *                  no STATUS
 * @param metadata  the entries that METADATA tells of each that exists (RFC 9590), in lower case, in the client's
 *                  order; empty for no METADATA
 */
public record ListOptions(Set<Selection> selection, Set<Result> results, List<StatusItem> status,
        List<String> metadata) {
    /** Which names are listed (RFC 5258 section 3.1). */
    public enum Selection {
        /** Subscribed names, whether they exist or not. */
        SUBSCRIBED,
        /** Names on other servers too. */
        REMOTE,
        /** Also names above those listed, where the pattern includes only the name above. */
        RECURSIVEMATCH,
        /** Folders that have a special use (RFC 6154 section 2). */
        SPECIAL_USE;

        /** As a command writes it. */
        public String wireName() {
            return name().replace('_', '-');
        }
    }

    /** What is told of each name (RFC 5258 section 3.2); STATUS has items of its own, and METADATA has entries. */
    public enum Result {
        /** Whether it is subscribed. */
        SUBSCRIBED,
        /** Whether there are names below it. */
        CHILDREN,
        /** What it is for (RFC 6154 section 2). */
        SPECIAL_USE,
        /** What the user may do with it (RFC 8440); in a response of its own. */
        MYRIGHTS;

        /** As a command writes it. */
        public String wireName() {
            return name().replace('_', '-');
        }
    }

    /** Keeps its own copies. */
    public ListOptions {
        selection = Set.copyOf(selection);
        results = Set.copyOf(results);
        status = List.copyOf(status);
        metadata = List.copyOf(metadata);
    }

    /** True with that selection option. */
    public boolean selects(Selection option) {
        return selection.contains(option);
    }

    /** True when that is to be told: asked for, or implied by what is selected. */
    public boolean returns(Result result) {
        return results.contains(result) || switch (result) {
            case SUBSCRIBED -> selects(Selection.SUBSCRIBED);
            case SPECIAL_USE -> selects(Selection.SPECIAL_USE);
            case CHILDREN, MYRIGHTS -> false;
        };
    }
}
