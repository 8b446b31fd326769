package dev.mailscope.server.pop3;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.session.SaslDialogue;
import dev.mailscope.server.session.SessionContext;

/**
 * What CAPA lists (RFC 2449 section 6). Nothing in it differs by user; only STLS is not there after login, where it is
 * not possible any more.
 */
final class Capabilities {
    private Capabilities() {
    }

    /** The lines of the list, for a session with that context. */
    static List<String> of(SessionContext context, boolean loggedIn) {
        var limits = context.limits();
        var lines = new ArrayList<>(List.of("TOP", "UIDL"));
        if (context.circumstances().passwordsAllowed()) {
            lines.add("USER");
        }
        lines.addAll(List.of("RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "UTF8 USER", "LANG"));
        if (limits.loginDelay().isPositive()) {
            lines.add("LOGIN-DELAY " + Retention.wholeSeconds(limits.loginDelay()));
        }
        lines.add("EXPIRE " + (limits.expire().isPresent() ? limits.expire().getAsInt() : "NEVER"));
        lines.add("IMPLEMENTATION Mailscope");
        if (!loggedIn && context.canStartTls()) {
            lines.add("STLS");
        }
        // Stays after login, when AUTH is no longer legal (RFC 5034 section 3).
        var mechanisms = SaslDialogue.offered(context);
        if (!mechanisms.isEmpty()) {
            lines.add("SASL " + mechanisms);
        }
        return lines;
    }
}
