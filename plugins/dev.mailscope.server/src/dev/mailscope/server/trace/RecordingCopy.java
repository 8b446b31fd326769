package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.h2.mvstore.MVStoreException;

import dev.mailscope.server.file.PrivateFiles;

/**
 * Writes all that can be read of a recording, with its notes, into a file of its own: of a live one what there is now,
 * of a damaged one what is left. Events keep their numbers.
 */
public final class RecordingCopy {
    private static final int PAGE = 1_024;
    private static final int COMMIT_EVENTS = 32_768;
    private static final RecordingLimits NO_LIMIT = RecordingLimits.DEFAULT.withBytes(Long.MAX_VALUE);

    private final Recording from;
    private final TraceFile to;
    private final EventCodec.Block block;
    // As it is after the last event written; null behind a hole, until it can be told again.
    private Moment moment;
    private long last;
    private int uncommitted;

    private RecordingCopy(Recording from, TraceFile to) {
        this.from = from;
        this.to = to;
        this.block = new EventCodec.Block(to::use);
    }

    /**
     * Writes a recording to a file, replacing what was there. It is written beside its place and moved there when it is
     * whole: what fails or is called off leaves everything as it was. IOException, naming the file, when it cannot be
     * written; CancellationException when the progress called it off.
     */
    public static void write(Recording from, Path file, Progress progress) throws IOException {
        var place = file.toAbsolutePath();
        var own = from.status().file();
        if (own != null && Files.exists(own) && Files.exists(place) && Files.isSameFile(own, place)) {
            throw new IOException(file + " is this recording's own file; choose another one");
        }
        if (place.getParent() == null || !Files.isDirectory(place.getParent())) {
            throw new IOException(file + " cannot be written: its folder does not exist");
        }
        if (Files.isDirectory(place)) {
            throw new IOException(file + " cannot be written: it is a folder");
        }
        var beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            var to = TraceFile.create(beside, NO_LIMIT, null);
            try {
                new RecordingCopy(from, to).run(progress);
            } finally {
                to.close();
            }
            PrivateFiles.move(beside, place);
        } catch (MVStoreException e) {
            throw new IOException(file + " cannot be written: " + TraceFile.reason(e), e);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void run(Progress progress) {
        var first = from.first();
        var end = from.last();
        last = first - 2; // the first one begins a segment
        for (var next = first; next <= end;) {
            if (!progress.goOn(next - first, end - first + 1)) {
                throw new CancellationException("The copy was called off.");
            }
            var entries = from.entries(next, (int) Math.min(PAGE, end - next + 1));
            if (entries.isEmpty()) {
                break;
            }
            for (var entry : entries) {
                switch (entry) {
                    case Run run when run.first() <= end -> add(run.within(run.first(), end));
                    case TraceEvent event when event.number() <= end -> add(event);
                    default -> {
                        // it has come since
                    }
                }
            }
            next = Run.last(entries.getLast()) + 1;
        }
        to.put(block);
        from.notes().forEach(to::put);
    }

    private void add(TraceEvent event) {
        begin(event.number());
        block.add(event);
        moment = after(event);
        added(event.number(), 1);
    }

    private void add(Run run) {
        begin(run.first());
        for (var done = 0; done < run.count();) {
            done = block.add(run, done, Recorder.BLOCK_OCTETS);
            putFullBlock();
        }
        moment = moment == null ? null : moment.at(run.last());
        added(run.last(), run.count());
    }

    private void begin(long number) {
        var follows = number == last + 1;
        var isTold = follows && moment != null;
        if (!follows) {
            to.put(block);
        }
        if (!follows || moment == null && from.beginsSegment(number)) {
            moment = momentAt(number - 1);
        }
        if (moment != null && (!isTold || to.wantsSegment(block))) {
            to.put(block);
            to.begin(moment);
        } else if (to.wantsAnySegment()) {
            to.begin(number);
        }
    }

    private void added(long number, int events) {
        last = number;
        putFullBlock();
        uncommitted += events;
        if (uncommitted >= COMMIT_EVENTS) {
            to.put(block);
            to.commit();
            uncommitted = 0;
        }
    }

    private void putFullBlock() {
        if (block.size() >= Recorder.BLOCK_OCTETS || block.steps() >= Recorder.BLOCK_STEPS) {
            to.put(block);
        }
    }

    private Moment momentAt(long number) {
        try {
            return from.at(number);
        } catch (IllegalArgumentException e) {
            return null; // what leads to it is damaged or gone
        }
    }

    private Moment after(TraceEvent event) {
        try {
            return moment == null ? null : moment.after(event);
        } catch (RuntimeException e) {
            return null; // a stranger's event that does not fit the state before it
        }
    }
}
