package dev.mailscope.server.explain;

import dev.mailscope.server.trace.SessionState;

/**
 * Where a line was said.
 *
 * @param protocol {@code imap} or {@code pop3}
 * @param toClient true for what the server says
 * @param command  the command it belongs to, in capitals; empty for none
 * @param session  the session as it was before the line; null when that is not known
 */
public record Context(String protocol, boolean toClient, String command, SessionState session) {
    /** A line of which nothing is known but who said it. */
    public static Context of(String protocol, boolean toClient) {
        return new Context(protocol, toClient, "", null);
    }
}
