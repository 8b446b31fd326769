package dev.mailscope.server.session;

import dev.mailscope.server.mailbox.Memory;

/**
 * What all sessions of a server share, so that many together use up no more than one might.
 *
 * @param memory       for what is made and not taken yet
 * @param room         for what has begun and is not whole
 * @param failedLogins of each address
 * @param arrivals     of each address
 * @param sessions     of each account
 */
public record Shared(Memory memory, Room room, FailedLogins failedLogins, Arrivals arrivals, AccountSessions sessions) {
    /** For sessions with those limits. */
    public static Shared of(Limits limits) {
        return new Shared(Memory.OF_JVM, Room.ofMemory(), new FailedLogins(limits.failedLogin()),
                new Arrivals(limits.arrivals()), new AccountSessions(limits.accountSessions()));
    }

    /** The same with another memory. */
    public Shared withMemory(Memory other) {
        return new Shared(other, room, failedLogins, arrivals, sessions);
    }

    /** The same with another room. */
    public Shared withRoom(Room other) {
        return new Shared(memory, other, failedLogins, arrivals, sessions);
    }
}
