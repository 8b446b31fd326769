package dev.mailscope.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;

/**
 * The mail bodies: one file for each content, called by its SHA-256. A file appears whole and on the disk, or not at
 * all; it goes when no message has it and nobody holds it. A file of its own is what makes gone gone: a database leaves
 * what was deleted in space that it means to use again.
 */
final class MailFiles {
    /** What a file is called that is not whole yet. */
    static final String UNFINISHED = ".new";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final System.Logger LOG = System.getLogger(MailFiles.class.getName());

    /** One content and its file. */
    static final class Body {
        final ReentrantLock writing = new ReentrantLock();
        final Content content;
        final StoredContent file;
        // Guarded by writing, once others can find it: the octets are in their own file, or in the one they came into.
        boolean written;
        boolean arrived;
        // These are guarded by the lock of all.
        int messages;
        int holds;
        // The version of the state from which on no message has it.
        long goneAt;

        Body(Content content, StoredContent file) {
            this.content = content;
            this.file = file;
        }
    }

    private record Gone(String id, long version) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Body> bodies = new HashMap<>();
    private final ArrayDeque<Gone> gone = new ArrayDeque<>();
    private final AtomicLong unfinished = new AtomicLong();
    private final AtomicBoolean namesChanged = new AtomicBoolean();
    // What has been announced and has not come yet, in octets.
    private final AtomicLong announced = new AtomicLong();
    private final Path folder;
    private final Disk disk;
    private long kept;

    MailFiles(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** The content of a message that was found in the store; it has one message more. */
    Content found(String id, int size, boolean ascii, boolean nul, int sizeWithCrlf) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new IOException("a message has a mail of no proper name");
        }
        var body = bodies.get(id);
        if (body == null) {
            var file = folder.resolve(id);
            long there;
            try {
                there = Files.size(file);
            } catch (NoSuchFileException e) {
                throw new IOException("the mail " + file + " is missing");
            }
            if (there != size) {
                throw new IOException("the mail " + file + " is damaged: it has " + there + " octets instead of "
                        + size);
            }
            body = body(id, size, ascii, nul, sizeWithCrlf);
            body.written = true;
        } else if (body.content.size() != size) {
            throw new IOException("two messages say that the mail " + folder.resolve(id) + " has different sizes");
        }
        body.messages++;
        return body.content;
    }

    /** Removes what no message has: it was on its way in or out at a crash. Gives how many files that were. */
    int sweep(long version) throws IOException {
        kept = version;
        var removed = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!bodies.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Makes a file for a content that comes piece by piece. IOException when there is no room or it cannot be made. */
    Storage.Arrival receive(long octets) throws IOException {
        if (disk.room(folder) - announced.addAndGet(octets) < 0) {
            announced.addAndGet(-octets);
            throw new IOException("the disk has no room for " + octets + " octets");
        }
        try {
            return new ArrivingMail(this, folder.resolve(unfinished.incrementAndGet() + UNFINISHED), disk, octets);
        } catch (IOException e) {
            announced.addAndGet(-octets);
            throw e;
        }
    }

    /** So many of the octets that were announced have come, or will not come. */
    void expectsLess(long octets) {
        announced.addAndGet(-octets);
    }

    /** What has come into a file: its content as it is held until it is {@linkplain #release released}. */
    Body arrived(Content content, StoredContent file) {
        var body = enter(content, file);
        if (body.file != file) {
            settle(body, file.file());
        }
        return body;
    }

    /** The content, held, with that file as its own when nobody has the content yet: others may find it from now on. */
    Body enter(Content content, StoredContent file) {
        lock.lock();
        try {
            var body = bodies.get(content.id());
            if (body == null) {
                body = new Body(content, file);
                // Before anybody else sees it: whoever comes next with the same octets goes by it.
                body.arrived = true;
                bodies.put(content.id(), body);
            }
            body.holds++;
            return body;
        } finally {
            lock.unlock();
        }
    }

    /** The octets of a content that was there before have come once more: they are used, or go. */
    private void settle(Body body, Path came) {
        body.writing.lock();
        try {
            if (body.written || body.arrived) {
                remove(came); // these octets are here already
            } else {
                body.file.isIn(came);
                body.arrived = true;
            }
        } finally {
            body.writing.unlock();
        }
    }

    /** Keeps a content for whoever means to put it into a folder. IOException when it cannot be written. */
    Storage.Hold hold(Content content) throws IOException {
        var id = content.id();
        Body body;
        lock.lock();
        try {
            body = bodies.get(id);
            if (body == null) {
                body = body(id, content.size(), content.isAscii(), content.hasNul(),
                        content.sizeWithCrlf());
            }
            body.holds++;
        } finally {
            lock.unlock();
        }
        try {
            body.writing.lock();
            try {
                if (!body.written) {
                    if (body.arrived) {
                        body.file.moves(folder.resolve(id));
                        finish(body.file.file(), folder.resolve(id));
                        body.file.isIn(folder.resolve(id));
                    } else {
                        write(id, content);
                    }
                    body.written = true;
                    body.file.written();
                }
            } finally {
                body.writing.unlock();
            }
        } catch (IOException | RuntimeException e) {
            release(body);
            throw e;
        }
        var held = body;
        var open = new AtomicBoolean(true);
        return new Storage.Hold() {
            @Override
            public Content content() {
                return held.content;
            }

            @Override
            public void close() {
                if (open.compareAndSet(true, false)) {
                    release(held);
                }
            }
        };
    }

    /** True when the octets of that content are kept. */
    boolean has(String id) {
        lock.lock();
        try {
            return bodies.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /** So many more messages have these contents, or fewer, from that version of the state on. */
    void count(Map<String, Integer> messages, long version) {
        lock.lock();
        try {
            messages.forEach((id, more) -> {
                var body = bodies.get(id);
                body.messages += more;
                if (body.messages == 0) {
                    body.goneAt = version;
                    gone.add(new Gone(id, version));
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that the files' names are on the disk. Called before a message is noted that refers to them. */
    void sync() throws IOException {
        if (namesChanged.compareAndSet(true, false)) {
            try {
                PrivateFiles.sync(folder);
            } catch (IOException e) {
                namesChanged.set(true);
                throw e;
            }
        }
    }

    /** Removes the files that no message has since that version of the state, which is kept for good; true for some. */
    boolean removeGone(long version) {
        var removed = false;
        lock.lock();
        try {
            kept = version;
            while (!gone.isEmpty() && gone.peek().version <= version) {
                var body = bodies.get(gone.poll().id);
                removed |= body != null && removeIfUnused(body);
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a content back: it goes, unless a message has it or somebody else holds it. */
    void release(Body body) {
        lock.lock();
        try {
            body.holds--;
            removeIfUnused(body);
        } finally {
            lock.unlock();
        }
    }

    private boolean removeIfUnused(Body body) {
        if (body.messages > 0 || body.holds > 0 || body.goneAt > kept
                || bodies.get(body.content.id()) != body) {
            return false;
        }
        bodies.remove(body.content.id());
        try {
            body.file.goes();
        } catch (IOException e) {
            // It goes at the next start, when no message has it.
            LOG.log(Level.ERROR, "a deleted mail cannot be removed from the disk: " + e.getMessage());
        }
        return true;
    }

    private Body body(String id, int size, boolean ascii, boolean nul, int sizeWithCrlf) {
        var file = new StoredContent(folder.resolve(id), id, size);
        var body = new Body(Content.stored(id, size, ascii, nul, sizeWithCrlf, file), file);
        bodies.put(id, body);
        return body;
    }

    private void write(String id, Content content) throws IOException {
        var whole = folder.resolve(id);
        var file = folder.resolve(unfinished.incrementAndGet() + UNFINISHED);
        try {
            try (var channel = PrivateFiles.open(file)) {
                content.writeTo(to(channel), 0, content.size());
                channel.force(true);
            }
            rename(file, whole);
        } catch (IOException | UncheckedIOException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    /** What is in a file is on the disk, and there under its own name, or not at all. */
    private void finish(Path file, Path whole) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        rename(file, whole);
    }

    private void rename(Path file, Path whole) throws IOException {
        PrivateFiles.move(file, whole);
        namesChanged.set(true);
    }

    /** Removes the file of what has come and is not needed. */
    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes at the next start, as nothing knows it.
            LOG.log(Level.ERROR, "what came of a mail cannot be removed from the disk: " + e.getMessage());
        }
    }

    private OutputStream to(FileChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                disk.write(channel, ByteBuffer.wrap(octets, offset, length));
            }
        };
    }
}
