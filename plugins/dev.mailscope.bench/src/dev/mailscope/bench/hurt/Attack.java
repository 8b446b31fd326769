package dev.mailscope.bench.hurt;

import java.io.IOException;

/** One way to hurt a server. */
interface Attack {
    /** Does it, and says in a few words what became of it; IOException when the server did what it must not. */
    String on(Server server) throws IOException;
}
