package dev.mailscope.ui.trace;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.EventDetails;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.finding.Finding;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.trace.DetailText.Look;

/** Writes all there is to say of one event: octets, parse, state before and after, cause and effects. */
final class EventDetail {
    private static final int MOST_CHANGES = 200;
    private static final int MOST_EFFECTS = 100;
    private static final int LOOKED_AT = 5_000;
    private static final int PAGE = 500;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS")
            .withZone(ZoneId.systemDefault());

    private final DetailText out = new DetailText();
    private final Recording recording;
    private final TraceEvent event;
    private final TraceEvent cause;

    private EventDetail(Recording recording, TraceEvent event) {
        this.recording = recording;
        this.event = event;
        this.cause = event.cause() == 0 ? null : recording.event(event.cause());
    }

    /** The text for an event. Reads the recording: not for the UI thread. Null when cancelled. */
    static DetailText of(Recording recording, TraceEvent event, List<Finding> found, IProgressMonitor monitor) {
        var detail = new EventDetail(recording, event);
        detail.title();
        detail.found(found);
        detail.parse();
        detail.changes();
        HearingDetail.add(detail.out, recording, event, monitor);
        detail.causeAndEffects(monitor);
        detail.octets();
        return monitor.isCanceled() ? null : detail.out;
    }

    private void title() {
        out.looking(Look.TITLE, RowText.what(event)).plain("\n");
        out.looking(Look.FAINT, Stream.of(NLS.bind(Messages.detail_event, Long.toString(event.number())),
                TIME.format(event.instant()), RowText.session(event), event.phase(), event.folder(), event.command())
                .filter(s -> !s.isEmpty()).collect(Collectors.joining(" \u00B7 "))).plain("\n");
    }

    private void found(List<Finding> found) {
        if (!found.isEmpty()) {
            out.heading(Messages.detail_finding);
            found.forEach(finding -> out.plain(finding.text()).plain("\n"));
        }
    }

    private void parse() {
        switch (event.what()) {
            case What.Command(var tag) -> {
                out.heading(Messages.detail_parse);
                out.plain(tag.isEmpty() ? NLS.bind(Messages.detail_command, event.command())
                        : NLS.bind(Messages.detail_commandTag, event.command(), tag)).plain("\n");
            }
            case What.Rejected(var tag, var problem, var offset) -> {
                out.heading(Messages.detail_rejected);
                out.plain(problem).plain("\n");
                if (offset >= 0 && cause != null && cause.what() instanceof What.Received(var octets)) {
                    mark(octets, offset);
                }
            }
            case What.PhaseChanged(var from, var to, var user) -> {
                out.heading(Messages.detail_phase);
                beforeAndAfter(from, to);
                if (!user.isEmpty()) {
                    out.plain(NLS.bind(Messages.detail_loggedIn, user)).plain("\n");
                }
            }
            case What.Marked(var number, var uid, var deleted) -> {
                out.heading(Messages.detail_state);
                out.plain(deleted ? Messages.detail_marked : Messages.detail_unmarked).plain("\n");
            }
            default -> {
                // Nothing was parsed, or the changes below say it.
            }
        }
    }

    private void changes() {
        var differences = EventText.details(event).changes();
        if (differences.isEmpty()) {
            return;
        }
        out.heading(event.what() instanceof What.Told ? Messages.detail_told : Messages.detail_state);
        for (var difference : differences.subList(0, Math.min(MOST_CHANGES, differences.size()))) {
            out.plain(difference.what()).plain("\n");
            if (!difference.before().isEmpty() || !difference.after().isEmpty()) {
                beforeAndAfter(difference.before(), difference.after());
            }
        }
        if (differences.size() > MOST_CHANGES) {
            out.looking(Look.FAINT, NLS.bind(Messages.detail_more, differences.size() - MOST_CHANGES)).plain("\n");
        }
        folders();
    }

    /** What the changes did to the folders' numbers. */
    private void folders() {
        if (!(event.what() instanceof What.StateChanged(var version, var changes))) {
            return;
        }
        var touched = new LinkedHashMap<Long, Change.OfFolder>();
        changes.stream().filter(Change.OfFolder.class::isInstance).map(Change.OfFolder.class::cast)
                .forEach(c -> touched.putIfAbsent(c.folderId(), c));
        if (touched.isEmpty() || event.number() <= recording.first()) {
            return;
        }
        var before = recording.at(event.number() - 1).server();
        var after = recording.at(event.number()).server();
        touched.values().stream().limit(MOST_CHANGES).forEach(c -> {
            out.plain(NLS.bind(Messages.detail_folder, c.folder(), c.account())).plain("\n");
            beforeAndAfter(before.folder(c.account(), c.folderId()).map(EventDetail::folder).orElse(""),
                    after.folder(c.account(), c.folderId()).map(EventDetail::folder).orElse(""));
        });
    }

    private static String folder(Folder folder) {
        return Counted.text(Messages.detail_folderNumbers, folder.size(), folder.unseen(),
                Long.toString(folder.uidNext()), Long.toString(folder.modSeq()));
    }

    private void causeAndEffects(IProgressMonitor monitor) {
        if (event.cause() != 0) {
            out.heading(Messages.detail_cause);
            link(event.cause(), cause);
        }
        if (event.what() instanceof What.Sent(var count, var first, var last)) {
            out.heading(Messages.detail_sent);
            for (var number = first; number <= Math.min(last, first + MOST_EFFECTS); number++) {
                var response = recording.event(number);
                if (response != null && response.session() == event.session()
                        && response.what() instanceof What.Response) {
                    link(number, response);
                }
            }
        }
        var effects = effects(monitor);
        if (!effects.isEmpty()) {
            out.heading(Messages.detail_ledTo);
            effects.forEach(effect -> link(effect.number(), effect));
        }
    }

    private List<TraceEvent> effects(IProgressMonitor monitor) {
        var found = new ArrayList<TraceEvent>();
        for (var from = event.number() + 1; from <= event.number() + LOOKED_AT && !monitor.isCanceled();) {
            var events = recording.events(from, PAGE);
            if (events.isEmpty()) {
                break;
            }
            for (var later : events) {
                if (later.cause() == event.number() && found.size() < MOST_EFFECTS) {
                    found.add(later);
                }
            }
            from = events.getLast().number() + 1;
        }
        return found;
    }

    private void octets() {
        var understood = event.what() instanceof What.Command || event.what() instanceof What.Rejected;
        var saying = understood && cause != null && cause.what() instanceof What.Received ? cause : event;
        var octets = switch (saying.what()) {
            case What.Received(var received) -> received;
            case What.Response(var response) -> response;
            case What.Replaced(var put, var toClient) -> put;
            default -> null;
        };
        if (octets == null) {
            return;
        }
        out.heading(NLS.bind(Messages.detail_octets, octets.size()));
        ExplainedOctets.add(out, recording, saying, octets);
        out.heading(Messages.detail_hex);
        out.looking(Look.OCTETS, OctetText.hex(octets, EventDetails.MOST_OCTETS)).plain("\n");
    }

    /** The line that was refused, with a caret below the octet at which it went wrong. */
    private void mark(Octets octets, int offset) {
        var line = octets.first(EventDetails.MOST_OCTETS);
        var start = offset;
        while (start > 0 && start <= line.length && line[start - 1] != '\n') {
            start--;
        }
        var shown = Octets.of(Arrays.copyOfRange(line, Math.min(start, line.length), line.length));
        var text = shown.firstLine(EventDetails.MOST_OCTETS);
        var before = Octets.of(Arrays.copyOfRange(line, Math.min(start, line.length),
                Math.min(offset, line.length))).firstLine(EventDetails.MOST_OCTETS);
        out.looking(Look.OCTETS, text).plain("\n");
        out.looking(Look.MARK, " ".repeat(before.length()) + "^").plain("\n");
    }

    private void beforeAndAfter(String before, String after) {
        out.looking(Look.FAINT, "    " + Messages.detail_before + "  ")
                .plain(before.isEmpty() ? Messages.detail_notThere : before).plain("\n");
        out.looking(Look.FAINT, "    " + Messages.detail_after + "  ")
                .plain(after.isEmpty() ? Messages.detail_gone : after).plain("\n");
    }

    private void link(long number, TraceEvent target) {
        out.link(number, Long.toString(number)).plain("  ")
                .plain(target == null ? Messages.detail_dropped : RowText.what(target)).plain("\n");
    }
}
