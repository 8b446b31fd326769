package dev.mailscope.ui.trace;

import java.util.Locale;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.Effects;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.Waiting;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.trace.DetailText.Look;

/** Writes who has heard of what an event's command changed, and for whom it still waits, and why. */
final class HearingDetail {
    private static final int LOOKED_AT = 20_000;
    private static final int MOST = 100;

    private HearingDetail() {
    }

    /** Adds it where an event belongs to a command that changed a folder somebody has open. */
    static void add(DetailText out, Recording recording, TraceEvent event, IProgressMonitor monitor) {
        if (!(event.what() instanceof What.Command || event.what() instanceof What.StateChanged
                || event.what() instanceof What.Delivery)) {
            return;
        }
        var effects = Effects.of(recording, event.number(), Math.min(recording.last(), event.number() + LOOKED_AT),
                monitor::isCanceled);
        if (effects.hearing().isEmpty() || monitor.isCanceled()) {
            return;
        }
        out.heading(Messages.hearing_title);
        effects.hearing().stream().limit(MOST).forEach(hearing -> add(out, hearing));
    }

    private static void add(DetailText out, Effects.Hearing hearing) {
        var session = RowText.session(hearing.session().protocol(), hearing.session().number());
        for (var heard : hearing.heard()) {
            out.plain(NLS.bind(Messages.hearing_told, session, delay(heard.micros())) + " ")
                    .link(heard.event(), Long.toString(heard.event()))
                    .plain(": " + EventText.notice(heard.notice())).plain("\n");
        }
        if (hearing.left() != 0) {
            out.plain(NLS.bind(hearing.heard().isEmpty() ? Messages.hearing_left : Messages.hearing_leftLater, session)
                    + " ").link(hearing.left(), Long.toString(hearing.left())).plain("\n");
        } else if (hearing.waiting() != null) {
            waiting(out, session, hearing.waiting());
        }
    }

    private static void waiting(DetailText out, String session, Waiting waiting) {
        out.plain(NLS.bind(Messages.hearing_waits, session)).plain("\n");
        waiting.lines().stream().limit(MOST)
                .forEach(line -> out.plain("    ").looking(Look.OCTETS, line).plain("\n"));
        out.looking(Look.FAINT, "    " + waiting.why()).plain("\n");
    }

    private static String delay(long micros) {
        return micros < 1_000 ? NLS.bind(Messages.hearing_micros, micros)
                : micros < 1_000_000 ? NLS.bind(Messages.hearing_millis, format(micros / 1e3))
                : NLS.bind(Messages.hearing_seconds, format(micros / 1e6));
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
