package dev.mailscope.server.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;

/**
 * A store's file of which a part is missing. MVStore opens a file only when some state of it is whole, and where freed
 * space is written over there may be none: each state lies in chunks all over the file. This one takes a state whose
 * table of chunks can be read, and raises an MVStoreException when something is read that lay in a missing chunk. For
 * reading alone; not for several threads until it is open.
 */
final class SalvagedStore extends SingleFileStore {
    private static final Comparator<SFChunk> NEWEST_FIRST = Comparator.comparingLong((SFChunk chunk) -> chunk.version)
            .reversed();
    private static final int BLOCK = 4_096; // octets; MVStore knows no other size

    /** The chunks that are whole, the newest first: each ended a state of the store. */
    private List<SFChunk> chunks = List.of();
    private final Map<Long, SFChunk> byPlace = new ConcurrentHashMap<>();
    private final Map<Integer, SFChunk> byId = new HashMap<>();
    private int state;

    /** Takes the newest state there is. */
    SalvagedStore(Map<String, Object> config) {
        super(config);
    }

    /** Takes that state, or else the next older one, of the same file as another. */
    SalvagedStore(Map<String, Object> config, SalvagedStore other, int state) {
        super(config);
        this.chunks = other.chunks;
        this.state = state;
    }

    /** Which state it took, 0 being the newest. */
    int state() {
        return state;
    }

    /** How many states there are; 0 when there is no store in the file. */
    int states() {
        return chunks.size();
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        MVStoreException problem;
        try {
            super.readStoreHeader(recoveryMode);
            problem = null;
        } catch (MVStoreException e) {
            if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT || storeHeader.isEmpty()) {
                throw e;
            }
            problem = e;
        }
        if (chunks.isEmpty()) {
            chunks = wholeChunks();
        }
        for (var chunk : chunks) {
            byPlace.put(chunk.block, chunk);
            byId.putIfAbsent(chunk.id, chunk);
        }
        for (; state < chunks.size(); state++) {
            if (take(chunks.get(state))) {
                return;
            }
        }
        throw problem == null ? DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "no state is left")
                : problem;
    }

    @Override
    public ByteBuffer readFully(SFChunk chunk, long position, int length) {
        if (chunk != null && !byPlace.isEmpty() && !isThere(chunk)) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "chunk {0} is missing", chunk.id);
        }
        return super.readFully(chunk, position, length);
    }

    private List<SFChunk> wholeChunks() {
        var found = new ArrayList<SFChunk>();
        for (var chunk = discoverChunk(size() / BLOCK); chunk != null; chunk = discoverChunk(chunk.block)) {
            found.add(chunk);
        }
        found.sort(NEWEST_FIRST);
        return List.copyOf(found);
    }

    private boolean take(SFChunk last) {
        try {
            setLastChunk(last);
            for (var chunk : getChunksFromLayoutMap()) {
                var copy = byId.get(chunk.id);
                if (!isThere(chunk) && copy != null) {
                    chunk.block = copy.block; // it was moved, and what it was moved from or to is still there
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false; // the table itself is incomplete
        }
    }

    // Whole, or cut off by the end of the file: what comes before that can be read.
    private boolean isThere(SFChunk chunk) {
        var there = byPlace.get(chunk.block);
        if (there == null && chunk.block + chunk.len > size() / BLOCK) {
            there = readChunkHeaderOptionally(chunk.block, chunk.id);
            if (there != null) {
                byPlace.put(chunk.block, there);
            }
        }
        return there != null && there.id == chunk.id;
    }
}
