package dev.mailscope.server.imap;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Visible;

/**
 * What a session's client is told unasked, and what it knows of other folders than the open one: what is to be told is
 * the difference between that and what is now. Immutable.
 *
 * @param interest what it wants to be told
 * @param known    what the client was last told of; null while nothing but the open folder's messages is told
 * @param cause    the command that asked for it
 * @param watch    wakes the session when something of the account changes, or anything
 */
record Watching(Interest interest, Known known, Cause cause, MailStore.Watch watch) {
    /**
     * What of a state can be told to a client; not all of it, so that other accounts' mail is not kept for its sake.
     *
     * @param own     the client's own account
     * @param shared  what is noted of the server for everybody
     * @param version the state's; 0 when nothing of other accounts' folders can be told
     * @param visible what the user is shown
     */
    record Known(Account own, TreePMap<String, String> shared, long version, Visible visible) {
        /** All that the user has of a state; with {@code wide} also of other accounts. */
        static Known of(Reach reach, boolean wide) {
            return new Known(reach.own(), reach.state().annotations(), wide ? reach.state().version() : 0,
                    reach.visible());
        }

        /** The same of another state. */
        Known in(Reach reach) {
            return of(reach, version > 0);
        }

        /** True when it is of the very same values. */
        boolean is(Known other) {
            return own == other.own && shared == other.shared && version == other.version;
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
        return known != null && (state.account(known.own().name()).orElse(null) != known.own()
                || state.annotations() != known.shared()
                || known.version() > 0 && state.version() != known.version());
    }
}
