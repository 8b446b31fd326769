package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.message.Content;

/**
 * The file of a recording. Every map in it goes from numbers to octets, so that nothing in a stranger's file is ever
 * deserialised: {@code recording} (what it is, and how it ended), {@code checkpoints} (the moment before each segment),
 * {@code events.N} (the segment that begins with event N, in blocks of events), {@code contents} and {@code octets}
 * (the mail bodies), {@code notes} (what was noted on events; made with the first note). One thread writes; any may
 * read.
 * Of a file in which MVStore finds no whole state, {@link OpenedFile} reads what is left.
 */
final class TraceFile {
    /** Opens the file's store; tests put a failing one in its place. */
    interface Disk {
        FileStore<?> open(Path file);
    }

    /** A run of events that begins with a checkpoint and is dropped as a whole. */
    static final class Segment {
        final long first;
        final Blocks blocks;
        private final MVMap<Long, byte[]> map;
        private long bytes;
        private long checkpoint;
        private int steps;

        Segment(long first, MVMap<Long, byte[]> map) {
            this.first = first;
            this.blocks = Blocks.of(map);
            this.map = map;
        }

        // One that is only read.
        Segment(long first, Blocks blocks) {
            this.first = first;
            this.blocks = blocks;
            this.map = null;
        }
    }

    static final String MAGIC = "Mailscope recording";
    /** The version of what is written, and the newest that is read: 2 and 3 have blocks of events of these versions. */
    static final int VERSION = 3;
    static final long ABOUT = 0;
    /** Once the recording has ended: the number of its last block, without which the file is not whole. */
    static final long END = 1;
    static final String EVENTS = "events.";
    static final String NOTES = "notes";
    static final String RECORDING = "recording";
    static final String CHECKPOINTS = "checkpoints";
    static final String CONTENTS = "contents";
    static final String OCTETS = "octets";
    // How long freed space is not written over: longer than the time between two syncs.
    private static final int RETENTION_MILLIS = 3_000;
    static final int CACHE_MIB = 16;
    private static final int COMPACT_FILL = 60;
    private static final int COMPACT_BYTES = 4 << 20;
    // A checkpoint of so many octets takes its time to write.
    private static final int LARGE = 64 << 10;
    // So many times as many octets of events as of such a checkpoint.
    private static final long WORTH = 2;
    // Segments have at most so many times the events they should: any moment in them is still told soon.
    private static final long LONGEST = 4;

    private final Path path;
    private final ReentrantReadWriteLock access = new ReentrantReadWriteLock();
    private final Bodies bodies;
    private final MomentEncoder moments = new MomentEncoder();
    private final RecordingLimits limits;
    private MVStore store;
    private MVMap<Long, byte[]> about;
    private MVMap<Long, byte[]> checkpoints;
    private MVMap<Long, byte[]> notes;
    // What is read; null while the file is written.
    private volatile OpenedFile opened;
    private volatile List<Segment> segments = List.of();
    private volatile long bytes;
    private long unsynced;
    private long noteBytes;

    private TraceFile(Path path, RecordingLimits limits) {
        this.path = path;
        this.limits = limits;
        this.bodies = new Bodies(path.toString(), access.readLock());
    }

    /** Makes a new file that only its owner can read, and its folder when it is missing. */
    static TraceFile create(Path path, RecordingLimits limits, Disk disk) throws IOException {
        var file = new TraceFile(path, limits);
        if (path.toAbsolutePath().getParent() != null) {
            PrivateFiles.folder(path.toAbsolutePath().getParent());
        }
        try {
            PrivateFiles.create(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + " exists already; a recording needs a new file", e);
        }
        try {
            var builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0).cacheSize(CACHE_MIB);
            file.store = disk == null ? builder.fileName(path.toString()).open()
                    : builder.adoptFileStore(disk.open(path)).open();
            file.store.setVersionsToKeep(0);
            file.store.setRetentionTime(RETENTION_MILLIS);
            file.about = file.map(RECORDING);
            file.checkpoints = file.map(CHECKPOINTS);
            file.bodies.begin(file.map(CONTENTS), file.map(OCTETS), file.store::commit);
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
        return opened == null ? checkpoints.get(segment.first) : opened.checkpoints().get(segment.first);
    }

    Bodies bodies() {
        return bodies;
    }

    /** True when nothing can be read any more: the file is closed, or writing it has failed. */
    boolean isClosed() {
        return opened == null ? store.isClosed() : opened.isClosed();
    }

    /** True when the recording was closed, and not cut off by a crash. */
    boolean hasEnd() {
        return opened != null && opened.whole();
    }

    /** True when the file is damaged so that its rows had to be looked for. */
    boolean isSalvaged() {
        return opened != null && opened.salvage() != null;
    }

    /** Where in a salvaged file the events up to that one end, in octets from its beginning. */
    long endOf(long event) {
        return isSalvaged() ? opened.salvage().endOf(event) : 0;
    }

    /** True when the next event should begin a new segment, that block being about to be put into the last one. */
    boolean wantsSegment(EventCodec.Block block) {
        if (segments.isEmpty()) {
            return true;
        }
        var last = segments.getLast();
        var steps = last.steps + block.steps();
        var octets = last.bytes + block.size();
        // Every segment begins with the whole state: where that is large, more must follow to be worth it.
        return (steps >= limits.segmentEvents() || octets >= limits.segmentBytes())
                && (last.checkpoint < LARGE || octets >= WORTH * last.checkpoint
                        || steps >= LONGEST * limits.segmentEvents());
    }

    /** Begins a segment with the moment before its first event; gives how many octets that takes. */
    int begin(Moment before) {
        var first = before.number() + 1;
        // First, for a large mail is committed on its own: a segment never is without its checkpoint.
        var checkpoint = moments.encode(before, bodies.usesOfCheckpoint(first));
        var segment = new Segment(first, map(EVENTS + first));
        segment.checkpoint = checkpoint.length;
        checkpoints.put(first, checkpoint);
        var more = new ArrayList<>(segments);
        more.add(segment);
        segments = List.copyOf(more);
        return checkpoint.length;
    }

    /** Begins a segment before whose first event nothing is known. */
    void begin(long first) {
        var more = new ArrayList<>(segments);
        more.add(new Segment(first, map(EVENTS + first)));
        segments = List.copyOf(more);
    }

    /** True when there is no segment yet. */
    boolean wantsAnySegment() {
        return segments.isEmpty();
    }

    /** Stores a body to which the next event refers. */
    void use(Content content) {
        bodies.use(content, segments.getLast().first);
    }

    /** Stores what has been collected in the block, if anything, in the last segment. */
    void put(EventCodec.Block block) {
        if (block.count() > 0) {
            var segment = segments.getLast();
            segment.steps += block.steps();
            var first = block.first();
            var octets = block.seal();
            segment.bytes += octets.length;
            segment.map.put(first, octets);
        }
    }

    /** What is held and not dropped yet, in octets. */
    long held() {
        return bodies.bytes() + noteBytes + segments.stream().mapToLong(s -> s.checkpoint + s.bytes).sum();
    }

    /** Stores a note, or no note, on an event; once it is committed it is in the file. */
    void put(long event, Note note) {
        if (notes == null) {
            notes = map(NOTES);
        }
        var row = note == null ? null : note.encode();
        var was = row == null ? notes.remove(event) : notes.put(event, row);
        noteBytes += (row == null ? 0 : row.length) - (was == null ? 0 : was.length);
    }

    /**
     * Writes a note, or no note, into a file that was opened for reading; it is on the disk then. IOException, naming
     * the file, when it cannot be written: nothing has changed then.
     */
    void write(long event, Note note) throws IOException {
        access.writeLock().lock();
        try {
            if (isClosed()) {
                throw new IOException(path + " is closed");
            }
            if (isSalvaged()) {
                throw new IOException(path + " is damaged: nothing is written into it, lest more be lost. Save what"
                        + " can be read of it as another file first.");
            }
            opened.close();
            try {
                OpenedFile.write(path, event, note);
            } finally {
                load();
            }
        } finally {
            access.writeLock().unlock();
        }
    }

    /** The notes in an opened file by event; {@code problem} is told of each that cannot be read. */
    SortedMap<Long, Note> notes(BiConsumer<Long, String> problem) {
        var rows = opened.notes();
        var found = new TreeMap<Long, Note>();
        try {
            for (var event = rows == null ? null : rows.ceilingKey(1); event != null; event = rows.higherKey(event)) {
                try {
                    found.put(event, Note.decode(event, rows.get(event)));
                } catch (IOException e) {
                    problem.accept(event, e.getMessage());
                }
            }
        } catch (MVStoreException e) {
            problem.accept(found.isEmpty() ? 0 : found.lastKey() + 1, "damaged");
        }
        return found;
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
                store.removeMap(oldest.map);
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
            if (opened != null) {
                opened.close();
            } else if (!store.isClosed()) {
                var end = new BinaryOutput();
                var last = segments.isEmpty() ? null : segments.getLast().blocks.lastKey();
                end.number(last == null ? 0 : last);
                about.put(END, end.seal());
                store.commit();
                store.sync();
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
        opened = OpenedFile.open(path, bodies);
        segments = opened.segments();
        bytes = opened.bytes();
    }

    /** A map of a store, by explicit types. */
    static MVMap<Long, byte[]> map(MVStore store, String name) {
        return store.openMap(name, new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(OctetsType.INSTANCE));
    }

    private MVMap<Long, byte[]> map(String name) {
        return map(store, name);
    }
}
