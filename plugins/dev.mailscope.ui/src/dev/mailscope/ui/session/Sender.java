package dev.mailscope.ui.session;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * What a session is to send, in order, written by a thread of its own. After STARTTLS or STLS it waits until that has
 * been answered, and TLS has begun if it was granted. Its methods may be called on any thread and, but for
 * {@link #write}, return at once.
 */
final class Sender {
    private static final Outgoing NO_MORE = new Outgoing(new byte[0], false);

    /**
     * What is to be sent.
     *
     * @param upgrade true when nothing may be sent after it until its reply has come, and TLS with that
     */
    private record Outgoing(byte[] octets, boolean upgrade) {
    }

    private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    // One permit for each STARTTLS or STLS that has been answered, and followed by TLS if it was granted.
    private final Semaphore upgradesOver = new Semaphore(0);

    /** Sends these octets after all before. */
    void send(byte[] octets) {
        outgoing.add(new Outgoing(octets, false));
    }

    /** Sends these octets after all before; what comes behind them waits for {@link #upgradeOver}. */
    void sendUpgrade(byte[] octets) {
        outgoing.add(new Outgoing(octets, true));
    }

    /** One STARTTLS or STLS has been refused, or TLS has begun with it. */
    void upgradeOver() {
        upgradesOver.release();
    }

    /** Lets {@link #write} end; the connection is over. */
    void end() {
        upgradesOver.release(outgoing.size() + 1);
        outgoing.add(NO_MORE);
    }

    /** Writes what there is to send, until the end. IOException when the connection takes no more. */
    void write(Wire wire) throws IOException {
        try {
            for (var next = outgoing.take(); next != NO_MORE; next = outgoing.take()) {
                wire.out().write(next.octets);
                if (next.upgrade) {
                    upgradesOver.acquire();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
