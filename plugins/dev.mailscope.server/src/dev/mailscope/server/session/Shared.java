package dev.mailscope.server.session;

/**
 * What all sessions of a server share, so that many together use up no more than one might.
 *
 * @param room         for what has begun and is not whole
 * @param failedLogins of each address
 * @param arrivals     of each address
 * @param sessions     of each account
 */
public record Shared(Room room, FailedLogins failedLogins, Arrivals arrivals, AccountSessions sessions) {
    /** For sessions with those limits. */
    public static Shared of(Limits limits) {
        return new Shared(Room.ofMemory(), new FailedLogins(limits.failedLogin()), new Arrivals(limits.arrivals()),
                new AccountSessions(limits.accountSessions()));
    }

    /** The same with another room. */
    public Shared withRoom(Room other) {
        return new Shared(other, failedLogins, arrivals, sessions);
    }
}
