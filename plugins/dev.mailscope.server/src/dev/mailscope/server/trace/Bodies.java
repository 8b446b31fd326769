package dev.mailscope.server.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;

import dev.mailscope.server.message.Content;

/**
 * The mail bodies of a recording, each stored once, in parts of at most 1 MiB. One thread writes; any may read. A body
 * goes when neither a remaining checkpoint nor a remaining event refers to it.
 */
final class Bodies implements Decoder.Contents {
    private static final System.Logger LOG = System.getLogger(Bodies.class.getName());
    private static final int PART = 1 << 20;
    private static final int PARTS = 20;

    // As a key: the checkpoint of a large folder has thousands, and no text has to be made of each.
    private record Hash(byte[] octets) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Hash that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return octets[0] << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
        }
    }

    private static final class Body {
        final long number;
        final int size;
        // The last segment, by its first event's number, that refers to it.
        long lastUse;

        Body(long number, int size) {
            this.number = number;
            this.size = size;
        }
    }

    private final String recording;
    private final Lock reading;
    private final Map<String, Body> byId = new ConcurrentHashMap<>();
    // Those that have been asked for by their hash.
    private final Map<Hash, Content> byHash = new ConcurrentHashMap<>();
    private MVMap<Long, byte[]> index;
    private MVMap<Long, byte[]> parts;
    private Blocks stored;
    private long nextNumber;
    private volatile long bytes;

    /** The bodies of that recording, which is named in errors; its lock is held while octets are read. */
    Bodies(String recording, Lock reading) {
        this.recording = recording;
        this.reading = reading;
    }

    /** Bodies will be put into these maps, which are empty. */
    void begin(MVMap<Long, byte[]> newIndex, MVMap<Long, byte[]> newParts) {
        index = newIndex;
        parts = newParts;
        stored = Blocks.of(newParts);
    }

    /** Reads what is in these; no more can be put into them. */
    void load(Blocks list, Blocks octets) throws IOException {
        stored = octets;
        byId.clear();
        byHash.clear();
        for (var number = list.ceilingKey(0); number != null; number = list.higherKey(number)) {
            var in = new BinaryInput(list.get(number));
            byId.put(in.text(), new Body(number, in.size()));
        }
    }

    /** The octets of all bodies together. */
    long bytes() {
        return bytes;
    }

    /** Stores a body unless it is there, and remembers that the segment refers to it. */
    void use(Content content, long segment) {
        var body = byId.get(content.id());
        if (body == null) {
            body = store(content);
        }
        if (body != null) {
            body.lastUse = segment;
        }
    }

    /** Removes the bodies that only segments before that one refer to. */
    void dropUnusedSince(long segment) {
        byId.entrySet().removeIf(entry -> {
            var body = entry.getValue();
            if (body.lastUse >= segment) {
                return false;
            }
            index.remove(body.number);
            for (var part = 0L; part * PART < body.size; part++) {
                parts.remove(body.number << PARTS | part);
            }
            bytes -= body.size;
            return true;
        });
        byHash.values().removeIf(content -> !byId.containsKey(content.id()));
    }

    /** The number of bodies. */
    int count() {
        return byId.size();
    }

    @Override
    public Content content(String id, int size) {
        return Content.stored(id, size, () -> read(id, size));
    }

    @Override
    public Content content(byte[] hash, int size) {
        var key = new Hash(hash);
        var known = byHash.get(key);
        if (known == null) {
            var id = HexFormat.of().formatHex(hash);
            known = content(id, size);
            // The others are gone: they are not held, lest there be more than the recording has.
            if (byId.containsKey(id)) {
                byHash.put(key, known);
            }
        }
        return known.size() == size ? known : content(known.id(), size);
    }

    private Body store(Content content) {
        byte[] octets;
        try {
            octets = content.octets();
        } catch (UncheckedIOException e) {
            // It was read from a recording that no longer has it: this one then does not have it either.
            LOG.log(Level.WARNING, "a mail body cannot be recorded: " + e.getMessage());
            return null;
        }
        var body = new Body(nextNumber++, octets.length);
        var row = new BinaryOutput();
        row.text(content.id());
        row.number(octets.length);
        index.put(body.number, row.seal());
        for (var from = 0; from < octets.length; from += PART) {
            parts.put(body.number << PARTS | from / PART,
                    Arrays.copyOfRange(octets, from, Math.min(octets.length, from + PART)));
        }
        bytes += octets.length;
        byId.put(content.id(), body);
        return body;
    }

    private byte[] read(String id, int size) {
        reading.lock();
        try {
            var body = byId.get(id);
            if (body == null) {
                throw new UncheckedIOException(new IOException("The recording " + recording
                        + " does not hold this mail, or no longer: " + id));
            }
            var found = new ArrayList<byte[]>();
            var total = 0L;
            for (var part = 0L; part * PART < size; part++) {
                var octets = stored.get(body.number << PARTS | part);
                if (octets == null) {
                    break;
                }
                found.add(octets);
                total += octets.length;
            }
            if (total != size) {
                throw new IOException(total + " of " + size + " octets are there");
            }
            return joined(found, size, id);
        } catch (IOException | MVStoreException e) {
            throw new UncheckedIOException(new IOException("A mail in the recording " + recording + " is damaged: "
                    + e.getMessage(), e));
        } finally {
            reading.unlock();
        }
    }

    private static byte[] joined(ArrayList<byte[]> found, int size, String id) throws IOException {
        var octets = new byte[size];
        var at = 0;
        for (var part : found) {
            System.arraycopy(part, 0, octets, at, part.length);
            at += part.length;
        }
        if (!Content.of(octets).id().equals(id)) {
            throw new IOException("its octets do not fit its SHA-256");
        }
        return octets;
    }
}
