package dev.mailscope.server.session;

import java.time.Duration;

import dev.mailscope.server.trace.Octets;

/**
 * One conversation of a protocol, without a socket. {@link Conversation} drives it, from one thread at a time: feeds it
 * octets, takes the commands it makes of them one by one, and writes what it answers.
 *
 * @param <I> what it makes of the octets it is fed
 */
public interface Session<I extends Incoming> {
    /** Why the server ends a session of its own accord. */
    enum Farewell {
        /** The client was silent for longer than {@link #patience}. */
        TIMEOUT,
        /** The server stops. */
        SHUTDOWN,
        /** There are too many connections; the session has not greeted yet. */
        TOO_MANY_CONNECTIONS,
        /** Others want the connection of a client that has not logged in. */
        CROWDED_OUT,
        /** What the client sends should be compressed and is not. */
        NOT_COMPRESSED,
        /** What has changed cannot be written to the disk: nobody can be told that it is done, nor that it is not. */
        STORE_FAILED
    }

    /** The greeting, and the first phase in which a client may speak. */
    Step greet();

    /** Takes octets from the client. */
    void feed(byte[] octets, int offset, int length);

    /** The next command, parsed; null when more octets are needed. Changes nothing but the session's framing. */
    I next();

    /**
     * The octets of what {@link #next} gave last as they came, secrets and all, as many as {@link Incoming#octets} has:
     * never record or show them. Null for what is not read,
     * must not be parted from what follows it, or is too large to be held: it is never stopped.
     */
    byte[] original();

    /**
     * Forgets what {@link #next} gave last as if it had never come, where it has not been handled and has an
     * {@link #original}. Gives what was fed after it and is not used yet, which the session no longer has.
     */
    byte[] takeBack();

    /** Loses what {@link #next} gave last, where it has not been handled: a command that announces a literal with it. */
    void drop();

    /**
     * Refuses what {@link #next} gave last, handled or not, without executing it; whatever of it is still in progress
     * ends.
     *
     * @param incoming null when the client is told something unasked, and is told this instead
     * @param text     the text of NO or -ERR, as it is
     */
    Step refuse(I incoming, String text);

    /** Executes a command (or answers what is wrong with it) and says what the client is told. */
    Step handle(I incoming);

    /**
     * Goes on with a command whose last step was unfinished, until it is finished, or has something to say of how far
     * it is, or {@link SessionContext#isWanted} tells that somebody waits for the session's turn. Between two steps the
     * session may be ended; it is not asked to push anything.
     */
    default Step proceed() {
        return Step.nothing();
    }

    /** What the client is to be told now without having asked, after {@link SessionContext#wake}. */
    Step push();

    /** The answer when {@link #handle} failed by a mistake of the server's own; the session goes on or ends. */
    Step failed(I incoming);

    /** The last words of a session that the server ends. */
    Step farewell(Farewell why);

    /** How long the client may be silent now. */
    Duration patience();

    /** True when somebody has logged in; may be asked from any thread. */
    boolean isLoggedIn();

    /** What was fed and is not a whole command yet, secrets hidden. */
    Octets unfinished();

    /** Throws away what was fed and is not used yet (before TLS starts); gives the number of octets. */
    int discardInput();

    /** The connection is gone: gives back what the session holds. Called exactly once. Commits nothing. */
    void closed();
}
