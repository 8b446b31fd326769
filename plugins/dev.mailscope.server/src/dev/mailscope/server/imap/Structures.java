package dev.mailscope.server.imap;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MimePart;

/**
 * The MIME structures of the messages looked at last, by content: a client that fetches a message part by part has it
 * taken apart once. Given up when memory is short.
 */
final class Structures {
    private static final int MOST = 1_000;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, SoftReference<MimePart>> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<MimePart>> eldest) {
            return size() > MOST;
        }
    };

    private Structures() {
    }

    /** The structure of a message; the octets are the content's. */
    static MimePart of(Content content, byte[] octets) {
        var known = known(content.id());
        if (known != null) {
            return known;
        }
        // Not under the lock: a large message takes its time.
        var parsed = MimePart.parse(octets);
        LOCK.lock();
        try {
            KNOWN.put(content.id(), new SoftReference<>(parsed));
        } finally {
            LOCK.unlock();
        }
        return parsed;
    }

    private static MimePart known(String id) {
        LOCK.lock();
        try {
            var reference = KNOWN.get(id);
            return reference == null ? null : reference.get();
        } finally {
            LOCK.unlock();
        }
    }
}
