package dev.mailscope.server.hook;

import dev.mailscope.server.trace.Octets;

/**
 * What is about to pass a stop; what breakpoints and faults are asked about. Empty text where a column does not apply.
 *
 * @param session  the session's number
 * @param protocol {@code imap} or {@code pop3}
 * @param stop     where
 * @param command  the command's name in capitals; before parsing, what it seems to be
 * @param tag      the IMAP command's tag; empty before parsing, and where there is none
 * @param phase    the session's phase
 * @param folder   the folder that the session has open
 * @param octets   the octets, secrets hidden: what the client sent, or the whole of what it is to be sent
 */
public record Passing(long session, String protocol, Stop stop, String command, String tag, String phase,
        String folder, Octets octets) {
}
