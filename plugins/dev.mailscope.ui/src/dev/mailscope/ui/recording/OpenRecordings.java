package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.mailscope.server.trace.Recording;

/**
 * Recordings that are opened from files, each once for all who look at it: a file is locked to a second opener. Any
 * thread may use it, but not the UI thread, since a file takes time to open and close.
 */
final class OpenRecordings {
    private static final Map<Path, Shared> BY_FILE = new ConcurrentHashMap<>();

    private static final class Shared {
        private final ReentrantLock lock = new ReentrantLock();
        private Recording recording;
        private int users;
    }

    private OpenRecordings() {
    }

    /** Opens a file, or gives what was opened from it before; {@link #release} it. The same errors as opening it. */
    static Recording acquire(Path file) throws IOException {
        var shared = BY_FILE.computeIfAbsent(key(file), key -> new Shared());
        shared.lock.lock();
        try {
            if (shared.users == 0) {
                shared.recording = Recording.open(file);
            }
            shared.users++;
            return shared.recording;
        } finally {
            shared.lock.unlock();
        }
    }

    /** Closes a file that was acquired, once nobody uses it any more. */
    static void release(Path file) {
        var shared = BY_FILE.get(key(file));
        shared.lock.lock();
        try {
            shared.users--;
            if (shared.users == 0) {
                shared.recording.close();
                shared.recording = null;
            }
        } finally {
            shared.lock.unlock();
        }
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
