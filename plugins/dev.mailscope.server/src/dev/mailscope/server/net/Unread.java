package dev.mailscope.server.net;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is written to a peer, piece by piece, and how long the peer has been leaving a piece unread. A client that takes
 * a large mail slowly, but takes it, is not one that does not read.
 */
final class Unread extends OutputStream {
    private static final int PIECE = 65_536;

    /** Something that writes. */
    interface Write {
        void now() throws IOException;
    }

    private final Supplier<OutputStream> wire;
    // When the write under way began, by nanoTime; 0 while nothing is being written.
    private volatile long since;

    /** What is written to that wire. */
    Unread(Supplier<OutputStream> wire) {
        this.wire = wire;
    }

    /** True when the write under way has lasted longer than that. */
    boolean isLongerThan(Duration patience, long now) {
        var begun = since;
        return begun != 0 && now - begun > patience.toNanos();
    }

    /** Watches something else that writes. */
    void watch(Write write) throws IOException {
        since = System.nanoTime() | 1;
        write.now();
        since = 0;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (var done = 0; done < length; done += PIECE) {
            since = System.nanoTime() | 1;
            wire.get().write(octets, offset + done, Math.min(PIECE, length - done));
        }
        since = 0;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        watch(() -> wire.get().flush());
    }
}
