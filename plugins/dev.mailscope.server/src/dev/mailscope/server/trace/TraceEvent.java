package dev.mailscope.server.trace;

import java.time.Instant;
import java.util.Objects;

/**
 * One event of a recording. The columns are what filtering needs; empty text where they do not apply.
 *
 * @param number   its place in the recording, from 1, without gaps
 * @param time     when, in microseconds since 1970-01-01T00:00Z
 * @param session  the session's number, 0 for the server itself
 * @param protocol {@code imap}, {@code pop3}, {@code smtp}, or empty
 * @param cause    the number of the event that caused it, 0 for none
 * @param phase    the session's phase after the event
 * @param folder   the folder that the session has open, or that changed
 * @param command  the command it belongs to
 * @param what     what happened
 */
public record TraceEvent(long number, long time, long session, String protocol, long cause, String phase,
        String folder, String command, What what) {

    /** Checks that nothing is missing. */
    public TraceEvent {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(command);
        Objects.requireNonNull(what);
    }

    /** When it happened. */
    public Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(time, 1_000_000L), Math.floorMod(time, 1_000_000L) * 1_000L);
    }
}
