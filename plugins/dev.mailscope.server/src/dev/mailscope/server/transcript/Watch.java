package dev.mailscope.server.transcript;

import java.io.IOException;

/** Looks after a server without sockets, and may stop it. Asked on the thread that works there; must be quick. */
@FunctionalInterface
public interface Watch {
    /** Nobody looks. */
    Watch NONE = () -> { };

    /** Asked again and again while the server works. IOException, which says why, to stop it: it is of no use then. */
    void look() throws IOException;

    /** The server comes to that line of a transcript. Otherwise the same. */
    default void at(int line) throws IOException {
        look();
    }
}
