package dev.mailscope.server.mailbox;

import java.util.Set;

/**
 * All that a user is shown of a state, as if it were one account. Immutable.
 *
 * @param account    the user's own, and in it those folders of others that the user may look up, by the names that the
 *                   user has for them and with what is noted of them for the user; a folder that the user may not read
 *                   cannot be selected
 * @param shared     the ids of the folders of others
 * @param unreadable the ids of the folders that could be selected if the user might read them
 */
public record Visible(Account account, Set<Long> shared, Set<Long> unreadable) {
    /** True for a folder that is there and is the user's own. */
    public boolean isOwn(String name) {
        return account.folder(name).filter(folder -> !shared.contains(folder.id())).isPresent();
    }
}
