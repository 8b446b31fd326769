package dev.mailscope.server.smtp;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.mailscope.server.session.Arrivals;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** The sessions that are open, and whether each has said EHLO or HELO. */
final class OpenSessions implements SessionHandler {
    /**
     * One of them.
     *
     * @param number   the smaller, the earlier it began
     * @param extended whether it has said EHLO
     */
    private record Opened(long number, boolean extended) {
    }

    private final ConcurrentHashMap<Session, Opened> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final int most;
    private final Arrivals arrivals;

    /** So many at once, and no faster than those may come. */
    OpenSessions(int most, Arrivals arrivals) {
        this.most = most;
        this.arrivals = arrivals;
    }

    /** One too many takes the place of who has been there longest and has neither logged in nor begun with a mail. */
    @Override
    public SessionAcceptance accept(Session session) {
        if (!arrivals.admit(session.getRemoteAddress().getAddress().getHostAddress())) {
            return SessionAcceptance.failure(421,
                    "4.7.0 Too many connections have come from this address within a minute: try again later.");
        }
        if (open.size() >= most && !crowdOut()) {
            return SessionAcceptance.failure(421, "4.3.2 There are too many connections: try again later.");
        }
        open.put(session, new Opened(numbers.incrementAndGet(), false));
        return SessionAcceptance.success();
    }

    private boolean crowdOut() {
        var longest = open.entrySet().stream()
                .filter(each -> !each.getKey().isAuthenticated() && !each.getKey().isMailTransactionInProgress())
                .min(Comparator.comparingLong(each -> each.getValue().number())).map(Map.Entry::getKey);
        longest.ifPresent(session -> {
            open.remove(session);
            try {
                session.closeSocket();
            } catch (IOException e) {
                // it has gone by itself
            }
        });
        return longest.isPresent();
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
        open.computeIfPresent(session, (same, opened) -> new Opened(opened.number(), extended));
    }

    /** What RFC 3848 calls the protocol the session speaks. */
    String protocol(Session session) {
        var opened = open.get(session);
        return opened == null || !opened.extended() ? "SMTP"
                : "ESMTP" + (session.isTLSStarted() ? "S" : "") + (session.isAuthenticated() ? "A" : "");
    }
}
