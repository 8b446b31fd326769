package dev.mailscope.server.finding;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;

/** What one session's client does. */
sealed interface Conduct permits ImapConduct, Pop3Conduct {
    /** Takes the session's next event. */
    void take(TraceEvent event, Moment before, Moment after);
}
