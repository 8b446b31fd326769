package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;

/**
 * A recording's file, opened for reading: what MVStore makes of it, or, where that finds no whole state or an older one
 * than there is, what {@link Salvage} finds.
 *
 * @param store       the store; null for a salvaged one
 * @param salvage     what was found of a damaged one; else null
 * @param whole       true when the recording was closed, and not cut off
 * @param checkpoints the moment before each segment
 * @param notes       what was noted on events; null for nothing
 * @param segments    the segments, oldest first
 * @param bytes       the file's size, in octets
 */
record OpenedFile(MVStore store, Salvage salvage, boolean whole, Blocks checkpoints, Blocks notes,
        List<TraceFile.Segment> segments, long bytes) {

    private static final String NO_RECORDING = " is no recording of Mailscope";

    /** The file is whole, but from a newer version. */
    private static final class NewerVersion extends IOException {
        private static final long serialVersionUID = 1L;

        NewerVersion(String message) {
            super(message);
        }
    }

    /**
     * Opens a file, whose mail bodies go where they are given. IOException, naming the file, when it is no recording,
     * comes from a newer version, is being recorded, or is damaged so that no event can be read.
     */
    static OpenedFile open(Path path, Bodies bodies) throws IOException {
        OpenedFile found;
        try {
            found = whole(path, bodies);
        } catch (NewerVersion e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | AssertionError e) {
            // In its own maps MVStore believes any length that is written there, and takes that much memory; of a file
            // that was cut off it asserts that this cannot be, where assertions are on.
            if (e instanceof MVStoreException m && (m.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    || m.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT)) {
                throw new IOException(path + unreadable(e), e);
            }
            return whatIsLeft(path, bodies, e);
        }
        // MVStore takes the newest state that is whole; behind damage that may be a very old one.
        return found.whole ? found : found.orSalvaged(path, bodies);
    }

    /** Writes a note, or no note, into a file that nobody has open. IOException, naming the file, when it cannot. */
    static void write(Path path, long event, Note note) throws IOException {
        if (isReadOnly(path)) {
            throw new IOException(path + " is read-only: no note can be kept in it");
        }
        var files = new SingleFileStore(config());
        try {
            files.open(path.toString(), false, null);
        } catch (MVStoreException e) {
            throw cannotWrite(path, e);
        }
        try {
            var store = new MVStore.Builder().adoptFileStore(files).autoCommitDisabled().autoCommitBufferSize(0).open();
            // What was in the file stays where it is: the note is written behind it.
            store.setRetentionTime(Integer.MAX_VALUE);
            var notes = TraceFile.map(store, TraceFile.NOTES);
            if (note == null) {
                notes.remove(event);
            } else {
                notes.put(event, note.encode());
            }
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            throw cannotWrite(path, e);
        } finally {
            files.close();
        }
    }

    /** True when nothing can be read any more. */
    boolean isClosed() {
        return salvage == null ? store.isClosed() : salvage.isClosed();
    }

    void close() {
        if (salvage != null) {
            salvage.close();
        } else if (!store.isClosed()) {
            store.close();
        }
    }

    private static OpenedFile whole(Path path, Bodies bodies) throws IOException {
        // Opened by us, so that it can be closed, and the file unlocked, whatever MVStore makes of it.
        var files = new SingleFileStore(config());
        files.open(path.toString(), true, null);
        var opened = false;
        try {
            var store = new MVStore.Builder().adoptFileStore(files).readOnly().open();
            if (!store.hasMap(TraceFile.RECORDING) || !store.hasMap(TraceFile.CHECKPOINTS)
                    || !store.hasMap(TraceFile.CONTENTS) || !store.hasMap(TraceFile.OCTETS)) {
                throw new IOException(path + NO_RECORDING);
            }
            var about = blocks(store, TraceFile.RECORDING);
            check(path, about.get(TraceFile.ABOUT));
            bodies.load(blocks(store, TraceFile.CONTENTS), blocks(store, TraceFile.OCTETS));
            var segments = segments(store);
            var found = new OpenedFile(store, null, isWhole(about.get(TraceFile.END), segments),
                    blocks(store, TraceFile.CHECKPOINTS),
                    store.hasMap(TraceFile.NOTES) ? blocks(store, TraceFile.NOTES) : null, segments,
                    Files.size(path));
            opened = true;
            return found;
        } finally {
            if (!opened) {
                files.close();
            }
        }
    }

    /** True when the recording had ended, and its last block is there: of a damaged name, MVStore says nothing. */
    private static boolean isWhole(byte[] end, List<TraceFile.Segment> segments) throws IOException {
        if (end == null) {
            return false;
        }
        var in = new BinaryInput(end);
        var last = in.atEnd() ? 0 : in.number(); // an older file does not tell
        var there = segments.isEmpty() ? null : segments.getLast().blocks.lastKey();
        return last == 0 || there != null && there >= last;
    }

    private OpenedFile orSalvaged(Path path, Bodies bodies) throws IOException {
        var last = segments.isEmpty() ? null : segments.getLast().blocks.lastKey();
        var found = Salvage.of(path);
        if (found.lastEvent() == null || last != null && last >= found.lastEvent()) {
            found.close();
            return this;
        }
        store.closeImmediately();
        return salvaged(path, bodies, found);
    }

    private static OpenedFile whatIsLeft(Path path, Bodies bodies, Throwable why) throws IOException {
        var found = Salvage.of(path);
        if (found.isEmpty()) {
            found.close();
            throw why instanceof IOException e && e.getMessage().equals(path + NO_RECORDING) ? e
                    : new IOException(path + unreadable(why), why);
        }
        return salvaged(path, bodies, found);
    }

    private static OpenedFile salvaged(Path path, Bodies bodies, Salvage found) throws IOException {
        var opened = false;
        try {
            var header = found.about().get(TraceFile.ABOUT);
            if (header != null) {
                check(path, header); // without it, everything else has a seal of its own
            }
            bodies.load(found.contents(), found.octets());
            var starts = new TreeSet<>(found.segments());
            if (found.firstEvent() != null) {
                starts.headSet(found.firstEvent()).clear();
                starts.add(found.firstEvent());
            }
            var segments = new ArrayList<TraceFile.Segment>();
            for (var first : starts) {
                var next = starts.higher(first);
                segments.add(new TraceFile.Segment(first, found.events(first, next == null ? Long.MAX_VALUE : next)));
            }
            opened = true;
            return new OpenedFile(null, found, false, found.checkpoints(), found.notes(), List.copyOf(segments),
                    Files.size(path));
        } finally {
            if (!opened) {
                found.close();
            }
        }
    }

    private static void check(Path path, byte[] header) throws IOException {
        if (header == null) {
            throw new IOException(path + NO_RECORDING);
        }
        var in = new BinaryInput(header);
        if (!in.text().equals(TraceFile.MAGIC)) {
            throw new IOException(path + NO_RECORDING);
        }
        var version = in.number();
        if (version < 1 || version > TraceFile.VERSION) {
            throw new NewerVersion(path + " was written by a newer version of Mailscope: its format is " + version
                    + ", this one reads up to " + TraceFile.VERSION);
        }
    }

    private static List<TraceFile.Segment> segments(MVStore store) {
        var found = new ArrayList<TraceFile.Segment>();
        for (var name : store.getMapNames()) {
            if (name.matches("events\\.[1-9][0-9]{0,17}")) {
                found.add(new TraceFile.Segment(Long.parseLong(name.substring(TraceFile.EVENTS.length())),
                        TraceFile.map(store, name)));
            }
        }
        found.sort(Comparator.comparingLong(segment -> segment.first));
        return List.copyOf(found);
    }

    private static Blocks blocks(MVStore store, String name) {
        return Blocks.of(TraceFile.map(store, name));
    }

    private static Map<String, Object> config() {
        return new HashMap<>(Map.of("cacheSize", TraceFile.CACHE_MIB));
    }

    private static String unreadable(Throwable why) {
        return switch (why instanceof MVStoreException e ? e.getErrorCode() : DataUtils.ERROR_INTERNAL) {
            case DataUtils.ERROR_FILE_LOCKED -> " is being recorded; it can be opened when that has ended";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> " was written by a newer version of Mailscope";
            default -> NO_RECORDING + ", or damaged beyond reading";
        };
    }

    private static IOException cannotWrite(Path path, MVStoreException why) {
        return new IOException(path + (why.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                ? " is open in another program; notes can be written when that has closed it"
                : " cannot be written: " + TraceFile.reason(why)), why);
    }

    private static boolean isReadOnly(Path path) throws IOException {
        var posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return !Files.isWritable(path) || posix != null && posix.readAttributes().permissions().stream()
                .noneMatch(p -> p.name().endsWith("_WRITE"));
    }
}
