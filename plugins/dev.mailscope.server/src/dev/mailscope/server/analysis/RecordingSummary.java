package dev.mailscope.server.analysis;

import java.time.Duration;
import java.time.Instant;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/**
 * A recording at a glance.
 *
 * @param first    the number of its oldest event
 * @param last     the number of its newest event; one less than the first when there is none
 * @param begun    when the oldest event happened; null when there is none
 * @param ended    when the newest event happened; null when there is none
 * @param servers  what listened where, as the recording says near its beginning; empty when it does not
 * @param accounts how many accounts there were in the end
 * @param notes    how many notes and bookmarks there are
 * @param problem  why it ended, or what is damaged, in words; empty when all is well
 */
public record RecordingSummary(long first, long last, Instant begun, Instant ended, String servers, int accounts,
        int notes, String problem) {
    private static final int LOOKED_AT = 500;
    private static final String LISTENING = "listening on ";

    /** Of a recording; reads little of it. */
    public static RecordingSummary of(Recording recording) {
        var first = recording.first();
        var last = recording.last();
        var start = recording.events(first, LOOKED_AT);
        var newest = last == 0 ? null : recording.event(last);
        var servers = start.stream().filter(event -> event.what() instanceof What.Remark)
                .map(event -> ((What.Remark) event.what()).text()).filter(text -> text.startsWith(LISTENING))
                .map(text -> text.substring(LISTENING.length()).replaceAll("[\\[\\]]", "").replace('=', ' '))
                .findFirst().orElse("");
        return new RecordingSummary(first, last, start.isEmpty() ? null : start.getFirst().instant(),
                newest == null ? null : newest.instant(), Escape.controls(servers),
                recording.live().server().accounts().size(), recording.notes().size(), recording.status().reason());
    }

    /** How many events it has, from the oldest to the newest. */
    public long events() {
        return Math.max(0, last - first + 1);
    }

    /** From its oldest event to its newest. */
    public Duration length() {
        return begun == null || ended == null ? Duration.ZERO : Duration.between(begun, ended);
    }
}
