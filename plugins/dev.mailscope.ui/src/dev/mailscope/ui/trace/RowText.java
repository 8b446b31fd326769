package dev.mailscope.ui.trace;

import java.util.List;
import java.util.Locale;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Tone;

/** An event as a row of the trace. */
final class RowText {
    private RowText() {
    }

    /** The row, a cell for each {@link TraceColumn}; coloured by that rule, null for none. */
    static EventTable.Row row(TraceEvent event, ColouringRule rule) {
        return new EventTable.Row(event.number(), List.of(Long.toString(event.number()), EventText.time(event),
                session(event), direction(event), event.phase(), event.folder(), what(event)), tone(event), rule);
    }

    /** The session as all views name it: {@code POP3 3}; the server itself by that word. */
    static String session(TraceEvent event) {
        return session(event.protocol(), event.session());
    }

    /** The same by protocol and number. */
    static String session(String protocol, long number) {
        return number == 0 ? Messages.filter_server : protocol.toUpperCase(Locale.ROOT) + " " + number;
    }

    /** What happened; the direction has a column of its own. */
    static String what(TraceEvent event) {
        var text = EventText.what(event);
        return switch (event.what()) {
            case What.Received w -> text.substring(2);
            case What.Response w -> text.substring(2);
            case What.Command w -> NLS.bind(Messages.row_command, text);
            default -> text;
        };
    }

    /** What it is about. */
    static Tone tone(TraceEvent event) {
        return switch (event.what()) {
            case What.Received w -> Tone.CLIENT;
            case What.Delivery w -> Tone.CLIENT;
            case What.Response w -> Tone.SERVER;
            case What.Told w -> Tone.SERVER;
            case What.Sent w -> Tone.PLAIN;
            case What.StateChanged w -> Tone.CHANGE;
            case What.Marked w -> Tone.CHANGE;
            case What.PhaseChanged w -> Tone.PHASE;
            case What.Connected w -> Tone.PHASE;
            case What.TlsStarted w -> Tone.PHASE;
            case What.CompressionStarted w -> Tone.PHASE;
            case What.Closed w -> Tone.PHASE;
            case What.Rejected w -> Tone.PROBLEM;
            case What.Held w -> Tone.PROBLEM;
            case What.Released w -> Tone.PROBLEM;
            case What.Fault w -> Tone.PROBLEM;
            case What.Replaced w -> Tone.PROBLEM;
            case What.Device w -> Tone.CHANGE;
            case What.Command w -> Tone.PLAIN;
            case What.ViewOpened w -> Tone.PLAIN;
            case What.ViewClosed w -> Tone.PLAIN;
            case What.Remark w -> Tone.PLAIN;
        };
    }

    private static String direction(TraceEvent event) {
        return switch (EventText.direction(event)) {
            case CLIENT_TO_SERVER -> Messages.direction_toServer;
            case SERVER_TO_CLIENT -> Messages.direction_toClient;
            case INSIDE -> "";
        };
    }
}
