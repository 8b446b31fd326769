package dev.mailscope.server.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all sessions of a server share for what has begun and is not whole: messages on their way in. Whoever
 * finds none left is refused, and what the others have begun goes on.
 */
public final class Room {
    /** What needs no asking, in octets: as much as a command may have outside its literals anyway. */
    public static final int SMALL = 65_536;

    private final AtomicLong left;

    /** Room for so many octets. */
    public Room(long octets) {
        left = new AtomicLong(octets);
    }

    /** A quarter of the memory that the JVM may use. */
    public static Room ofMemory() {
        return new Room(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Takes so many octets; false, and nothing is taken, when there are not as many. */
    public boolean take(long octets) {
        return left.getAndUpdate(now -> now < octets ? now : now - octets) >= octets;
    }

    /** Gives them back. */
    public void giveBack(long octets) {
        left.addAndGet(octets);
    }

    /** How many octets there are. */
    public long left() {
        return left.get();
    }
}
