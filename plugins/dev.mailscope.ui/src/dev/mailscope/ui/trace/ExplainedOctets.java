package dev.mailscope.ui.trace;

import java.util.Arrays;

import dev.mailscope.server.analysis.EventDetails;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.explain.Explainer;
import dev.mailscope.server.explain.Line;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.trace.DetailText.Look;

/** Writes what was said, each part with what it means. */
final class ExplainedOctets {
    private ExplainedOctets() {
    }

    /** Adds the octets of an event. Reads the recording: not for the UI thread. */
    static void add(DetailText out, Recording recording, TraceEvent event, Octets octets) {
        var most = EventDetails.MOST_OCTETS;
        var parts = Explainer.of(recording, event);
        if (parts.isEmpty()) {
            out.looking(Look.OCTETS, OctetText.text(octets, most).stripTrailing()).plain("\n");
            return;
        }
        out.looking(Look.FAINT, Messages.explain_how).plain("\n");
        var line = Line.of(octets, most);
        var start = out.text().length();
        for (var part : parts) {
            var from = part.range().offset();
            var to = Math.min(part.range().end(), line.octets().length);
            if (from < to) {
                out.explained(part, text(line, from, to));
            }
        }
        out.octetsFrom(start);
        out.plain(out.text().endsWith("\n") ? "" : "\n");
        if (octets.size() > most) {
            out.looking(Look.FAINT, OctetText.text(octets, most).replaceFirst("(?s).*\n", "")).plain("\n");
        }
    }

    private static String text(Line line, int from, int to) {
        return line.secrets().stream().anyMatch(secret -> secret.offset() < to && from < secret.end()) ? Octets.MASK
                : OctetText.text(Octets.of(Arrays.copyOfRange(line.octets(), from, to)), to - from);
    }
}
