package dev.mailscope.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Measured;

/**
 * The octets of one mail in their file. When the mail goes, so does the file; whoever is still sending it or shows it in
 * the trace keeps a small one in memory, for as long as that lasts.
 */
final class StoredContent implements Content.Source {
    private static final int PIECE = 1 << 16;

    private final String id;
    private final int size;
    private volatile Path file;
    // Where they are about to be, or are already: what has come in moves when it is kept. Null for nowhere else.
    private volatile Path next;
    // The octets of a mail that is gone from the store.
    private volatile byte[] last;
    // True when the octets have once been seen to be the right ones.
    private volatile boolean checked;

    StoredContent(Path file, String id, int size) {
        this.file = file;
        this.id = id;
        this.size = size;
    }

    @Override
    public byte[] octets() {
        var held = last;
        if (held != null) {
            return held;
        }
        try {
            var octets = open(Files::readAllBytes);
            if (!checked) {
                checkId(Content.of(octets).id());
            }
            return octets;
        } catch (IOException e) {
            held = last;
            if (held != null) {
                return held;
            }
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void check() {
        if (!checked && last == null) {
            try {
                read();
            } catch (IOException e) {
                if (last == null) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** The file that has the octets. */
    Path file() {
        return file;
    }

    /** The same octets will be in that file in a moment, and not in the one before any more. */
    void moves(Path to) {
        next = to;
    }

    /** The octets are in that file now. */
    void isIn(Path there) {
        file = there;
    }

    /** Its octets have just been written, and are what they should be. */
    void written() {
        checked = true;
    }

    private interface Opening<T> {
        T of(Path file) throws IOException;
    }

    private <T> T open(Opening<T> opening) throws IOException {
        try {
            return opening.of(file);
        } catch (NoSuchFileException e) {
            var other = next;
            if (other == null) {
                throw e;
            }
            return opening.of(other);
        }
    }

    private void read() throws IOException {
        var measured = new Measured();
        try (var in = open(Files::newInputStream)) {
            in.transferTo(measured);
        }
        checkId(measured.id());
    }

    private void checkId(String found) throws IOException {
        if (!found.equals(id)) {
            throw new IOException("the mail " + file + " is damaged: its octets do not fit its SHA-256");
        }
        checked = true;
    }

    @Override
    public void writeTo(OutputStream out, int offset, int length) throws IOException {
        if (last != null || size <= Content.LARGE) {
            out.write(octets(), offset, length);
            return;
        }
        try (var channel = open(path -> FileChannel.open(path, StandardOpenOption.READ))) {
            var piece = ByteBuffer.allocate(Math.min(PIECE, length));
            for (var at = 0; at < length;) {
                piece.clear().limit(Math.min(piece.capacity(), length - at));
                var read = channel.read(piece, (long) offset + at);
                if (read < 0) {
                    throw new IOException("the mail " + file + " is damaged: it ends too early");
                }
                out.write(piece.array(), 0, read);
                at += read;
            }
        }
    }

    /** The file goes now. */
    void goes() throws IOException {
        if (size <= Content.LARGE) {
            try {
                last = octets();
            } catch (UncheckedIOException e) {
                // it is damaged; nobody can have it, and the file goes all the same
            }
        }
        Files.deleteIfExists(file);
    }
}
