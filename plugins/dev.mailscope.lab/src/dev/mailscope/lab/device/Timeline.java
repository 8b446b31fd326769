package dev.mailscope.lab.device;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What a device was like after each event of a recording that is made meanwhile. Any thread may use it. */
public final class Timeline implements AutoCloseable {
    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final Device device;
    private final LongSupplier event;
    private final Runnable listener = this::note;

    /**
     * A device at one moment.
     *
     * @param online  true when it had a network
     * @param pending what was still to be done on the server
     */
    public record Snapshot(LocalCopy copy, boolean online, List<Action> pending) {
        private static Snapshot of(Device device) {
            return new Snapshot(device.copy(), device.isOnline(), device.pending());
        }
    }

    /**
     * The timeline of that device, from now on.
     *
     * @param event says which event of the recording is the newest
     */
    public Timeline(Device device, LongSupplier event) {
        this.device = device;
        this.event = event;
        note();
        device.addListener(listener);
    }

    /** What it is like now. */
    public Snapshot now() {
        return Snapshot.of(device);
    }

    /** What it was like after that event; as it is known first, for one that was before. */
    public Snapshot at(long number) {
        lock.lock();
        try {
            var found = snapshots.floorEntry(number);
            return found == null ? snapshots.firstEntry().getValue() : found.getValue();
        } finally {
            lock.unlock();
        }
    }

    private void note() {
        lock.lock();
        try {
            snapshots.put(event.getAsLong(), Snapshot.of(device));
            if (snapshots.size() > MOST) {
                snapshots.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the device no longer. */
    @Override
    public void close() {
        device.removeListener(listener);
    }
}
