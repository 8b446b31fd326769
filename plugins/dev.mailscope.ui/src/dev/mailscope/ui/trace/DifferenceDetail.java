package dev.mailscope.ui.trace;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.Difference;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.trace.DetailText.Look;

/** Writes what is different between two moments. */
final class DifferenceDetail {
    private static final int MOST = 500;

    private DifferenceDetail() {
    }

    /** What is different after one event from before another. Reads the recording: not for the UI thread. */
    static DetailText of(Recording recording, long from, long to, IProgressMonitor monitor) {
        var out = new DetailText();
        out.looking(Look.TITLE, NLS.bind(Messages.difference_events, Long.toString(from), Long.toString(to)))
                .plain("\n");
        try {
            var before = recording.at(Math.max(from - 1, recording.first() - 1));
            var after = recording.at(to);
            return monitor.isCanceled() ? null : add(out, before, after);
        } catch (IllegalArgumentException e) {
            return out.plain(e.getMessage());
        }
    }

    /** What is different at a moment from another one, under that title. */
    static DetailText of(String title, Moment before, Moment after) {
        return add(new DetailText().looking(Look.TITLE, title).plain("\n"), before, after);
    }

    private static DetailText add(DetailText out, Moment before, Moment after) {
        var difference = Difference.between(before, after);
        if (difference.isEmpty()) {
            return out.looking(Look.FAINT, Messages.difference_none);
        }
        if (!difference.changes().isEmpty()) {
            out.heading(Messages.difference_mail);
            difference.changes().stream().limit(MOST)
                    .forEach(change -> out.plain(EventText.change(change)).plain("\n"));
            if (difference.changes().size() > MOST) {
                out.looking(Look.FAINT, NLS.bind(Messages.detail_more, difference.changes().size() - MOST))
                        .plain("\n");
            }
        }
        if (!difference.sessions().isEmpty()) {
            out.heading(Messages.difference_sessions);
            for (var session : difference.sessions()) {
                out.plain(RowText.session(session.protocol(), session.number()))
                        .plain(": ").plain(String.join("; ", session.words())).plain("\n");
            }
        }
        return out;
    }
}
