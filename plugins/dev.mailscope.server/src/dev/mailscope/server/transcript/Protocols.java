package dev.mailscope.server.transcript;

import java.util.List;

import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.pop3.Pop3Session;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;

/** The protocols that transcripts are written in. */
final class Protocols {
    /** Makes a session. */
    interface Factory {
        /** A session with that context; the locks are those of the server. */
        Session<?> session(SessionContext context, MaildropLocks locks);
    }

    /**
     * A protocol.
     *
     * @param name  its name in the trace
     * @param phase the phase of a session that has not greeted
     */
    record Protocol(String name, String phase, Factory factory) {
    }

    private static final List<Protocol> ALL = List.of(
            new Protocol(Pop3Session.PROTOCOL, Pop3Session.FIRST_PHASE, Pop3Session::new),
            new Protocol(ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, (context, locks) -> new ImapSession(context)));

    private Protocols() {
    }

    /** The protocol of that name. */
    static Protocol named(String name) {
        return ALL.stream().filter(protocol -> protocol.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no protocol " + name
                        + "; it is imap or pop3"));
    }
}
