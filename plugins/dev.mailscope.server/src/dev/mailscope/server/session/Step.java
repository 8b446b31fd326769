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
 */
public record Step(Iterator<Octets> responses, After after) {
    /** What happens after the responses are written. */
    public enum After {
        /** The session goes on. */
        CONTINUE,
        /** The server closes the connection. */
        CLOSE,
        /** The server starts TLS on the connection; what it received but has not read yet is thrown away. */
        START_TLS
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
        return new Step(responses, next);
    }
}
