package dev.mailscope.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Measured;

/**
 * A mail on its way in, in a file without a name of its own among those of the mail, so that keeping it is to rename
 * it. What is left of one after a crash has no message, and is swept up at the next opening.
 */
final class ArrivingMail implements Storage.Arrival {
    private final MailFiles files;
    private final Path path;
    private final Disk disk;
    private final FileChannel channel;
    private final Measured measured = new Measured();
    private long expected;
    private Content content;
    // Null until all has come, and when it could not be written.
    private MailFiles.Body body;
    private String failure;
    private boolean closed;

    ArrivingMail(MailFiles files, Path path, Disk disk, long expected) throws IOException {
        this.files = files;
        this.path = path;
        this.disk = disk;
        this.expected = expected;
        this.channel = PrivateFiles.open(path);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        measured.write(octets, offset, length);
        var less = Math.min(expected, length);
        expected -= less;
        files.expectsLess(less);
        if (failure == null) {
            try {
                disk.write(channel, ByteBuffer.wrap(octets, offset, length));
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    @Override
    public Content soFar() {
        var so = measured.soFar();
        var file = new StoredContent(path, so.id(), so.size());
        // It is gone as soon as nobody needs it: who shows it has it in memory, unless it is large.
        return so.size() > Content.LARGE || failure != null ? so.content(file) : Content.of(file.octets());
    }

    @Override
    public Content content() {
        if (content == null) {
            end();
            var id = measured.id();
            var file = new StoredContent(path, id, measured.size());
            content = measured.content(file);
            if (failure == null) {
                file.written();
                body = files.arrived(content, file);
                content = body.content;
            }
        }
        return content;
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        end();
        if (body != null) {
            files.release(body);
        } else {
            files.remove(path);
        }
    }

    private void end() {
        files.expectsLess(expected);
        expected = 0;
        try {
            channel.close();
        } catch (IOException e) {
            fail(e);
        }
    }

    // What is there is of no use to anybody, and others need the room.
    private void fail(IOException why) {
        if (failure == null) {
            failure = StateFile.reason(why);
        }
        try {
            channel.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        files.remove(path);
    }
}
