package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.type.LongDataType;

import dev.mailscope.server.message.Content;

/**
 * The file of a recording. Every map in it goes from numbers to octets, so that nothing in a stranger's file is ever
 * deserialised: {@code recording} (what it is, and how it ended), {@code checkpoints} (the moment before each segment),
 * {@code events.N} (the segment that begins with event N, in blocks of events), {@code contents} and {@code octets}
 * (the mail bodies). One thread writes; any may read.
 */
final class TraceFile {
    /** Opens the file's store; tests put a failing one in its place. */
    interface Disk {
        FileStore<?> open(Path file);
    }

    /** A run of events that begins with a checkpoint and is dropped as a whole. */
    static final class Segment {
        final long first;
        final MVMap<Long, byte[]> blocks;
        private long bytes;
        private long checkpoint;
        private int events;

        private Segment(long first, MVMap<Long, byte[]> blocks) {
            this.first = first;
            this.blocks = blocks;
        }
    }

    private static final String MAGIC = "Mailscope recording";
    private static final int VERSION = 1;
    private static final long ABOUT = 0;
    private static final long END = 1;
    private static final String EVENTS = "events.";
    // How long freed space is not written over: longer than the time between two syncs.
    private static final int RETENTION_MILLIS = 3_000;
    private static final int CACHE_MIB = 16;
    private static final int COMPACT_FILL = 60;
    private static final int COMPACT_BYTES = 4 << 20;

    private final Path path;
    private final ReentrantReadWriteLock access = new ReentrantReadWriteLock();
    private final Bodies bodies;
    private final RecordingLimits limits;
    private MVStore store;
    private MVMap<Long, byte[]> about;
    private MVMap<Long, byte[]> checkpoints;
    private volatile List<Segment> segments = List.of();
    private volatile long bytes;
    private long unsynced;

    private TraceFile(Path path, RecordingLimits limits) {
        this.path = path;
        this.limits = limits;
        this.bodies = new Bodies(path.toString(), access.readLock());
    }

    /** Makes a new file that only its owner can read, and its folder when it is missing. */
    static TraceFile create(Path path, RecordingLimits limits, Disk disk) throws IOException {
        var file = new TraceFile(path, limits);
        var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent(), only("rwx------", posix));
        }
        try {
            Files.createFile(path, only("rw-------", posix));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + " exists already; a recording needs a new file", e);
        }
        try {
            var builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0).cacheSize(CACHE_MIB);
            file.store = disk == null ? builder.fileName(path.toString()).open()
                    : builder.adoptFileStore(disk.open(path)).open();
            file.store.setVersionsToKeep(0);
            file.store.setRetentionTime(RETENTION_MILLIS);
            file.about = file.map("recording");
            file.checkpoints = file.map("checkpoints");
            file.bodies.load(file.map("contents"), file.map("octets"));
            var header = new BinaryOutput();
            header.text(MAGIC);
            header.number(VERSION);
            file.about.put(ABOUT, header.seal());
            file.store.commit();
            return file;
        } catch (MVStoreException e) {
            throw new IOException(path + " cannot be written: " + reason(e), e);
        }
    }

    /** Opens a file for reading. IOException, naming the file, when it is no recording or cannot be opened. */
    static TraceFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such recording");
        }
        if (!Files.isRegularFile(path) || Files.size(path) == 0) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        var file = new TraceFile(path, RecordingLimits.DEFAULT);
        file.load();
        return file;
    }

    /** After a failure to write: opens again what has been written so far, for reading alone. */
    void reopen() throws IOException {
        access.writeLock().lock();
        try {
            store.closeImmediately();
            load();
        } finally {
            access.writeLock().unlock();
        }
    }

    /** Held while something is read, so that it does not vanish meanwhile. */
    Lock reading() {
        return access.readLock();
    }

    Path path() {
        return path;
    }

    /** The size of the file, in octets. */
    long size() {
        return bytes;
    }

    /** The segments, oldest first. */
    List<Segment> segments() {
        return segments;
    }

    /** The octets of the checkpoint before a segment, or null. */
    byte[] checkpoint(Segment segment) {
        return checkpoints.get(segment.first);
    }

    Bodies bodies() {
        return bodies;
    }

    /** True when nothing can be read any more: the file is closed, or writing it has failed. */
    boolean isClosed() {
        return store.isClosed();
    }

    /** True when the recording was closed, and not cut off by a crash. */
    boolean hasEnd() {
        return about.containsKey(END);
    }

    /** True when the next event should begin a new segment, so much being about to be put into the last one. */
    boolean wantsSegment(int moreEvents, int moreBytes) {
        if (segments.isEmpty()) {
            return true;
        }
        var last = segments.getLast();
        return last.events + moreEvents >= limits.segmentEvents() || last.bytes + moreBytes >= limits.segmentBytes();
    }

    /** Begins a segment with the moment before its first event. */
    void begin(Moment before) {
        var first = before.number() + 1;
        var segment = new Segment(first, map(EVENTS + first));
        var checkpoint = MomentCodec.encode(before, content -> bodies.use(content, first));
        segment.checkpoint = checkpoint.length;
        checkpoints.put(first, checkpoint);
        var more = new ArrayList<>(segments);
        more.add(segment);
        segments = List.copyOf(more);
    }

    /** Stores a body to which the next event refers. */
    void use(Content content) {
        bodies.use(content, segments.getLast().first);
    }

    /** Stores a block of events in the last segment. */
    void put(long first, int events, byte[] block) {
        var segment = segments.getLast();
        segment.blocks.put(first, block);
        segment.events += events;
        segment.bytes += block.length;
    }

    /** What is held and not dropped yet, in octets. */
    long held() {
        return bodies.bytes() + segments.stream().mapToLong(s -> s.checkpoint + s.bytes).sum();
    }

    /** Writes what was put since the last commit. After a crash of the program it is there. */
    void commit() {
        var file = store.getFileStore();
        var crowded = file.size() > limits.bytes() / 10 * 9;
        if (crowded) {
            // All that was freed before is free on the disk as well, so its space can be written over at once.
            store.sync();
            store.setRetentionTime(0);
        }
        store.commit();
        if (crowded) {
            if (file.size() > limits.bytes()) {
                store.compact(COMPACT_FILL, COMPACT_BYTES);
                store.commit();
            }
            store.setRetentionTime(RETENTION_MILLIS);
        }
        bytes = file.size();
        unsynced++;
    }

    /** Makes sure that what was committed is on the disk: after a crash of the machine it is there. */
    void sync() {
        if (unsynced > 0) {
            store.sync();
            unsynced = 0;
        }
    }

    /** Drops oldest segments while there is more than the limit allows; gives the last event dropped, 0 for none. */
    long dropOldest() {
        var dropped = 0L;
        // A fifth is left for what the store itself needs and for space that is not free to be written over yet.
        while (segments.size() > 1 && held() > limits.bytes() / 5 * 4) {
            access.writeLock().lock();
            try {
                var oldest = segments.getFirst();
                segments = List.copyOf(segments.subList(1, segments.size()));
                var next = segments.getFirst().first;
                dropped = next - 1;
                checkpoints.remove(oldest.first);
                store.removeMap(oldest.blocks);
                bodies.dropUnusedSince(next);
            } finally {
                access.writeLock().unlock();
            }
        }
        return dropped;
    }

    /** Closes the file; a recording that was being written is marked as ended. */
    void close() {
        access.writeLock().lock();
        try {
            if (!store.isClosed()) {
                if (!store.isReadOnly()) {
                    about.put(END, new BinaryOutput().seal());
                    store.commit();
                    store.sync();
                }
                store.close();
            }
        } finally {
            access.writeLock().unlock();
        }
    }

    /** What went wrong, in the words of the innermost cause, which is the operating system's. */
    static String reason(Throwable error) {
        var innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    private void load() throws IOException {
        // Opened by us, so that it can be closed, and the file unlocked, whatever MVStore makes of it.
        var files = new SingleFileStore(new HashMap<>(Map.of("cacheSize", CACHE_MIB)));
        try {
            files.open(path.toString(), true, null);
        } catch (RuntimeException e) {
            throw new IOException(path + unreadable(e), e);
        }
        try {
            store = new MVStore.Builder().adoptFileStore(files).readOnly().open();
            bytes = Files.size(path);
            check();
            checkpoints = map("checkpoints");
            bodies.load(map("contents"), map("octets"));
            segments = segmentsThere();
        } catch (IOException e) {
            files.close();
            throw e.getMessage().startsWith(path.toString()) ? e
                    : new IOException(path + " is damaged beyond reading: " + reason(e), e);
        } catch (RuntimeException | OutOfMemoryError e) {
            // In its own maps MVStore believes any length that is written there, and takes that much memory.
            files.close();
            throw new IOException(path + unreadable(e), e);
        }
    }

    private static String unreadable(Throwable why) {
        return switch (why instanceof MVStoreException e ? e.getErrorCode() : DataUtils.ERROR_INTERNAL) {
            case DataUtils.ERROR_FILE_LOCKED -> " is being recorded; it can be opened when that has ended";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> " was written by a newer version of Mailscope";
            default -> " is no recording of Mailscope, or damaged beyond reading";
        };
    }

    private void check() throws IOException {
        if (!store.hasMap("recording") || !store.hasMap("checkpoints") || !store.hasMap("contents")
                || !store.hasMap("octets")) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        about = map("recording");
        var header = about.get(ABOUT);
        if (header == null) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        var in = new BinaryInput(header);
        if (!in.text().equals(MAGIC)) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        var version = in.number();
        if (version != VERSION) {
            throw new IOException(path + " was written by a newer version of Mailscope: its format is " + version
                    + ", this one reads " + VERSION);
        }
    }

    private List<Segment> segmentsThere() {
        var found = new ArrayList<Segment>();
        for (var name : store.getMapNames()) {
            if (name.matches("events\\.[1-9][0-9]{0,17}")) {
                found.add(new Segment(Long.parseLong(name.substring(EVENTS.length())), map(name)));
            }
        }
        found.sort(Comparator.comparingLong(segment -> segment.first));
        return List.copyOf(found);
    }

    private MVMap<Long, byte[]> map(String name) {
        return store.openMap(name, new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(OctetsType.INSTANCE));
    }

    private static FileAttribute<?>[] only(String permissions, boolean posix) {
        return posix ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }
}
