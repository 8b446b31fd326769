package dev.mailscope.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.file.PrivateFiles;

/**
 * Room that is taken beforehand, by a file of zeros, and given up when the disk is full: what has been changed already
 * can then still be written, and mail still be deleted. For one thread, but for {@link #isThere}.
 */
final class Reserve {
    /** How much room it is, in octets. */
    static final int OCTETS = 4 << 20;

    private static final int PIECE = 1 << 16;

    private final Path file;
    private final Disk disk;
    private volatile boolean there;

    Reserve(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /** True while there is room for more than deletions. */
    boolean isThere() {
        return there;
    }

    /** Takes the room, where it is not taken yet. What is missing for it remains free. */
    void take() {
        if (there) {
            return;
        }
        try {
            if (Files.exists(file) && Files.size(file) == OCTETS) {
                there = true;
                return;
            }
            if (Files.getFileStore(file.getParent()).getUsableSpace() < OCTETS) {
                return;
            }
            try (var channel = PrivateFiles.open(file)) {
                for (var at = 0; at < OCTETS; at += PIECE) {
                    disk.write(channel, ByteBuffer.allocate(PIECE));
                }
                channel.force(true);
            }
            there = true;
        } catch (IOException e) {
            give();
        }
    }

    /** Gives the room up; false when there was none. */
    boolean give() {
        there = false;
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
