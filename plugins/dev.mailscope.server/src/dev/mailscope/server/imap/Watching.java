package dev.mailscope.server.imap;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.ServerState;

/**
 * What a session's client is told unasked, and what it knows of other folders than the open one: what is to be told is
 * the difference between that and what is now. Immutable.
 *
 * @param interest what it wants to be told
 * @param known    what the client was last told of; null while nothing but the open folder's messages is told
 * @param cause    the command that asked for it
 * @param watch    wakes the session when something of the account changes
 */
record Watching(Interest interest, Known known, Cause cause, MailStore.Watch watch) {
    /**
     * What of a state can be told to a client; not all of it, so that other accounts' mail is not kept for its sake.
     *
     * @param account the client's own
     * @param shared  what is noted of the server for everybody
     */
    record Known(Account account, TreePMap<String, String> shared) {
        /** The account with what that state has for everybody. */
        static Known of(Account account, ServerState state) {
            return new Known(account, state.annotations());
        }

        /** True for the very same values. */
        boolean is(Known other) {
            return account == other.account && shared == other.shared;
        }
    }

    /** Before the first NOTIFY. */
    static final Watching UNASKED = new Watching(Interest.UNASKED, null, Cause.SERVER, () -> { });

    /** After a NOTIFY NONE, or what comes to the same. */
    static final Watching NOTHING = new Watching(Interest.NOTHING, null, Cause.SERVER, () -> { });

    /** The same when the client has been told of all that is now. */
    Watching knowing(Known now) {
        return new Watching(interest, now, cause, watch);
    }

    /** True when something of other folders, or of what is noted, may be to be told. */
    boolean isBehind(ServerState state) {
        return known != null && (state.account(known.account().name()).orElse(null) != known.account()
                || state.annotations() != known.shared());
    }
}
