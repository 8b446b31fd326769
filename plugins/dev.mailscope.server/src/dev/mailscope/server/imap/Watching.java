package dev.mailscope.server.imap;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.ServerState;

/**
 * What a session's client is told unasked, and what it knows of other folders than the open one: what is to be told is
 * the difference between that and the account as it is. Immutable.
 *
 * @param interest what it wants to be told
 * @param known    the account as the client was last told of it; null while nothing of other folders is told
 * @param cause    the command that asked for it
 * @param watch    wakes the session when something of the account changes
 */
record Watching(Interest interest, Account known, Cause cause, MailStore.Watch watch) {
    /** Before the first NOTIFY. */
    static final Watching UNASKED = new Watching(Interest.UNASKED, null, Cause.SERVER, () -> { });

    /** After a NOTIFY NONE, or what comes to the same. */
    static final Watching NOTHING = new Watching(Interest.NOTHING, null, Cause.SERVER, () -> { });

    /** The same when the client has been told of the account as it is. */
    Watching knowing(Account now) {
        return new Watching(interest, now, cause, watch);
    }

    /** True when something of other folders may be to be told. */
    boolean isBehind(ServerState state) {
        return known != null && state.account(known.name()).orElse(null) != known;
    }
}
