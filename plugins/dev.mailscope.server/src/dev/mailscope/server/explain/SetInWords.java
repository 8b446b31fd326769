package dev.mailscope.server.explain;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.trace.SessionState;

/** Which messages a set of numbers names, in words, as the client knows them. */
final class SetInWords {
    private static final int MOST = 6;

    private SetInWords() {
    }

    static String of(String text, boolean uid, SessionState session) {
        SequenceSet set;
        try {
            set = SequenceSet.parse(text);
        } catch (IllegalArgumentException e) {
            return "This is no set of numbers.";
        }
        if (session == null || session.folder().isEmpty()) {
            return "";
        }
        var known = session.told();
        if (known.isEmpty()) {
            return "The client knows of no message in " + session.folder() + ": this names none.";
        }
        return uid ? uids(set, session) : sequenceNumbers(set, known.size());
    }

    private static String sequenceNumbers(SequenceSet set, int messages) {
        var out = new StringBuilder();
        var shown = 0;
        for (var range : set.resolve(messages).ranges()) {
            if (shown++ == MOST) {
                return out.append(", and more.").toString();
            }
            out.append(out.isEmpty() ? "" : ", ").append(range.low() == range.high() ? "message " + range.low()
                    : "messages " + range.low() + " to " + range.high());
            if (range.high() == messages) {
                out.append(", the last");
            }
            if (range.high() > messages) {
                out.append(", but there are only ").append(messages);
            }
        }
        out.setCharAt(0, Character.toUpperCase(out.charAt(0)));
        return out.append('.').toString();
    }

    private static String uids(SequenceSet set, SessionState session) {
        var known = session.told();
        var resolved = set.resolve(known.lastKey());
        var count = 0;
        var first = 0L;
        var last = 0L;
        for (var range : resolved.ranges()) {
            var within = known.subMap(range.low(), true, range.high(), true);
            if (!within.isEmpty()) {
                count += within.size();
                first = first == 0 ? within.firstKey() : Math.min(first, within.firstKey());
                last = Math.max(last, within.lastKey());
            }
        }
        if (count == 0) {
            return "No message the client knows of has such a UID.";
        }
        return count == 1 ? "One message: UID " + first + ", now with sequence number " + session.sequence(first) + "."
                : count + " messages: the first has UID " + first + " and now sequence number "
                        + session.sequence(first) + ", the last UID " + last + " and sequence number "
                        + session.sequence(last) + ".";
    }
}
