package dev.mailscope.server.trace;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes a recording's events into its file, on a thread of its own: in blocks, with a commit a few times a second. */
final class Recorder {
    /** What is written, and who is told of it. All of it is called on the recorder's thread. */
    interface Source {
        /**
         * The next events to be written, all of one group. When there are few, waits for more until {@code eventsBy};
         * when there are none, until {@code until}, or for ever when {@code patient} (times as of
         * {@link System#nanoTime}). Null: there are none.
         */
        Window.Batch take(long eventsBy, long until, boolean patient);

        /** The next events to be written, all of one group; null when there are none now. */
        Window.Batch takeNow();

        /** The notes that are to be written, and no note where one is to be taken away; by their events. */
        Map<Long, Optional<Note>> takeNotes();

        /** True when {@link #takeNotes} would give some. */
        boolean hasNotes();

        /** True when nothing more will come once {@link #take} has given null. */
        boolean isClosing();

        /** So much weight, up to that event, waits no longer. */
        void written(long weight, long number);

        /** Everything up to that event is in the file. */
        void committed(long number);

        /** The oldest events up to that one are no longer in the file. */
        void dropped(long number);

        /** Nothing can be written any more, for that reason. */
        void failed(Throwable why);
    }

    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);
    // MVStore keeps its buffer for the next commit unless it was a larger one.
    private static final long COMMIT_OCTETS = 2L << 20;
    static final int BLOCK_OCTETS = 32 << 10;
    static final int BLOCK_STEPS = 256;

    private final TraceFile file;
    private final Source source;
    private final EventCodec.Block block;
    private final Thread thread;
    private long uncommitted;
    private long last;
    private long lastCommitted;
    private long nextCommit = System.nanoTime();
    private long nextSync = nextCommit;
    private boolean unsynced;

    Recorder(TraceFile file, Source source) {
        this.file = file;
        this.source = source;
        this.block = new EventCodec.Block(file::use);
        this.thread = Thread.ofPlatform().name("mailscope-recorder").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits until everything is written and the thread has ended. */
    void join() {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (turn()) {
                // each turn writes a batch or commits
            }
            file.close();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "recording into " + file.path() + " has ended: " + TraceFile.reason(e));
            source.failed(e);
        }
    }

    private boolean turn() {
        var dirty = last > lastCommitted;
        var batch = source.take(nextCommit, dirty ? nextCommit : nextSync, !dirty && !unsynced);
        var ends = batch == null && source.isClosing();
        while (batch != null) {
            write(batch);
            if (uncommitted >= COMMIT_OCTETS || System.nanoTime() >= nextCommit + COMMIT_NANOS) {
                commit(); // else once all that waits is written
            }
            batch = source.takeNow();
        }
        if ((last > lastCommitted || source.hasNotes()) && (ends || System.nanoTime() >= nextCommit)) {
            commit();
        }
        if (unsynced && System.nanoTime() >= nextSync) {
            file.sync();
            unsynced = false;
            nextSync = System.nanoTime() + SYNC_NANOS;
        }
        return !ends;
    }

    private void write(Window.Batch batch) {
        if (batch.first() == batch.group().first() && file.wantsSegment(block)) {
            file.put(block);
            uncommitted += file.begin(batch.group().before);
        }
        var events = batch.events();
        for (var i = 0; i < events.length;) {
            if (events[i] instanceof Run run) {
                write(run);
                i += run.count();
            } else {
                block.add((TraceEvent) events[i++]);
                putFullBlock();
            }
        }
        last = batch.last();
        uncommitted += batch.weight();
        source.written(batch.weight(), last);
    }

    private void write(Run run) {
        for (var done = 0; done < run.count();) {
            done = block.add(run, done, BLOCK_OCTETS);
            putFullBlock();
        }
    }

    private void putFullBlock() {
        if (block.size() >= BLOCK_OCTETS || block.steps() >= BLOCK_STEPS) {
            file.put(block);
        }
    }

    private void commit() {
        file.put(block);
        source.takeNotes().forEach((event, note) -> file.put(event, note.orElse(null)));
        var dropped = file.dropOldest();
        file.commit();
        lastCommitted = last;
        uncommitted = 0;
        nextCommit = System.nanoTime() + COMMIT_NANOS;
        unsynced = true;
        source.committed(last);
        if (dropped > 0) {
            source.dropped(dropped);
        }
    }
}
