package dev.mailscope.server.transcript;

import java.util.List;

/**
 * What became of a transcript that was run.
 *
 * @param differences how many there were
 * @param first       the first of them, in order, {@value #MOST} at most
 * @param stopped     where and why it was stopped before its end, in words; empty when it was not
 */
public record Outcome(long differences, List<Difference> first, String stopped) {
    /** Where nothing was expected. */
    public static final Outcome NOTHING_EXPECTED = new Outcome(0, List.of(), "");

    /** How many differences are told one by one. */
    static final int MOST = 100;

    /** True when all came true. */
    public boolean isAsExpected() {
        return differences == 0 && stopped.isEmpty();
    }

    /** It in one sentence. */
    public String summary() {
        var differs = differences == 0 ? "All of it came true" : differences == 1
                ? "What the server did differs once from what the transcript expects"
                : "What the server did differs " + differences + " times from what the transcript expects";
        return differs + (stopped.isEmpty() ? "." : ", up to where it was stopped: " + stopped + ".");
    }
}
