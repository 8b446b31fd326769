package dev.mailscope.server.session;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

import dev.mailscope.server.hook.Stop;

/**
 * Octets that were put in the place of what the client sent, while the session takes them: what they were put there by,
 * and what the client had sent after them. They do not stop again where they were put in: a fault would never end.
 */
final class PutBack {
    private Stop stop;
    private long cause;
    private byte[] later;
    private boolean onlyNext;

    /** Octets are put in at that stop by that event; {@code rest} comes after them. */
    void begins(Stop at, long by, byte[] rest) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(rest);
        rest().ifPresent(all::writeBytes);
        stop = at;
        cause = by;
        later = all.toByteArray();
        onlyNext = false;
    }

    /** What the client had sent after them, which is not here any more; empty when nothing was put in. */
    Optional<byte[]> rest() {
        var rest = Optional.ofNullable(later);
        later = null;
        return rest;
    }

    /** All of them are with the session, and the client's own follow. What is not whole yet is taken for put in. */
    void ended(boolean unfinished) {
        onlyNext = unfinished;
        if (!unfinished) {
            stop = null;
        }
    }

    /** The stop where what the session gives now was put in; empty for what the client sent itself. */
    Optional<Stop> takes() {
        var at = Optional.ofNullable(stop);
        if (onlyNext) {
            onlyNext = false;
            stop = null;
        }
        return at;
    }

    /** The event by which they were put in. */
    long cause() {
        return cause;
    }
}
