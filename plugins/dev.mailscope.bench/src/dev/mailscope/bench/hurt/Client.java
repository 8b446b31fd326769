package dev.mailscope.bench.hurt;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A connection over which anything can be said. */
final class Client implements AutoCloseable {
    private static final int PATIENCE = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private int tags;

    /** Connects; the greeting is still to be read. */
    Client(int port) throws IOException {
        socket.setSoTimeout(PATIENCE);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
        in = new BufferedInputStream(socket.getInputStream(), 512);
    }

    /** Connects by IMAP and logs in. */
    static Client imap(int port, String user) throws IOException {
        var client = new Client(port);
        client.line();
        client.ask("LOGIN " + user + " \"" + Victim.PASSWORD + "\"");
        return client;
    }

    Socket socket() {
        return socket;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** The next line; EOFException when there is none. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server has closed the connection");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Says an IMAP command and gives its tagged answer, or the continuation request. */
    String ask(String command) throws IOException {
        tags++;
        var tag = "t" + tags;
        send(tag + " " + command + "\r\n");
        return answer(tag);
    }

    /** The answer with that tag, or a continuation request. */
    String answer(String tag) throws IOException {
        while (true) {
            var line = line();
            if (line.startsWith(tag + " ") || line.startsWith("+ ")) {
                return line;
            }
        }
    }

    /** Reads so many octets into that digest. */
    void read(long count, MessageDigest digest) throws IOException {
        var buffer = new byte[65_536];
        for (var left = count; left > 0;) {
            var n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException("the server has closed the connection");
            }
            digest.update(buffer, 0, n);
            left -= n;
        }
    }

    /** Reads all there is until the server ends, or so many octets; gives their number. */
    long drain(long most) throws IOException {
        var buffer = new byte[65_536];
        var total = 0L;
        for (var n = in.read(buffer); n >= 0 && total < most; n = in.read(buffer)) {
            total += n;
        }
        return total;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
