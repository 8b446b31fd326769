package dev.mailscope.server.trace;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a recording has taken and not written yet: the recorder waits here for work, and sessions wait for room. It is
 * guarded by the recording's lock, which every method takes that does not say the caller holds it.
 */
final class Backlog implements Recorder.Source {
    /** Who is told what became of the events. */
    interface Owner {
        /** More of the events are in the file now; the caller holds the lock. */
        void committed();

        /** The oldest events up to that one are no longer in the file. */
        void dropped(long number);

        /** Nothing can be written any more, for that reason. */
        void failed(Throwable why);
    }

    private static final long WAKE = 256 << 10;

    private final ReentrantLock lock;
    private final Condition work;
    private final Condition room;
    private final Window window;
    private final long most;
    // So much may wait before the recorder is woken ahead of its time.
    private final long wake;
    private final Owner owner;
    private volatile long waiting;
    // True while the recorder takes events.
    private boolean writing;
    private boolean closing;
    // True when somebody waits until all is written.
    private boolean urgent;
    // The last event that the recorder has taken into the file, committed or not.
    private long written;
    // What was noted and is not in the file yet; no note where one was taken away.
    private final Map<Long, Optional<Note>> notes = new TreeMap<>();
    private long committed;

    /** The backlog of a recording with that window, whose lock this is; nothing is written until {@link #begin}. */
    Backlog(ReentrantLock lock, Window window, RecordingLimits limits, Owner owner) {
        this.lock = lock;
        this.work = lock.newCondition();
        this.room = lock.newCondition();
        this.window = window;
        this.most = limits.queueBytes();
        this.wake = Math.max(1, Math.min(WAKE, limits.queueBytes() / 2));
        this.owner = owner;
    }

    /** From now on there is a recorder that takes the events. */
    void begin() {
        lock.lock();
        try {
            writing = true;
        } finally {
            lock.unlock();
        }
    }

    /** An event of that weight was put into the window. The caller holds the lock. */
    void added(long weight) {
        if (!writing) {
            return;
        }
        var waited = waiting;
        waiting = waited + weight;
        if (waited == 0 || waited < wake && waited + weight >= wake) {
            work.signal();
        }
    }

    /** A note was written, or taken away, on an event. The caller holds the lock. */
    void noted(long event, Optional<Note> note) {
        if (writing) {
            notes.put(event, note);
            work.signal();
        }
    }

    /** Waits while more events than the limits allow wait to be written. */
    void awaitRoom() {
        if (waiting <= most) {
            return;
        }
        lock.lock();
        try {
            while (writing && waiting > most) {
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything up to that event is in the file, be it committed or not, or will never be. */
    void awaitWritten(long number) {
        lock.lock();
        try {
            while (writing && written < number) {
                urgent = true;
                work.signal();
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the recorder write what is left, and end. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is written any more: whoever waits for room need not. The caller holds the lock. */
    void end() {
        writing = false;
        waiting = 0;
        room.signalAll();
    }

    /** True while a recorder takes the events. The caller holds the lock. */
    boolean isWriting() {
        return writing;
    }

    /** The weight of the events that wait to be written. */
    long waiting() {
        return waiting;
    }

    /** Everything up to that event is in the file. The caller holds the lock. */
    long committed() {
        return committed;
    }

    @Override
    public Window.Batch take(long eventsBy, long until, boolean patient) {
        lock.lock();
        try {
            while (!closing && !urgent && waiting < wake) {
                if (waiting == 0 && notes.isEmpty() && patient) {
                    work.awaitUninterruptibly();
                } else {
                    var left = (waiting > 0 || !notes.isEmpty() ? eventsBy : until) - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    work.awaitNanos(left);
                }
            }
            urgent = false;
            return window.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the recorder", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Window.Batch takeNow() {
        lock.lock();
        try {
            return window.take();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<Long, Optional<Note>> takeNotes() {
        lock.lock();
        try {
            var taken = new TreeMap<>(notes);
            notes.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasNotes() {
        lock.lock();
        try {
            return !notes.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void written(long weight, long number) {
        lock.lock();
        try {
            waiting -= weight;
            written = number;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void committed(long number) {
        lock.lock();
        try {
            committed = number;
            owner.committed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void dropped(long number) {
        owner.dropped(number);
    }

    @Override
    public void failed(Throwable why) {
        owner.failed(why);
    }
}
