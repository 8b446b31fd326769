package dev.mailscope.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.mailscope.server.message.Content;

/**
 * The octets of one mail in their file. When the mail goes, so does the file; whoever is still sending it or shows it in
 * the trace keeps a small one in memory, for as long as that lasts.
 */
final class StoredContent implements Content.Source {
    /** A larger mail, in octets, is never held in memory for long. */
    static final int SMALL = 1 << 20;

    private static final int PIECE = 1 << 16;

    private final Path file;
    private final String id;
    private final int size;
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
            var octets = Files.readAllBytes(file);
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

    /** Its octets have just been written, and are what they should be. */
    void written() {
        checked = true;
    }

    private void read() throws IOException {
        var digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        checkId(HexFormat.of().formatHex(digest.digest()));
    }

    private void checkId(String found) throws IOException {
        if (!found.equals(id)) {
            throw new IOException("the mail " + file + " is damaged: its octets do not fit its SHA-256");
        }
        checked = true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void writeTo(OutputStream out, int offset, int length) throws IOException {
        if (last != null || size <= SMALL) {
            out.write(octets(), offset, length);
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
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
        if (size <= SMALL) {
            try {
                last = octets();
            } catch (UncheckedIOException e) {
                // it is damaged; nobody can have it, and the file goes all the same
            }
        }
        Files.deleteIfExists(file);
    }
}
