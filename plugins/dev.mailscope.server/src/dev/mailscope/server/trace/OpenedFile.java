package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;

/**
 * What a recording's file holds, found out when it is opened for reading.
 *
 * @param store       the store in it
 * @param whole       true when the recording was closed, and not cut off
 * @param checkpoints the moment before each segment
 * @param contents    the list of the mail bodies
 * @param octets      the mail bodies
 * @param segments    the segments, oldest first; one that is lost has no blocks
 * @param salvaged    true when the file lacks a part, and this is what can be read without it
 */
record OpenedFile(MVStore store, boolean whole, MVMap<Long, byte[]> checkpoints, MVMap<Long, byte[]> contents,
        MVMap<Long, byte[]> octets, List<TraceFile.Segment> segments, boolean salvaged) {

    private static final int CACHE_MIB = 16;
    // A file that lacks a part holds older states; so many are looked at.
    private static final int MOST_STATES = 200;

    /**
     * Opens a file. IOException, naming it, when it is no recording, comes from a newer version, is being recorded, or
     * is damaged so that no event can be read.
     */
    static OpenedFile open(Path path) throws IOException {
        try {
            return open(path, new SingleFileStore(config()), false);
        } catch (RuntimeException | OutOfMemoryError e) {
            // In its own maps MVStore believes any length that is written there, and takes that much memory.
            if (!isDamage(e)) {
                throw unreadable(path, e);
            }
            return salvage(path, e);
        }
    }

    // The state of which most can be read; of several such, the newest.
    private static OpenedFile salvage(Path path, Throwable problem) throws IOException {
        var files = new SalvagedStore(config());
        SalvagedStore best = null;
        var most = 0L;
        for (var left = MOST_STATES; left > 0; left--) {
            try {
                var opened = open(path, files, true);
                var readable = opened.segments.stream().filter(opened::serves).count();
                if (readable > 0 && readable == opened.segments.size()) {
                    return opened;
                }
                opened.store.closeImmediately();
                if (readable > most) {
                    most = readable;
                    best = files;
                }
            } catch (MVStoreException | IllegalArgumentException | IllegalStateException | OutOfMemoryError e) {
                problem.addSuppressed(e); // that state does not serve
            }
            if (files.state() + 1 >= files.states()) {
                break;
            }
            files = new SalvagedStore(config(), files, files.state() + 1);
        }
        if (best == null) {
            throw unreadable(path, problem);
        }
        return open(path, new SalvagedStore(config(), best, best.state()), true);
    }

    private static OpenedFile open(Path path, SingleFileStore files, boolean salvaging) throws IOException {
        // Opened by us, so that it can be closed, and the file unlocked, whatever MVStore makes of it.
        files.open(path.toString(), true, null);
        var opened = false;
        try {
            var store = new MVStore.Builder().adoptFileStore(files).readOnly().open();
            for (var name : List.of(TraceFile.RECORDING, TraceFile.CHECKPOINTS, TraceFile.CONTENTS, TraceFile.OCTETS)) {
                if (!store.hasMap(name)) {
                    throw new IOException(path + " is no recording of Mailscope");
                }
            }
            var found = new OpenedFile(store, isWhole(path, store, salvaging), map(store, TraceFile.CHECKPOINTS),
                    map(store, TraceFile.CONTENTS), map(store, TraceFile.OCTETS), segments(store, salvaging), salvaging);
            opened = true;
            return found;
        } finally {
            if (!opened) {
                files.close();
            }
        }
    }

    // Whether it has an end. What it is may lie in the part that is lost; everything else in it has a seal of its own.
    private static boolean isWhole(Path path, MVStore store, boolean salvaging) throws IOException {
        try {
            var about = map(store, TraceFile.RECORDING);
            check(path, about.get(TraceFile.ABOUT));
            return about.containsKey(TraceFile.END) && !salvaging;
        } catch (MVStoreException e) {
            if (salvaging) {
                return false;
            }
            throw e;
        }
    }

    private static void check(Path path, byte[] header) throws IOException {
        if (header == null) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        String magic;
        long version;
        try {
            var in = new BinaryInput(header);
            magic = in.text();
            version = in.number();
        } catch (IOException e) {
            throw new IOException(path + " is damaged beyond reading: " + e.getMessage(), e);
        }
        if (!magic.equals(TraceFile.MAGIC)) {
            throw new IOException(path + " is no recording of Mailscope");
        }
        if (version != TraceFile.VERSION) {
            throw new IOException(path + " was written by a newer version of Mailscope: its format is " + version
                    + ", this one reads " + TraceFile.VERSION);
        }
    }

    private static List<TraceFile.Segment> segments(MVStore store, boolean salvaging) {
        var found = new ArrayList<TraceFile.Segment>();
        for (var name : store.getMapNames()) {
            if (name.matches("events\\.[1-9][0-9]{0,17}")) {
                var first = Long.parseLong(name.substring(TraceFile.EVENTS.length()));
                found.add(new TraceFile.Segment(first, salvaging ? mapIfThere(store, name) : map(store, name)));
            }
        }
        found.sort(Comparator.comparingLong(segment -> segment.first));
        return List.copyOf(found);
    }

    private static MVMap<Long, byte[]> mapIfThere(MVStore store, String name) {
        try {
            return map(store, name);
        } catch (MVStoreException e) {
            return null;
        }
    }

    private static MVMap<Long, byte[]> map(MVStore store, String name) {
        return TraceFile.map(store, name);
    }

    // From a moment on, something can be read.
    private boolean serves(TraceFile.Segment segment) {
        try {
            return segment.blocks != null && checkpoints.get(segment.first) != null
                    && segment.blocks.get(segment.first) != null;
        } catch (MVStoreException e) {
            return false;
        }
    }

    private static Map<String, Object> config() {
        return new HashMap<>(Map.of("cacheSize", CACHE_MIB));
    }

    private static boolean isDamage(Throwable why) {
        return !(why instanceof MVStoreException e) || e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED
                && e.getErrorCode() != DataUtils.ERROR_UNSUPPORTED_FORMAT;
    }

    private static IOException unreadable(Path path, Throwable why) {
        return new IOException(path + switch (why instanceof MVStoreException e ? e.getErrorCode()
                : DataUtils.ERROR_INTERNAL) {
            case DataUtils.ERROR_FILE_LOCKED -> " is being recorded; it can be opened when that has ended";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> " was written by a newer version of Mailscope";
            default -> " is no recording of Mailscope, or damaged beyond reading";
        }, why);
    }
}
