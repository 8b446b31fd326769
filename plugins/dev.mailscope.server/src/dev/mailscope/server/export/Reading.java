package dev.mailscope.server.export;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.trace.Note;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.TraceEvent;

/** Goes through a selection's events for an {@link Exporter}, page by page, and tells the {@link Progress}. */
final class Reading {
    /** Whoever takes the events. */
    interface Taker {
        /** Takes the next event. */
        void take(TraceEvent event) throws IOException;

        /** The events from one number to another are not in the recording: dropped, or damaged. */
        default void missing(long from, long to) throws IOException {
            // a format that has no place for it leaves it out
        }
    }

    private static final int PAGE = 512;

    private final Selection selection;
    private final Progress progress;
    private final SortedMap<Long, Note> notes;
    private long done;
    private long all;

    Reading(Selection selection, Progress progress) {
        this.selection = selection;
        this.progress = progress;
        this.notes = selection.recording().notes();
        this.all = count(selection.first(), selection.last());
    }

    /** What is exported. */
    Selection selection() {
        return selection;
    }

    /** What is noted on an event, as it was when the export began. */
    Optional<Note> note(TraceEvent event) {
        return Optional.ofNullable(notes.get(event.number()));
    }

    /** The words of a note: what it says, or that it is a bookmark. */
    static String words(Note note) {
        return note.isBookmark() ? "bookmark" : note.text();
    }

    /** Says beforehand that the events from one number to another will be gone through that often, and no others. */
    void expect(int times, long from, long to) {
        all = times * count(from, to);
    }

    /** Goes through the selected events. CancellationException when it is called off. */
    void each(Taker taker) throws IOException {
        pass(selection.first(), selection.last(), true, taker);
    }

    /** Goes through the events of every session from one number to another, both included; {@link #expect} them. */
    void eachOfAll(long from, long to, Taker taker) throws IOException {
        pass(from, to, false, taker);
    }

    private void pass(long from, long to, boolean selectedOnly, Taker taker) throws IOException {
        var recording = selection.recording();
        var next = from;
        while (next <= to) {
            tell();
            var events = recording.events(next, (int) Math.min(PAGE, to - next + 1));
            if (events.isEmpty() || events.getFirst().number() > to) {
                break;
            }
            for (var event : events) {
                if (event.number() > to) {
                    break;
                }
                if (event.number() > next) {
                    taker.missing(next, event.number() - 1);
                }
                if (!selectedOnly || selection.has(event)) {
                    taker.take(event);
                }
                done += event.number() + 1 - next;
                next = event.number() + 1;
            }
        }
        if (next <= to) {
            taker.missing(next, to);
            done += to + 1 - next;
        }
        tell();
    }

    private void tell() {
        if (!progress.goOn(done, all)) {
            throw new CancellationException("The export was called off.");
        }
    }

    private static long count(long from, long to) {
        return Math.max(0, to - from + 1);
    }
}
