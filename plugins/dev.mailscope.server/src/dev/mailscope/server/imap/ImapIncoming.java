package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.trace.Octets;

/**
 * What a session made of a client's octets.
 *
 * @param octets   the octets, secrets hidden, without those shown before
 * @param tag      the command's tag, empty for none
 * @param command  the verb, empty when it is not known
 * @param problem  what is wrong with it, null when it can be executed
 * @param offset   where in the command the problem lies, -1 when it concerns the whole
 * @param complete false while more of the command is to come, or for what is thrown away
 * @param asked    what is to be done
 */
record ImapIncoming(Octets octets, String tag, String command, String problem, int offset, boolean complete,
        Asked asked) implements Incoming {

    /** What is to be done about it. */
    sealed interface Asked {
        /** A command, well-formed and legal in the session's phase. */
        record Execute(ImapCommand command) implements Asked {
        }

        /** The line that a command in progress waits for. Not a record: it may be a secret and is never printed. */
        final class Line implements Asked {
            private final byte[] text;

            Line(byte[] text) {
                this.text = text;
            }

            byte[] text() {
                return text;
            }
        }

        /** A literal was accepted; a client that waits is told so. */
        record Literal(long size, boolean clientWaits) implements Asked {
        }

        /**
         * Nothing can be done; the problem is answered.
         *
         * @param refusal how
         */
        record Refuse(Refusal refusal) implements Asked {
        }

        /** Nothing is to be said. */
        record Nothing() implements Asked {
        }
    }

    /** How a command that is not executed is answered. */
    enum Refusal {
        /** BAD: it was not understood. */
        NOT_UNDERSTOOD,
        /** BAD: it is not legal in this phase. */
        WRONG_PHASE,
        /** NO: it asks for more than a limit. */
        TOO_MUCH,
        /** BAD: LITERAL- wants so large a literal to be synchronizing. */
        NOT_SYNCHRONIZED,
        /** NO: the sessions of the server hold too much together. */
        NO_ROOM,
        /** BYE: what is thrown away has no end. */
        ENDLESS,
        /** BAD, and the command in progress is over. */
        EXCHANGE_BROKEN
    }
}
