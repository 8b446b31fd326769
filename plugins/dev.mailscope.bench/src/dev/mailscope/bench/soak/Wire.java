package dev.mailscope.bench.soak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection; text is one octet a character. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE = 120_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects and reads the greeting. */
    Wire(int port) throws IOException {
        socket.setSoTimeout(PATIENCE);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
        line();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A line without its end; EOFException when the server has ended. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.write(c);
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** An IMAP response with its literals in it; a line break stands between text and literal. */
    String response() throws IOException {
        var text = new StringBuilder();
        while (true) {
            var line = line();
            text.append(line);
            var open = line.lastIndexOf('{');
            if (!line.endsWith("}") || open < 0) {
                return text.toString();
            }
            var size = Integer.parseInt(line.substring(open + 1, line.length() - 1));
            text.append('\n').append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1)).append('\n');
        }
    }

    /** Says an IMAP command; gives all responses, the tagged one last. */
    List<String> imap(String tag, String command) throws IOException {
        send(tag + " " + command + "\r\n");
        var responses = new ArrayList<String>();
        do {
            responses.add(response());
        } while (!responses.getLast().startsWith(tag + " "));
        return responses;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
