package dev.mailscope.server.net;

import java.io.IOException;
import java.util.Arrays;

/** What a client has sent before its session could take it; not more than so much. One thread at a time. */
final class Ahead {
    private static final int MOST = 65_536;
    private static final int READ_SIZE = 4_096;

    private byte[] octets = {};

    /** How many octets there are. */
    int size() {
        return octets.length;
    }

    /** True when more can be kept. */
    boolean hasRoom() {
        return octets.length < MOST;
    }

    /** Reads what comes next; false when the peer has ended. */
    boolean readFrom(Wire wire) throws IOException {
        var buffer = new byte[READ_SIZE];
        var count = wire.read(buffer);
        if (count < 0) {
            return false;
        }
        octets = Arrays.copyOf(octets, octets.length + count);
        System.arraycopy(buffer, 0, octets, octets.length - count, count);
        return true;
    }

    /** Moves the first octets into the buffer, as many as it takes, and gives their number. */
    int take(byte[] buffer) {
        var count = Math.min(buffer.length, octets.length);
        System.arraycopy(octets, 0, buffer, 0, count);
        octets = Arrays.copyOfRange(octets, count, octets.length);
        return count;
    }

    /** Throws all of it away, and gives how much that was. */
    int discard() {
        var count = octets.length;
        octets = new byte[0];
        return count;
    }
}
