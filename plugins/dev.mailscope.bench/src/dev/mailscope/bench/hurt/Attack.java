package dev.mailscope.bench.hurt;

import java.io.IOException;

/** One way to hurt a server. */
interface Attack {
    /** Does it, and says in a few words what became of it; IOException when the server did what it must not. */
    String on(Server server) throws IOException;

    /** True when it is on a server with a store on the disk, which takes messages of {@link LargeMail#MOST} octets. */
    default boolean needsStore() {
        return false;
    }

    /** How many connections the server takes; 0: as many as it does unless told otherwise. */
    default int connections() {
        return 0;
    }
}
