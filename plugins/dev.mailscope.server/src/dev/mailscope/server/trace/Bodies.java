package dev.mailscope.server.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Measured;

/**
 * The mail bodies of a recording, and responses that were made several times, each stored once, in parts of at most 1
 * MiB. One thread writes; any may read. A body goes when neither a remaining checkpoint nor a remaining event refers to
 * it.
 */
final class Bodies implements Decoder.Contents {
    private static final System.Logger LOG = System.getLogger(Bodies.class.getName());
    private static final int PART = 1 << 20;
    private static final int PARTS = 20;
    private static final int PARTS_AT_ONCE = 8;
    private static final int MOST_RESPONSES = 256;

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
    // Those read lately, by the id of their content.
    private final Map<String, SoftReference<Responses>> responses = new ConcurrentHashMap<>();
    // What the last checkpoint refers to, in order; null for what could not be stored.
    private final List<Body> ofCheckpoint = new ArrayList<>();
    private MVMap<Long, byte[]> index;
    private MVMap<Long, byte[]> parts;
    private Blocks stored;
    private Runnable commit;
    private long nextNumber;
    private volatile long bytes;

    /** The bodies of that recording, which is named in errors; its lock is held while octets are read. */
    Bodies(String recording, Lock reading) {
        this.recording = recording;
        this.reading = reading;
    }

    /**
     * Bodies will be put into these maps, which are empty; {@code committing} writes what has been put there, so that a
     * large one is not all in memory.
     */
    void begin(MVMap<Long, byte[]> newIndex, MVMap<Long, byte[]> newParts, Runnable committing) {
        commit = committing;
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
        used(content, segment);
    }

    private Body used(Content content, long segment) {
        var body = byId.get(content.id());
        if (body == null) {
            body = store(content);
        }
        if (body != null) {
            body.lastUse = segment;
        }
        return body;
    }

    /** The same for what the checkpoint before that segment refers to. */
    MomentEncoder.Uses usesOfCheckpoint(long segment) {
        return new MomentEncoder.Uses() {
            @Override
            public void of(Content content) {
                ofCheckpoint.add(used(content, segment));
            }

            @Override
            public void again(int first) {
                ofCheckpoint.subList(first, ofCheckpoint.size()).clear();
                for (var body : ofCheckpoint) {
                    if (body != null) {
                        body.lastUse = segment;
                    }
                }
            }
        };
    }

    /** Removes the bodies that only segments before that one refer to. */
    void dropUnusedSince(long segment) {
        byId.entrySet().removeIf(entry -> {
            var body = entry.getValue();
            if (body.lastUse >= segment) {
                return false;
            }
            index.remove(body.number);
            removeParts(body);
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
        return Content.stored(id, size, new Recorded(id, size));
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

    @Override
    public Responses responses(Content content) throws IOException {
        var known = responses.get(content.id());
        var read = known == null ? null : known.get();
        if (read == null) {
            read = Decoder.Contents.super.responses(content);
            read.repeat();
            if (responses.size() >= MOST_RESPONSES) {
                responses.clear();
            }
            responses.put(content.id(), new SoftReference<>(read));
        }
        return read;
    }

    private Body store(Content content) {
        var body = new Body(nextNumber++, content.size());
        try (var out = new Parts(body.number)) {
            content.writeTo(out, 0, content.size());
        } catch (IOException e) {
            // It is gone, or was read from a recording that no longer has it: this one then does not have it either.
            LOG.log(Level.WARNING, "a mail body cannot be recorded: " + e.getMessage());
            removeParts(body);
            return null;
        }
        var row = new BinaryOutput();
        row.text(content.id());
        row.number(body.size);
        index.put(body.number, row.seal());
        bytes += body.size;
        byId.put(content.id(), body);
        return body;
    }

    private void removeParts(Body body) {
        for (var part = 0L; part * PART < body.size; part++) {
            parts.remove(body.number << PARTS | part);
        }
    }

    /** Puts a body into its parts. */
    private final class Parts extends OutputStream {
        private final long number;
        private byte[] part = {};
        private int length;
        private long count;

        Parts(long number) {
            this.number = number;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int size) {
            for (int at = offset, left = size; left > 0;) {
                var some = Math.min(left, PART - length);
                if (part.length - length < some) {
                    part = Arrays.copyOf(part, Math.min(PART, Math.max(length + some, 2 * part.length)));
                }
                System.arraycopy(octets, at, part, length, some);
                length += some;
                at += some;
                left -= some;
                if (length == PART) {
                    put();
                }
            }
        }

        @Override
        public void close() {
            if (length > 0) {
                put();
            }
        }

        private void put() {
            parts.put(number << PARTS | count++, Arrays.copyOf(part, length));
            length = 0;
            if (count % PARTS_AT_ONCE == 0) {
                // Until then they are all in memory.
                commit.run();
            }
        }
    }

    /** The octets of a body, which are read from the file each time. */
    private final class Recorded implements Content.Source {
        private final String id;
        private final int size;
        // True when a large one has once been seen to be what it should be.
        private volatile boolean checked;

        Recorded(String id, int size) {
            this.id = id;
            this.size = size;
        }

        @Override
        public byte[] octets() {
            var octets = new ByteArrayOutputStream(size);
            read(octets, 0, size);
            requireRight(Content.of(octets.toByteArray()).id());
            return octets.toByteArray();
        }

        @Override
        public void check() {
            if (!checked) {
                var measured = new Measured();
                read(measured, 0, size);
                requireRight(measured.id());
                checked = true;
            }
        }

        @Override
        public void writeTo(OutputStream out, int offset, int length) throws IOException {
            if (size <= Content.LARGE) {
                out.write(octets(), offset, length);
                return;
            }
            check();
            for (var at = offset; at < offset + length;) {
                var end = Math.min(offset + length, (at / PART + 1) * PART);
                var piece = new ByteArrayOutputStream(end - at);
                read(piece, at, end);
                // Not within: the recording's lock is not held while a peer takes its time.
                piece.writeTo(out);
                at = end;
            }
        }

        private void requireRight(String found) {
            if (!found.equals(id)) {
                throw damaged(new IOException("its octets do not fit its SHA-256"));
            }
        }

        private void read(OutputStream out, int from, int to) {
            reading.lock();
            try {
                var body = byId.get(id);
                if (body == null) {
                    throw new UncheckedIOException(new IOException("The recording " + recording
                            + " does not hold this mail, or no longer: " + id));
                }
                for (var part = from / PART; (long) part * PART < to; part++) {
                    var octets = stored.get(body.number << PARTS | part);
                    var start = Math.max(0, from - part * PART);
                    var end = Math.min(PART, to - part * PART);
                    if (octets == null || octets.length < end) {
                        throw new IOException("the " + (octets == null ? 0 : octets.length) + " octets of its part "
                                + (part + 1) + " are not all");
                    }
                    out.write(octets, start, end - start);
                }
            } catch (IOException | MVStoreException e) {
                throw damaged(e);
            } finally {
                reading.unlock();
            }
        }

        private UncheckedIOException damaged(Exception why) {
            return new UncheckedIOException(new IOException("A mail in the recording " + recording + " is damaged: "
                    + why.getMessage(), why));
        }
    }
}
