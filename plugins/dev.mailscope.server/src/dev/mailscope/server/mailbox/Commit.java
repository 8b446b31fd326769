package dev.mailscope.server.mailbox;

import java.util.List;

/**
 * A transaction that changed something.
 *
 * @param before  the state it found
 * @param after   the state it made: before, with the changes applied in order, one version later
 * @param changes what changed, never empty
 * @param cause   what led to it
 */
public record Commit(ServerState before, ServerState after, List<Change> changes, Cause cause) {
    /** Keeps its own copy of the changes. */
    public Commit {
        changes = List.copyOf(changes);
    }
}
