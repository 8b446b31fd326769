package dev.mailscope.server.mailbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.mailscope.server.message.Content;

/**
 * Holds the current state and is the one door through which it changes. Reading takes no lock. A transaction runs under
 * one short lock; its commit is logged there and then, so that the order of events is the order of states.
 */
public final class MailStore {
    /** Stands for being woken at commits, until closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private static final int MOST_NAMES = 1_000;
    // No account is called so.
    private static final String EVERY_ACCOUNT = "";

    private final ReentrantLock lock = new ReentrantLock();
    private final CommitLog log;
    private final Storage storage;
    private final Clock clock;
    private final ConcurrentHashMap<Long, Set<Runnable>> watchers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Runnable>> accountWatchers = new ConcurrentHashMap<>();
    private final Map<Long, String> namesOfDeleted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST_NAMES;
        }
    };
    private volatile ServerState state;

    /** An empty store that logs to that log and takes UIDVALIDITY and save dates from that clock. */
    public MailStore(CommitLog log, Clock clock) {
        this(log, clock, ServerState.EMPTY);
    }

    /** The same, holding that state from the beginning. */
    public MailStore(CommitLog log, Clock clock, ServerState state) {
        this(log, clock, state, Storage.MEMORY);
    }

    /** The same, kept in that storage, which holds that state. */
    public MailStore(CommitLog log, Clock clock, ServerState state, Storage storage) {
        this.log = log;
        this.storage = storage;
        this.clock = clock;
        this.state = state;
    }

    /** The state now. */
    public ServerState state() {
        return state;
    }

    /** The clock that dates what happens here. */
    public Clock clock() {
        return clock;
    }

    /**
     * Runs one transaction and gives what the work gives. When the work throws, nothing has changed. The work must not
     * block: it holds the lock that all sessions share. The contents of messages it adds are held ({@link #hold}).
     * MailboxException with LIMIT when there is no room for what it changed. Before anybody is told of it, {@link #awaitKept}.
     */
    public <R> R transact(Cause cause, Function<Transaction, R> work) {
        return transact(cause, work, result -> { });
    }

    /**
     * The same, and calls {@code inside} with the result before the lock is left: what it records in the trace follows
     * the commit's event with no other state between.
     */
    public <R> R transact(Cause cause, Function<Transaction, R> work, Consumer<R> inside) {
        log.awaitRoom();
        Commit commit;
        R result;
        lock.lock();
        try {
            var transaction = new Transaction(state, clock);
            result = work.apply(transaction);
            commit = transaction.commit(cause);
            if (!commit.changes().isEmpty()) {
                storage.admit(commit);
                state = commit.after();
                rememberNames(commit);
                storage.committed(commit);
                log.committed(commit);
            }
            inside.accept(result);
        } finally {
            lock.unlock();
        }
        wake(commit);
        return result;
    }

    /** Makes room for a large content that comes piece by piece; see {@link Storage#receive}. */
    public Optional<Storage.Arrival> receive(long octets) {
        return storage.receive(octets);
    }

    /** Keeps a content for a transaction that follows; see {@link Storage#hold}. */
    public Storage.Hold hold(Content content) {
        return storage.hold(content);
    }

    /**
     * Waits until everything up to now is kept for good; in memory it is at once. StorageException when it cannot be
     * kept. Hold no lock that others need.
     */
    public void awaitKept() {
        storage.awaitKept(state.version());
    }

    /**
     * What a deleted folder was called last, for those who still have it open; empty where more than
     * {@value #MOST_NAMES} have been deleted since, or where it is there.
     */
    public Optional<String> nameOfDeleted(long folderId) {
        lock.lock();
        try {
            return Optional.ofNullable(namesOfDeleted.get(folderId));
        } finally {
            lock.unlock();
        }
    }

    private void rememberNames(Commit commit) {
        for (var change : commit.changes()) {
            if (change instanceof Change.FolderDeleted deleted) {
                namesOfDeleted.put(deleted.folderId(), deleted.folder());
            }
        }
    }

    /**
     * Calls {@code wake} after each commit that touches the folder, until the watch is closed. It is called on the
     * committing thread, outside the lock, and must return at once.
     */
    public Watch watch(long folderId, Runnable wake) {
        return watch(watchers, folderId, wake);
    }

    /** The same for every commit. */
    public Watch watch(Runnable wake) {
        return watch(accountWatchers, EVERY_ACCOUNT, wake);
    }

    /** The same for commits that touch anything of the account, or what is noted of the server for everybody. */
    public Watch watch(String account, Runnable wake) {
        return watch(accountWatchers, account, wake);
    }

    private static <K> Watch watch(ConcurrentHashMap<K, Set<Runnable>> all, K what, Runnable wake) {
        // One lambda per watch, so that closing one of two equal watches leaves the other.
        Runnable own = () -> wake.run();
        all.compute(what, (key, set) -> {
            var grown = set == null ? ConcurrentHashMap.<Runnable>newKeySet() : set;
            grown.add(own);
            return grown;
        });
        return () -> all.computeIfPresent(what, (key, set) -> {
            set.remove(own);
            return set.isEmpty() ? null : set;
        });
    }

    private void wake(Commit commit) {
        if (!watchers.isEmpty()) {
            wake(watchers, commit.changes().stream().filter(Change.OfFolder.class::isInstance)
                    .map(change -> ((Change.OfFolder) change).folderId()));
        }
        if (!accountWatchers.isEmpty() && !commit.changes().isEmpty()) {
            var all = commit.changes().stream().anyMatch(change ->
                    change instanceof Change.ServerAnnotationChanged noted && Annotations.isShared(noted.entry()));
            wake(accountWatchers, all ? accountWatchers.keySet().stream()
                    : Stream.concat(Stream.of(EVERY_ACCOUNT), commit.changes().stream().map(Change::account)));
        }
    }

    private static <K> void wake(ConcurrentHashMap<K, Set<Runnable>> all, Stream<K> touched) {
        touched.distinct().forEach(what -> all.getOrDefault(what, Set.of()).forEach(Runnable::run));
    }
}
