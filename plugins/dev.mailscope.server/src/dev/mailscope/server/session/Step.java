package dev.mailscope.server.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import dev.mailscope.server.trace.Octets;

/**
 * What a session answers: its responses, each made only when its turn to be written comes, and what happens to the
 * connection once they are written. State and phase have changed before the step is given; it writes to no socket.
 *
 * @param responses each with its line end; read once
 * @param after     what happens when they are written
 * @param secret    true when the trace must not show what they hold, but only that they are continuation requests
 * @param finished  false when the command goes on at {@link Session#proceed}
 */
public record Step(Iterator<Octets> responses, After after, boolean secret, boolean finished) {
    /** What happens after the responses are written. */
    public enum After {
        /** The session goes on. */
        CONTINUE,
        /** The server closes the connection. */
        CLOSE,
        /** The connection is cut: nothing more is read or written, and nothing that waits to be. */
        CUT,
        /** The server starts TLS on the connection; what it received but has not read yet is thrown away. */
        START_TLS,
        /** The server compresses what it sends from now on, and expects the same of the client (RFC 4978). */
        START_DEFLATE;

        /**
         * True when what passes next passes through another layer, so that octets received before do not belong to it.
         */
        boolean startsLayer() {
            return this == START_TLS || this == START_DEFLATE;
        }
    }

    /** These responses, with nothing secret in them. */
    public Step(Iterator<Octets> responses, After after) {
        this(responses, after, false, true);
    }

    /** Nothing to say. */
    public static Step nothing() {
        return new Step(Collections.emptyIterator(), After.CONTINUE);
    }

    /** These responses, and the session goes on. */
    public static Step of(Octets... responses) {
        return new Step(Arrays.asList(responses).iterator(), After.CONTINUE);
    }

    /** These responses, and the session goes on. */
    public static Step of(List<Octets> responses) {
        return new Step(responses.iterator(), After.CONTINUE);
    }

    /** The same responses with something else after them. */
    public Step then(After next) {
        return new Step(responses, next, secret, finished);
    }

    /** The same responses, which are challenges of a SASL mechanism: what they hold is not shown. */
    public Step hidden() {
        return new Step(responses, after, true, finished);
    }

    /** The same responses of a command that takes long and goes on. */
    public Step unfinished() {
        return new Step(responses, after, secret, false);
    }
}
