package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;

/**
 * What a session's client has not been told yet: the difference between what its folder holds and what it knows.
 *
 * @param session the session
 * @param notices what it is to be told, in the order in which that is sent
 */
public record Waiting(SessionState session, List<Notice> notices) {
    /** Keeps its own copy of the notices. */
    public Waiting {
        notices = List.copyOf(notices);
    }

    /**
     * What waits for each session that has a folder open, at that moment; sessions that know everything are left out.
     */
    public static List<Waiting> at(Moment moment) {
        return moment.sessions().values().stream().map(session -> of(moment, session))
                .filter(waiting -> !waiting.notices().isEmpty()).toList();
    }

    /** What waits for that session. */
    public static Waiting of(Moment moment, SessionState session) {
        var held = moment.server().folder(session.account(), session.folderId()).orElse(null);
        return new Waiting(session, held == null ? List.of() : compare(session, held));
    }

    /** How the client will hear of it over IMAP, a line each without its end: {@code * 3 EXPUNGE}. */
    public List<String> lines() {
        return notices.stream().map(Waiting::line).toList();
    }

    /** Why it has not been told yet, and when it will be, with the RFC's section; empty when nothing waits. */
    public String why() {
        if (notices.isEmpty()) {
            return "";
        }
        if (session.protocol().equals("pop3")) {
            return "A POP3 session works on its maildrop as it was at login, and its message numbers never move (RFC"
                    + " 1939 section 5); the next session sees the difference.";
        }
        var expunge = notices.stream().anyMatch(Notice.Expunged.class::isInstance);
        return "A client is told with the answer to its next command, or at once while it idles (RFC 9051 sections 5.2"
                + " and 6.3.13)." + (expunge ? " EXPUNGE waits longer: it never comes with the answer to FETCH, STORE"
                + " or SEARCH, because it moves sequence numbers (section 7.5.1). NOOP fetches it." : "");
    }

    private static List<Notice> compare(SessionState session, Folder held) {
        if (session.told() == held.messages()) {
            return List.of();
        }
        var notices = new ArrayList<Notice>();
        var sequence = 0;
        for (var uid : session.told().keySet()) {
            if (held.message(uid) == null) {
                notices.add(new Notice.Expunged(sequence + 1, uid));
            } else {
                sequence++;
            }
        }
        var known = sequence;
        var arrived = held.messages().keySet().stream().filter(uid -> !session.told().containsKey(uid)).toList();
        if (!arrived.isEmpty()) {
            notices.add(new Notice.Arrived(known + arrived.size(), arrived.size(), arrived));
        }
        sequence = 0;
        for (var told : session.told().values()) {
            var now = held.message(told.uid());
            if (now != null) {
                sequence++;
                if (!now.flags().equals(told.flags())) {
                    notices.add(new Notice.FlagsChanged(sequence, told.uid(), now.flags(), false, now.modSeq()));
                }
            }
        }
        return notices;
    }

    private static String line(Notice notice) {
        return switch (notice) {
            case Notice.Expunged(var sequence, var uid) -> "* " + sequence + " EXPUNGE";
            case Notice.Arrived(var exists, var recent, var uids) -> "* " + exists + " EXISTS";
            case Notice.FlagsChanged c -> "* " + c.sequence() + " FETCH (FLAGS " + c.flags() + ")";
        };
    }
}
