package dev.mailscope.server.smtp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP client that sends what it is told to. */
final class SmtpClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    SmtpClient(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends octets as they are. */
    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** Sends text in UTF-8 as it is. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a line and gives the reply to it. */
    String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    /** The next reply, its lines joined by a slash; null when the server has closed the connection. */
    String reply() throws IOException {
        var reply = new StringBuilder();
        for (var line = line(); line != null; line = line()) {
            reply.append(reply.isEmpty() ? "" : "/").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.substring(0, line.length() - 1);
            }
            line.append((char) octet);
        }
        return null;
    }
}
