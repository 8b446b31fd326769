package dev.mailscope.ui.classroom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;

import dev.mailscope.ui.Robot;

/** The next Job of a name, kept from running until it is let go. */
final class HeldJob extends JobChangeAdapter implements AutoCloseable {
    private final String name;
    private final AtomicReference<Job> job = new AtomicReference<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldJob(String name) {
        this.name = name;
        Job.getJobManager().addJobChangeListener(this);
    }

    @Override
    public void aboutToRun(IJobChangeEvent event) {
        if (event.getJob().getName().equals(name) && job.compareAndSet(null, event.getJob())) {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits until it would run. */
    void await() throws InterruptedException {
        assertTrue(reached.await(Robot.PATIENCE.toSeconds(), TimeUnit.SECONDS), name);
    }

    /** Has it run, and waits for its end and for what it has the UI thread do. */
    IStatus finish() throws InterruptedException {
        await();
        released.countDown();
        job.get().join();
        Robot.ui(() -> {
            // comes after that
        });
        return job.get().getResult();
    }

    @Override
    public void close() {
        released.countDown();
        Job.getJobManager().removeJobChangeListener(this);
    }
}
