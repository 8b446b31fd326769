package dev.mailscope.server.imap.command;

import java.util.Arrays;

/** What the framer makes of the octets it was fed. */
public sealed interface Frame {
    /** One whole command with all its literals. */
    record Command(RawCommand raw) implements Frame {
    }

    /**
     * A literal was announced. The framer goes on only when it is told to {@linkplain ImapFramer#accept accept} or to
     * {@linkplain ImapFramer#refuse refuse} it.
     *
     * @param soFar     the command up to and with the announcement and its line end
     * @param size      the number of octets announced; {@link Long#MAX_VALUE} for anything larger than that
     * @param nonSync   true when the client sends them without waiting for an answer (RFC 7888)
     * @param overLimit the limit of the framer that it breaks, in words; null for none. It can then only be refused
     */
    record LiteralAnnounced(RawCommand soFar, long size, boolean nonSync, String overLimit) implements Frame {
    }

    /**
     * The end of a command of which a non-synchronizing literal was refused: its octets have been thrown away.
     *
     * @param soFar  the command up to the refused literal
     * @param octets how many octets came after that
     */
    record Discarded(RawCommand soFar, long octets) implements Frame {
    }

    /**
     * The one line that was {@linkplain ImapFramer#expectLine expected}: a SASL response, or the end of IDLE.
     *
     * @param wire its octets, line end included
     */
    record Line(byte[] wire) implements Frame {
        /** Its octets without the line end. */
        public byte[] text() {
            var end = wire.length - 1;
            if (end > 0 && wire[end - 1] == '\r') {
                end--;
            }
            return Arrays.copyOf(wire, end);
        }
    }

    /**
     * The text of a command, or the line that was expected, is longer than allowed. This is said as soon as it is
     * known; the rest of the line is thrown away silently, and so is the rest of the command where the line ends with
     * a non-synchronizing literal.
     *
     * @param limit  how many octets of text one command may have, line ends included
     * @param prefix the command up to the limit
     */
    record TooLong(int limit, RawCommand prefix) implements Frame {
    }
}
