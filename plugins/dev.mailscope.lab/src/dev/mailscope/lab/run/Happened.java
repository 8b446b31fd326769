package dev.mailscope.lab.run;

import java.util.List;
import java.util.OptionalLong;

/**
 * What has really happened where something was predicted.
 *
 * @param right    true when that was predicted
 * @param outcomes which of the outcomes there were, by their index from 0; empty for a number
 * @param number   the number there was; empty when no number was asked for, or it cannot be told
 * @param problem  why it cannot be told, in words; empty when it can
 */
public record Happened(boolean right, List<Integer> outcomes, OptionalLong number, String problem) {
    /** Keeps its own copy. */
    public Happened {
        outcomes = List.copyOf(outcomes);
    }
}
