package dev.mailscope.server.analysis;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

import dev.mailscope.server.trace.Note;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Looks for a text in a recording, forwards and backwards. It occurs in an event when it stands in its line (number,
 * time, session, phase, folder, what happened), in all the octets that passed, or in what is noted on it: as it is
 * shown, so that a secret is eight asterisks and nothing else.
 *
 * @param text      what is looked for; never empty
 * @param matchCase true when upper and lower case differ
 */
public record Search(String text, boolean matchCase) {
    /** Is told how far the search is. */
    public interface Progress {
        /** So many of all events have been looked at; false ends the search. */
        boolean goOn(long done, long all);
    }

    /**
     * What a search has found.
     *
     * @param event   the event's number; empty when the text occurs nowhere, or the search was called off
     * @param wrapped true when it went on at the other end of the recording
     */
    public record Found(OptionalLong event, boolean wrapped) {
    }

    private static final int TOLD = 1_024;

    /** IllegalArgumentException when the text is empty. */
    public Search {
        Objects.requireNonNull(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to look for");
        }
    }

    /**
     * Finds the nearest event in which the text occurs, apart from the one it starts at, unless that is the only one.
     * Behind the last event it goes on with the first, and the other way round.
     *
     * @param from  the event it starts at; it need not exist
     * @param among only these events are looked at
     */
    public Found find(Recording recording, long from, Walk.Direction direction, Predicate<TraceEvent> among,
            Progress progress) {
        var looking = new Looking(recording, among, progress);
        var ahead = Walk.find(recording, from, direction, looking, looking::isCancelled);
        if (ahead.isPresent() || looking.cancelled) {
            return new Found(ahead, false);
        }
        var forwards = direction == Walk.Direction.FORWARDS;
        // Not further than to where it started.
        var around = Walk.find(recording, forwards ? recording.first() - 1 : recording.last() + 1, direction,
                event -> (forwards ? event.number() > from : event.number() < from) || looking.test(event),
                looking::isCancelled);
        var isBeyond = around.isPresent() && (forwards ? around.getAsLong() > from : around.getAsLong() < from);
        return new Found(isBeyond || looking.cancelled ? OptionalLong.empty() : around, true);
    }

    /** True when the text occurs in that event or in the note on it, which may be null. */
    public boolean occursIn(TraceEvent event, Note note) {
        return occursIn(EventText.line(event)) || occursIn(event.folder()) || note != null && occursIn(note.text())
                || switch (event.what()) {
                    case What.Received(var octets) -> occursIn(octets);
                    case What.Response(var octets) -> occursIn(octets);
                    case What.Replaced(var octets, var toClient) -> occursIn(octets);
                    // The line cuts what is long, and names only some of many.
                    case What.StateChanged(var version, var changes) -> changes.stream()
                            .anyMatch(change -> occursIn(EventText.change(change)));
                    case What.Told(var notices) -> notices.stream()
                            .anyMatch(notice -> occursIn(EventText.notice(notice)));
                    case What.Remark(var words) -> occursIn(words);
                    case What.Rejected(var tag, var problem, var offset) -> occursIn(problem);
                    case What.Held(var stop, var why) -> occursIn(why);
                    case What.Released(var stop, var decision) -> occursIn(decision);
                    case What.Fault(var stop, var decision, var name) -> occursIn(decision);
                    case What.Closed(var reason) -> occursIn(reason);
                    case What.Delivery(var peer, var sender, var recipients) -> recipients.stream()
                            .anyMatch(this::occursIn);
                    case What.TlsStarted(var protocol, var cipher, var subject) -> occursIn(subject);
                    case What.Device device -> occursIn(device.name());
                    case What.Connected w -> false;
                    case What.Command w -> false;
                    case What.PhaseChanged w -> false;
                    case What.Sent w -> false;
                    case What.ViewOpened w -> false;
                    case What.ViewClosed w -> false;
                    case What.Marked w -> false;
                    case What.CompressionStarted w -> false;
                };
    }

    private boolean occursIn(Octets octets) {
        return occursIn(OctetText.text(octets, Integer.MAX_VALUE));
    }

    private boolean occursIn(String shown) {
        if (matchCase) {
            return shown.contains(text);
        }
        var most = shown.length() - text.length();
        var upper = Character.toUpperCase(text.charAt(0));
        var lower = Character.toLowerCase(text.charAt(0));
        for (var i = 0; i <= most; i++) {
            var c = shown.charAt(i);
            if ((c == upper || c == lower || c > 0x7F) && shown.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "\"%s\"%s", text, matchCase ? " (case matters)" : "");
    }

    private final class Looking implements Predicate<TraceEvent> {
        private final Recording recording;
        private final Predicate<TraceEvent> among;
        private final Progress progress;
        private final long all;
        private long done;
        private boolean cancelled;

        Looking(Recording recording, Predicate<TraceEvent> among, Progress progress) {
            this.recording = recording;
            this.among = among;
            this.progress = progress;
            this.all = Math.max(1, recording.last() - recording.first() + 1);
        }

        @Override
        public boolean test(TraceEvent event) {
            if (done++ % TOLD == 0) {
                cancelled |= !progress.goOn(Math.min(done, all), all);
            }
            return !cancelled && occursIn(event, recording.notes().get(event.number())) && among.test(event);
        }

        boolean isCancelled() {
            return cancelled;
        }
    }
}
