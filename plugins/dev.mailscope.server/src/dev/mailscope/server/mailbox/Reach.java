package dev.mailscope.server.mailbox;

import java.util.Optional;

/**
 * What one user has of a state: the one place where a name that a client gives is resolved. Immutable.
 *
 * @param state the state
 * @param own   the user's own account in it
 */
public record Reach(ServerState state, Account own) {
    /** The folder of that name; INBOX is found in any case. */
    public Optional<Place> find(String name) {
        return own.folder(name).map(folder -> new Place(own.name(), folder, folder.name()));
    }
}
