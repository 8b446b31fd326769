package dev.mailscope.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.h2.mvstore.FileStore;
import org.h2.mvstore.SingleFileStore;

/** What the store does to the disk where that can fail; tests put a failing one in its place. */
class Disk {
    /** The file of the state, to be opened by MVStore. */
    FileStore<?> state(Path file) {
        var store = new SingleFileStore(Map.of());
        store.open(file.toString(), false, null);
        return store;
    }

    /** How many octets there is room for in that folder. */
    long room(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Writes a piece of a mail or of the reserve. */
    void write(FileChannel channel, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
    }
}
