package dev.mailscope.server.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** The sessions that are open, and whether each has said EHLO or HELO. */
final class OpenSessions implements SessionHandler {
    // Whether it has said EHLO.
    private final ConcurrentHashMap<Session, Boolean> open = new ConcurrentHashMap<>();

    @Override
    public SessionAcceptance accept(Session session) {
        open.put(session, false);
        return SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {
        open.remove(session);
    }

    /** All of them. */
    Set<Session> all() {
        return open.keySet();
    }

    /** Notes what the session has said: EHLO, or HELO. */
    void greeted(Session session, boolean extended) {
        open.replace(session, extended);
    }

    /** What RFC 3848 calls the protocol the session speaks. */
    String protocol(Session session) {
        return !open.getOrDefault(session, false) ? "SMTP"
                : "ESMTP" + (session.isTLSStarted() ? "S" : "") + (session.isAuthenticated() ? "A" : "");
    }
}
