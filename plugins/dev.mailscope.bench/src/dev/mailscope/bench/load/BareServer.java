package dev.mailscope.bench.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A line server with a virtual thread for each connection that understands nothing: to a line it knows it says what it
 * was given to say, to any other OK. What it reaches is what sockets, threads and the client allow on this machine.
 */
final class BareServer {
    private static final byte[] IMAP_GREETING = octets("* OK ready\r\n");
    private static final byte[] POP3_OK = octets("+OK\r\n");
    private static final byte[] BYE = octets("* BYE\r\n");
    private static final byte[] OK = octets(" OK done\r\n");
    private static final byte[] GO_AHEAD = octets("+ go ahead\r\n");

    private final Map<String, byte[]> answers;

    private BareServer(Map<String, byte[]> answers) {
        this.answers = answers;
    }

    /** The argument: the file with the answers. Says where it listens, and serves until it is ended. */
    public static void main(String[] arguments) throws IOException {
        var server = new BareServer(read(Path.of(arguments[0])));
        var imap = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        var pop3 = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        System.out.println("listening imap 127.0.0.1:" + imap.getLocalPort() + " pop3 127.0.0.1:"
                + pop3.getLocalPort());
        Thread.ofVirtual().start(() -> server.accept(pop3, server::pop3));
        server.accept(imap, server::imap);
    }

    /** Writes answers into a file, by the lines (without a tag) that they are given to. */
    static void write(Path file, Map<String, byte[]> answers) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(answers.size());
            for (var answer : answers.entrySet()) {
                out.writeUTF(answer.getKey());
                out.writeInt(answer.getValue().length);
                out.write(answer.getValue());
            }
        }
    }

    private static Map<String, byte[]> read(Path file) throws IOException {
        var answers = new HashMap<String, byte[]>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (var left = in.readInt(); left > 0; left--) {
                var line = in.readUTF();
                answers.put(line, in.readNBytes(in.readInt()));
            }
        }
        return answers;
    }

    private interface Talk {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    private void accept(ServerSocket listener, Talk talk) {
        while (true) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, talk));
            } catch (IOException e) {
                System.err.println("a connection could not be accepted: " + e.getMessage());
                return;
            }
        }
    }

    private static void serve(Socket socket, Talk talk) {
        try (socket) {
            talk.with(new BufferedInputStream(socket.getInputStream()),
                    new BufferedOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            // the client has gone, as clients do
        }
    }

    private void imap(InputStream in, OutputStream out) throws IOException {
        out.write(IMAP_GREETING);
        out.flush();
        for (var line = line(in); line != null; line = line(in)) {
            var space = line.indexOf(' ');
            if (space < 0) {
                throw new IOException("no tag: " + line);
            }
            var command = line.substring(space + 1);
            if (line.endsWith("+}")) {
                in.skipNBytes(Integer.parseInt(line, line.lastIndexOf('{') + 1, line.length() - 2, 10) + 2L);
            } else if (command.equals("IDLE")) {
                out.write(GO_AHEAD);
                out.flush();
                line(in);
            }
            var answer = answers.get(command);
            if (answer != null) {
                out.write(answer);
            }
            var ends = command.equals("LOGOUT");
            if (ends) {
                out.write(BYE);
            }
            out.write(octets(line.substring(0, space)));
            out.write(OK);
            if (in.available() == 0) {
                out.flush();
            }
            if (ends) {
                return;
            }
        }
    }

    private void pop3(InputStream in, OutputStream out) throws IOException {
        out.write(POP3_OK);
        out.flush();
        for (var line = line(in); line != null; line = line(in)) {
            out.write(answers.getOrDefault(line, POP3_OK));
            out.flush();
            if (line.equals("QUIT")) {
                return;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (var octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return null;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
