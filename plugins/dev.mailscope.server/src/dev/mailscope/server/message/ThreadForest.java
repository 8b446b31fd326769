package dev.mailscope.server.message;

import java.util.Arrays;

/**
 * Messages in threads (RFC 5256 section 3), each before those below it and these in their order. Flat, since nothing
 * limits how deep a stranger's thread is.
 *
 * @param messages the places of the messages in the list that was threaded; {@link #DUMMY} where a parent is not in it.
 *                 Never change the array
 * @param parents  for each, the index in these arrays of what it is below; {@link #ROOT} for the first of a thread.
 *                 Never change the array
 */
public record ThreadForest(int[] messages, int[] parents) {
    /** Stands for a message that is not there, but keeps together those below it. */
    public static final int DUMMY = -1;
    /** The parent of what has none. */
    public static final int ROOT = -1;

    @Override
    public boolean equals(Object other) {
        return other instanceof ThreadForest that && Arrays.equals(messages, that.messages)
                && Arrays.equals(parents, that.parents);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(messages) + Arrays.hashCode(parents);
    }
}
