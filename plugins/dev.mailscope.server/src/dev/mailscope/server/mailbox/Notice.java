package dev.mailscope.server.mailbox;

import java.util.List;

/** One thing a session's client is told about its folder without having asked (RFC 9051 section 5.2). */
public sealed interface Notice {
    /** A message is gone; later sequence numbers move down by one (RFC 9051 section 7.5.1). */
    record Expunged(int sequence, long uid) implements Notice {
    }

    /**
     * Messages have come.
     *
     * @param exists the number of messages the client now knows of
     * @param recent how many of those are recent to this session
     * @param uids   the new ones, ascending
     */
    record Arrived(int exists, int recent, List<Long> uids) implements Notice {
        /** Keeps its own copy of the UIDs. */
        public Arrived {
            uids = List.copyOf(uids);
        }
    }

    /** A message has other flags. */
    record FlagsChanged(int sequence, long uid, Flags flags, boolean recent, long modSeq) implements Notice {
    }
}
