package dev.mailscope.server.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.pcollections.TreePMap;

/** What has been noted on the events of a recording. Any thread may use it. */
final class Notes {
    /** Keeps a change; it does not happen when that fails. */
    interface Keeping {
        void keep() throws IOException;
    }

    /** The most notes of a recording: all of them are in memory. */
    static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile TreePMap<Long, Note> notes = TreePMap.empty();
    private volatile String damage = "";

    /** Takes those that are in a file, as far as they can be read. */
    void load(TraceFile file) {
        lock.lock();
        try {
            List<String> problems = new ArrayList<>();
            notes = TreePMap.from(file.notes(
                    (event, why) -> problems.add("the note on event " + event + " is " + why)));
            damage = problems.stream().limit(3).collect(Collectors.joining("; "));
        } finally {
            lock.unlock();
        }
    }

    /** All of them, by event; does not change. */
    SortedMap<Long, Note> all() {
        return notes;
    }

    /** Which could not be read, in words; empty when all could. */
    String damage() {
        return damage;
    }

    /** Sets what is noted on an event. IllegalArgumentException when there are too many notes. */
    void change(long event, Optional<Note> note, Keeping keeping) throws IOException {
        lock.lock();
        try {
            if (note.isPresent() && notes.size() >= MOST && !notes.containsKey(event)) {
                throw new IllegalArgumentException("A recording has at most " + MOST + " notes and bookmarks.");
            }
            if (note.isEmpty() && !notes.containsKey(event)) {
                return;
            }
            keeping.keep();
            notes = note.isPresent() ? notes.plus(event, note.get()) : notes.minus(event);
        } finally {
            lock.unlock();
        }
    }
}
