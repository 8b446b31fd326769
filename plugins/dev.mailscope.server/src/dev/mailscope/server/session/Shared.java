package dev.mailscope.server.session;

/**
 * What all sessions of a server share, so that many together use up no more than one might.
 *
 * @param room         for what has begun and is not whole
 * @param failedLogins of each address
 */
public record Shared(Room room, FailedLogins failedLogins) {
    /** For sessions with those limits. */
    public static Shared of(Limits limits) {
        return new Shared(Room.ofMemory(), new FailedLogins(limits.failedLogin()));
    }
}
