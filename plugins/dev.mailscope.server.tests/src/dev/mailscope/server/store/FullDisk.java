package dev.mailscope.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;

/** A disk of a size that can be set, which has a store and nothing else on it, or one that fails at every write. */
final class FullDisk extends Disk {
    private final Path folder;
    private volatile long size;
    private volatile boolean broken;

    FullDisk(Path folder, long size) {
        this.folder = folder;
        this.size = size;
    }

    /** Changes its size, in octets. */
    void size(long octets) {
        size = octets;
    }

    /** From now on no write works, or each does again. */
    void broken(boolean now) {
        broken = now;
    }

    /** How many octets are on it. */
    long used() {
        try (var files = Files.walk(folder)) {
            var sum = 0L;
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void room(int octets) throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
        if (used() + octets > size) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    long room(Path there) {
        return size - used();
    }

    @Override
    FileStore<?> state(Path file) {
        var store = new SingleFileStore(Map.of()) {
            @Override
            protected void writeFully(SFChunk chunk, long position, ByteBuffer octets) {
                try {
                    room(Math.max(0, (int) (position + octets.remaining() - Files.size(file))));
                } catch (IOException e) {
                    throw DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "Writing failed", e);
                }
                super.writeFully(chunk, position, octets);
            }
        };
        store.open(file.toString(), false, null);
        return store;
    }

    @Override
    void write(FileChannel channel, ByteBuffer piece) throws IOException {
        room(piece.remaining());
        super.write(channel, piece);
    }
}
