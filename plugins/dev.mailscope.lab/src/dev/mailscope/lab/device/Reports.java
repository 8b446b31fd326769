package dev.mailscope.lab.device;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.mailscope.server.trace.What;

/** Says what a device is like, at once and whenever it is another: so that a recording knows it. */
public final class Reports implements AutoCloseable {
    private final ReentrantLock turn = new ReentrantLock();
    private final Device device;
    private final Consumer<What.Device> recorder;
    private final Runnable listener = this::report;
    private What.Device last;

    /**
     * @param recorder takes what it is like, on any thread, in order: such as {@code MailServer.record}
     */
    public Reports(Device device, Consumer<What.Device> recorder) {
        this.device = device;
        this.recorder = recorder;
        report();
        device.addListener(listener);
    }

    private void report() {
        turn.lock();
        try {
            // Looked at in turn, so that what is said later is later.
            var now = device.state();
            if (!now.equals(last)) {
                last = now;
                recorder.accept(now);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Says it again, to a recording that may be another one. */
    public void again() {
        turn.lock();
        try {
            recorder.accept(device.state());
        } finally {
            turn.unlock();
        }
    }

    /** Looks at the device no longer. */
    @Override
    public void close() {
        device.removeListener(listener);
    }
}
