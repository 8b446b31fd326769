package dev.mailscope.server.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.h2.mvstore.MVStoreException;

import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.mailbox.StorageException;

/**
 * Writes what was committed, on a thread of its own: all that has come meanwhile in one go, with one sync. When writing
 * fails it gives up the reserve and tries again; when that fails too, whoever waits is told, and it tries every second.
 */
final class Committer {
    private static final System.Logger LOG = System.getLogger(Committer.class.getName());
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final StateFile file;
    private final MailFiles mail;
    private final Reserve reserve;
    private final Thread thread;
    // These are guarded by the lock.
    private Pending next = new Pending();
    private long asked;
    private long done;
    private boolean closing;
    private boolean ended;
    // What was the matter when writing failed last; null while it works.
    private volatile String failure;
    private volatile long kept;

    Committer(StateFile file, MailFiles mail, Reserve reserve, long version) {
        this.file = file;
        this.mail = mail;
        this.reserve = reserve;
        this.kept = version;
        this.thread = Thread.ofPlatform().name("mailscope-store").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Takes a commit. Waits for nothing. */
    void add(Commit commit) {
        lock.lock();
        try {
            next.add(commit);
            asked++;
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is known of an account's password, empty for nothing, and waits until it is on the disk. */
    void write(String account, Optional<List<ScramVerifier>> known) {
        lock.lock();
        try {
            next.add(account, known);
            asked++;
            more.signal();
            var mine = asked;
            await(() -> done >= mine);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that version of the state is on the disk. StorageException when it cannot be written, for now. */
    void awaitKept(long version) {
        if (kept >= version) {
            return;
        }
        lock.lock();
        try {
            await(() -> kept >= version);
        } finally {
            lock.unlock();
        }
    }

    private interface Kept {
        boolean isSo();
    }

    private void await(Kept what) {
        while (!what.isSo()) {
            if (failure != null || ended) {
                throw new StorageException("The store cannot be written: " + (failure == null ? "it is closed" : failure)
                        + ".");
            }
            written.awaitUninterruptibly();
        }
    }

    /** What is the matter while nothing can be written; null while all is well. */
    String failure() {
        return failure;
    }

    /** Writes what is left and ends. */
    void close() {
        lock.lock();
        try {
            closing = true;
            more.signal();
        } finally {
            lock.unlock();
        }
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
            for (var pending = take(); pending != null; pending = take()) {
                write(pending);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the store is written no longer", e);
            failure = StateFile.reason(e);
        } finally {
            lock.lock();
            try {
                ended = true;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** What is to be written next; null at the end. */
    private Pending take() {
        lock.lock();
        try {
            while (next.isEmpty()) {
                if (closing) {
                    return null;
                }
                if (reserve.isThere()) {
                    more.awaitUninterruptibly();
                } else if (more.awaitNanos(AGAIN_NANOS) <= 0) {
                    // Somebody else may have made room.
                    reserve.take();
                }
            }
            var taken = next;
            next = new Pending();
            taken.upTo(asked);
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(Pending pending) {
        var problem = attempt(pending);
        if (problem != null && reserve.give()) {
            LOG.log(Level.WARNING, "the store cannot be written: " + problem + "; trying again with its reserve of room");
            problem = again(pending);
        }
        while (problem != null) {
            failed(problem);
            if (!pause()) {
                return;
            }
            problem = again(pending);
        }
        // Before anybody hears that it is deleted.
        var version = pending.state() == null ? kept : pending.state().version();
        var removed = mail.removeGone(version);
        lock.lock();
        try {
            failure = null;
            kept = version;
            done = pending.upTo();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        if (removed) {
            reserve.take();
        }
    }

    private String attempt(Pending pending) {
        try {
            mail.sync();
            file.write(pending);
            return null;
        } catch (IOException | MVStoreException e) {
            return StateFile.reason(e);
        }
    }

    private String again(Pending pending) {
        try {
            file.reopen();
        } catch (MVStoreException e) {
            return StateFile.reason(e);
        }
        return attempt(pending);
    }

    private void failed(String problem) {
        lock.lock();
        try {
            if (failure == null) {
                LOG.log(Level.ERROR, "the store cannot be written: " + problem);
            }
            failure = problem;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment; false when there is no time left because the store closes. */
    private boolean pause() {
        lock.lock();
        try {
            for (var left = AGAIN_NANOS; left > 0 && !closing;) {
                left = more.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
