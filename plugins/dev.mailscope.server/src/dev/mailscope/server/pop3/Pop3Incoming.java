package dev.mailscope.server.pop3;

import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.trace.Octets;

/**
 * One line of a POP3 client.
 *
 * @param octets   the line, secrets hidden
 * @param command  the verb, empty when it is not known
 * @param request  what it asks for; null when it is not understood
 * @param problem  why it is not executed, null when it is
 * @param offset   where in the line the problem lies, -1 when it concerns the whole
 * @param complete false for more of a line that is too long
 */
public record Pop3Incoming(Octets octets, String command, Pop3Command request, String problem, int offset,
        boolean complete) implements Incoming {
    @Override
    public String tag() {
        return "";
    }
}
