package dev.mailscope.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A client's socket and what was read from it, as plain as can be: what a client costs is the same for each server. */
class LineClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private int patience = PATIENCE_MILLIS;
    private long total;
    private long sent = System.nanoTime();
    // The line read last lies in the buffer from here to its LF.
    private int start;

    LineClient(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
    }

    /** From now on an answer may take long: nothing is measured. */
    final void allow(Duration longer) throws IOException {
        patience = (int) longer.toMillis();
        socket.setSoTimeout(patience);
    }

    final void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    final void send(byte[] octets) throws IOException {
        sent = System.nanoTime();
        out.write(octets);
    }

    /** Reads the next line; what it says can be asked until the next one is read. */
    final void readLine() throws IOException {
        start = position;
        for (var at = position;; at++) {
            if (at == end) {
                var before = start;
                fill();
                at -= before - start;
            }
            if (buffer[at] == '\n') {
                position = at + 1;
                return;
            }
        }
    }

    /** Passes over so many octets. */
    final void skip(long octets) throws IOException {
        for (var left = octets; left > 0;) {
            if (position == end) {
                start = position;
                fill();
            }
            var n = (int) Math.min(left, end - position);
            position += n;
            left -= n;
        }
    }

    /** Reads to the end of the stream. */
    final void readToEnd() throws IOException {
        position = 0;
        end = 0;
        while (socket.getInputStream().read(buffer) >= 0) {
            // what comes after the farewell is nothing to us
        }
    }

    /** True when the line begins so. */
    final boolean begins(byte[] with) {
        return position - start >= with.length
                && Arrays.equals(buffer, start, start + with.length, with, 0, with.length);
    }

    /** True when the line is this octet alone. */
    final boolean is(char octet) {
        return buffer[start] == octet && position - start <= 3 && buffer[start + 1] == '\r';
    }

    /** The size of the literal the line announces; -1 when it announces none. */
    final long literal() {
        var at = position - 3;
        if (at < start || buffer[at] != '}') {
            return -1;
        }
        var size = 0L;
        var scale = 1L;
        for (at--; at >= start && buffer[at] >= '0' && buffer[at] <= '9'; at--, scale *= 10) {
            size += scale * (buffer[at] - '0');
        }
        return at >= start && buffer[at] == '{' && scale > 1 ? size : -1;
    }

    /** The line, without its end. */
    final String line() {
        return new String(buffer, start, position - start, StandardCharsets.ISO_8859_1).strip();
    }

    /** How many octets were read so far. */
    final long total() {
        return total - (end - position);
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            position -= start;
            start = 0;
        } else if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        var n = socket.getInputStream().read(buffer, end, buffer.length - end);
        if (n < 0) {
            throw new EOFException("the server has closed the connection");
        }
        if (System.nanoTime() - sent > patience * 1_000_000L) {
            throw new SocketTimeoutException("no whole answer within " + patience + " ms");
        }
        end += n;
        total += n;
        onRead(buffer, end - n, n);
    }

    /** What has just been read, for who keeps it. */
    void onRead(byte[] octets, int from, int length) {
        // a plain client keeps nothing
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
