package dev.mailscope.ui.debug;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client's end of a real connection, line by line. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        timeout(Duration.ofSeconds(20));
    }

    void timeout(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a line, and gives the next one that comes. */
    String ask(String line) throws IOException {
        send(line + "\r\n");
        return line();
    }

    /** The next line; null when the connection is over. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
            if (c < 0) {
                return null;
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
