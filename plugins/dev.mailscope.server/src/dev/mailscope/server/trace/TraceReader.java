package dev.mailscope.server.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.h2.mvstore.MVStoreException;

/**
 * Reads events and moments from a recording's file. Any thread may, while it is being written. What is damaged is
 * skipped and remembered.
 */
final class TraceReader {
    private static final int BLOCKS = 16;
    private static final int MOMENTS = 32;
    private static final int STRIDE = 1_024;

    /** Events that were stored together. */
    private record Block(long first, EventCodec.Events events) {
        long last() {
            return first + events.size() - 1;
        }
    }

    private final TraceFile file;
    private final Holes holes = new Holes();
    private final Recent<Block> blocks = new Recent<>(BLOCKS);
    private final Recent<Moment> moments = new Recent<>(MOMENTS);

    TraceReader(TraceFile file) {
        this.file = file;
    }

    /** What was found to be damaged, in words; empty when nothing was. */
    String damage() {
        return holes.words();
    }

    /** True when nothing has been stored yet. */
    boolean isEmpty() {
        return file.segments().isEmpty();
    }

    /** The number of the oldest event; 1 when there is none. */
    long first() {
        var segments = file.segments();
        return segments.isEmpty() ? 1 : segments.getFirst().first;
    }

    /** True when a segment begins with that event. */
    boolean beginsSegment(long event) {
        return file.segments().stream().anyMatch(segment -> segment.first == event);
    }

    /** Looks up the number of the last event that can be read; 0 when there is none. */
    long findLast() {
        file.reading().lock();
        try {
            for (var segment : file.segments().reversed()) {
                var last = findLast(segment);
                if (last > 0) {
                    return last;
                }
            }
            return Math.max(0, first() - 1);
        } finally {
            file.reading().unlock();
        }
    }

    /** Looks at every event up to that one, so that everything that is damaged is known. */
    void findHoles(long last) {
        for (var next = first(); next <= last;) {
            var entries = new ArrayList<Object>();
            read(next, last, STRIDE, entries);
            if (entries.isEmpty()) {
                return;
            }
            next = Run.last(entries.getLast()) + 1;
        }
    }

    /**
     * Adds at most so many of the events of a range that can be read to a list: each, or the run that several are. Gives
     * how many.
     */
    int read(long from, long to, int most, List<Object> into) {
        file.reading().lock();
        try {
            var left = most;
            for (var next = Math.max(from, first()); next <= to && left > 0 && !file.isClosed();) {
                var block = blockFrom(next, to);
                if (block == null) {
                    break;
                }
                next = Math.max(next, block.first());
                var end = Math.min(Math.min(to, block.last()), next + left - 1);
                while (next <= end) {
                    var entry = block.events().entry((int) (next - block.first()));
                    into.add(entry instanceof Run run ? run.within(next, end) : entry);
                    var last = Run.last(into.getLast());
                    left -= (int) (last + 1 - next);
                    next = last + 1;
                }
            }
            return most - left;
        } finally {
            file.reading().unlock();
        }
    }

    /**
     * The moment after an event. IllegalArgumentException, saying why, when it cannot be told because something it
     * follows from is damaged or gone.
     */
    Moment at(long number) {
        file.reading().lock();
        try {
            if (number < first() - 1) {
                throw new IllegalArgumentException("Event " + number + " is no longer in the recording; it begins with "
                        + first() + ".");
            }
            return replay(newestBefore(number), number);
        } finally {
            file.reading().unlock();
        }
    }

    /** The newest moment, at or before that event, that can be told. */
    Moment latest(long number) {
        file.reading().lock();
        try {
            for (var segment : file.segments().reversed()) {
                // A moment may be left whose event is not.
                var moment = segment.first <= number + 1 ? checkpoint(segment, Moment.START) : null;
                if (moment != null) {
                    moments.put(moment.number(), moment);
                    try {
                        return replay(moment, number);
                    } catch (IllegalArgumentException e) {
                        return moment; // what follows is damaged, and noted as such
                    }
                }
            }
            return Moment.START;
        } finally {
            file.reading().unlock();
        }
    }

    private Moment replay(Moment start, long number) {
        var moment = start;
        var entries = new ArrayList<Object>();
        while (moment.number() < number) {
            entries.clear();
            read(moment.number() + 1, number, STRIDE, entries);
            for (var entry : entries) {
                if ((entry instanceof Run run ? run.first() : Run.last(entry)) != moment.number() + 1) {
                    break;
                }
                moment = entry instanceof TraceEvent event ? after(moment, event) : moment.at(Run.last(entry));
            }
            if (entries.isEmpty() || moment.number() < Run.last(entries.getLast())) {
                throw untold(number);
            }
            moments.put(moment.number(), moment);
        }
        return moment;
    }

    private Moment after(Moment moment, TraceEvent event) {
        try {
            return moment.after(event);
        } catch (RuntimeException e) {
            // A change that does not fit: a stranger's file, or one that lies about itself.
            holes.add(event.number(), event.number());
            throw new IllegalArgumentException("The state after event " + event.number()
                    + " cannot be told: the event does not fit the state before it.", e);
        }
    }

    private Moment newestBefore(long number) {
        var known = moments.all();
        var first = first();
        var best = known.stream().filter(moment -> moment.number() <= number && moment.number() >= first - 1)
                .max(Comparator.comparingLong(Moment::number)).orElse(null);
        var near = known.stream().min(Comparator.comparingLong(moment -> Math.abs(moment.number() - number)))
                .orElse(Moment.START);
        for (var segment : file.segments().reversed()) {
            if (segment.first <= number + 1 && (best == null || best.number() < segment.first - 1)) {
                var checkpoint = checkpoint(segment, near);
                if (checkpoint != null) {
                    moments.put(checkpoint.number(), checkpoint);
                    return checkpoint;
                }
            }
        }
        if (best == null) {
            throw untold(number);
        }
        return best;
    }

    private Moment checkpoint(TraceFile.Segment segment, Moment near) {
        try {
            var sealed = file.checkpoint(segment);
            if (sealed == null) {
                return null;
            }
            var moment = MomentCodec.decode(sealed, file.bodies(), near);
            return moment.number() == segment.first - 1 ? moment : null;
        } catch (MVStoreException | IOException e) {
            return null; // an older checkpoint serves as well, only more slowly
        }
    }

    private IllegalArgumentException untold(long number) {
        var damage = holes.words();
        return new IllegalArgumentException("The state at event " + number + " cannot be told"
                + (damage.isEmpty() ? "." : ": " + damage + "."));
    }

    // The block that holds that event, or the next one that can be read; null when there is none up to that number.
    private Block blockFrom(long number, long to) {
        var cached = cached(number);
        if (cached != null) {
            return cached;
        }
        var segments = file.segments();
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var last = i + 1 < segments.size() ? segments.get(i + 1).first - 1 : Long.MAX_VALUE;
            if (last >= number && segment.first <= to) {
                var block = blockIn(segment, Math.max(number, segment.first), Math.min(last, to));
                if (block != null) {
                    return block;
                }
            }
        }
        return null;
    }

    private Block blockIn(TraceFile.Segment segment, long number, long to) {
        for (var at = number; at <= to;) {
            Long key = null;
            try {
                var floor = segment.blocks.floorKey(at);
                key = floor == null ? segment.blocks.ceilingKey(at) : floor;
                if (key == null || key > to) {
                    noteGap(segment, at, to, key == null);
                    return null;
                }
                var block = decode(key, segment.blocks.get(key));
                if (block.last() >= at) {
                    if (block.first() > at) {
                        holes.add(at, block.first() - 1);
                    }
                    blocks.put(block.first(), block);
                    return block;
                }
                var next = segment.blocks.higherKey(key);
                noteGap(segment, at, next == null ? to : Math.min(to, next - 1), next == null);
                if (next == null) {
                    return null;
                }
                at = next;
            } catch (MVStoreException | IOException e) {
                if (file.isClosed()) {
                    return null;
                }
                var after = readableAfter(segment, key == null ? at : Math.max(at, key), to);
                holes.add(at, after - 1);
                at = after;
            }
        }
        return null;
    }

    // After the last block of all there is simply nothing; between two blocks something is missing.
    private void noteGap(TraceFile.Segment segment, long from, long to, boolean atEnd) {
        if (from <= to && !(atEnd && segment == file.segments().getLast())) {
            holes.add(from, to);
        }
    }

    // The first number after that one at which the segment can be read again; one more than the last when nowhere.
    private static long readableAfter(TraceFile.Segment segment, long number, long to) {
        var bad = number;
        var step = 1L;
        while (bad + step <= to && !isReadable(segment, bad + step, number)) {
            bad += step;
            step *= 2;
        }
        var good = Math.min(bad + step, to + 1);
        while (good - bad > 1) {
            var middle = bad + (good - bad) / 2;
            if (isReadable(segment, middle, number)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private static boolean isReadable(TraceFile.Segment segment, long number, long after) {
        try {
            var key = segment.blocks.floorKey(number);
            return key != null && key > after && segment.blocks.get(key) != null;
        } catch (MVStoreException e) {
            return false;
        }
    }

    private long findLast(TraceFile.Segment segment) {
        try {
            for (var key = segment.blocks.lastKey(); key != null; key = segment.blocks.lowerKey(key)) {
                try {
                    return decode(key, segment.blocks.get(key)).last();
                } catch (MVStoreException | IOException e) {
                    holes.endAfter(key - 1);
                }
            }
        } catch (MVStoreException e) {
            // The tree itself is damaged: look from its beginning as far as it can be read.
            var entries = new ArrayList<Object>();
            read(segment.first, segment.first + (1 << 20), Integer.MAX_VALUE, entries);
            var last = entries.isEmpty() ? 0 : Run.last(entries.getLast());
            holes.endAfter(Math.max(last, segment.first - 1));
            return last;
        }
        return 0;
    }

    private Block decode(long key, byte[] sealed) throws IOException {
        if (sealed == null) {
            throw new IOException("damaged: a block is missing");
        }
        var events = EventCodec.decode(sealed, file.bodies());
        if (events.isEmpty() || events.getFirst().number() != key) {
            throw new IOException("damaged: a block lies in the wrong place");
        }
        return new Block(key, events);
    }

    private Block cached(long number) {
        return blocks.all().stream().filter(block -> block.first() <= number && number <= block.last()).findAny()
                .orElse(null);
    }
}
