package dev.mailscope.lab.play;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A session typed line by line over a socket. It knows as much of the protocols as is needed to see where an answer
 * ends: tags, literals and continuations of IMAP; status lines and the final dot of POP3.
 */
final class Console implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 20;
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})\\+?}$");
    // RFC 1939: these are answered in several lines; LIST and UIDL only without an argument.
    private static final Set<String> MULTI_LINE = Set.of("RETR", "TOP", "CAPA");
    private static final Set<String> MULTI_LINE_ALONE = Set.of("LIST", "UIDL");

    private final Socket socket = new Socket();
    private final InputStream in;
    private final boolean imap;
    private final int millis;
    private final StringBuilder said = new StringBuilder();
    private String tag = "";
    private long literal;

    /** Connects, and waits for the greeting; it waits no longer than that for each answer. */
    Console(String protocol, InetSocketAddress address, Duration patience) throws IOException {
        imap = protocol.equals("imap");
        millis = (int) patience.toMillis();
        try {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            in = new BufferedInputStream(socket.getInputStream());
            response();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What the server has said since the last line was sent. */
    String said() {
        return said.toString();
    }

    /** Sends a line, and waits until its answer, or the request to go on, has come. */
    void send(String line) throws IOException {
        said.setLength(0);
        var octets = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        if (imap) {
            imap(line, octets.length);
        } else {
            pop3(line);
        }
    }

    /** Waits until the server has said that, without having been asked. */
    void await(String text) throws IOException {
        while (said.indexOf(text) < 0) {
            response();
        }
    }

    private void imap(String line, int octets) throws IOException {
        if (literal > 0) {
            if (literal == octets - 1) {
                throw new IOException("the literal that was announced ends between the CR and the LF of this line: each"
                        + " line has two octets more than it has letters");
            }
            literal -= octets;
            if (literal >= 0) {
                return; // more of the literal, or at least the line's end, is to come
            }
            literal = 0;
        } else if (tag.isEmpty()) {
            tag = line.split(" ", 2)[0];
        }
        var announced = LITERAL.matcher(line);
        if (announced.find()) {
            literal = Long.parseLong(announced.group(1));
            if (line.endsWith("+}")) {
                return;
            }
        }
        while (true) {
            var response = response();
            if (response.startsWith(tag + " ")) {
                tag = "";
                literal = 0;
                return;
            }
            if (response.startsWith("+")) {
                return;
            }
        }
    }

    private void pop3(String line) throws IOException {
        var words = line.strip().toUpperCase(Locale.ROOT).split("\\s+");
        var several = MULTI_LINE.contains(words[0]) || MULTI_LINE_ALONE.contains(words[0]) && words.length == 1;
        if (response().startsWith("+OK") && several) {
            while (!response().equals(".")) {
                // the lines of the answer
            }
        }
    }

    /** The next response of the server, with its literals. */
    private String response() throws IOException {
        var response = new StringBuilder();
        while (true) {
            var line = line();
            response.append(line);
            var announced = LITERAL.matcher(line);
            if (!imap || !announced.find()) {
                said.append(response).append('\n');
                return response.toString();
            }
            response.append('\n').append(new String(in.readNBytes(Integer.parseInt(announced.group(1))),
                    StandardCharsets.UTF_8));
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        try {
            for (var octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the server has closed the connection");
                }
                if (line.size() > LONGEST_LINE) {
                    throw new IOException("the server's line has no end");
                }
                line.write(octet);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("the server has not answered within " + millis + " milliseconds", e);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Cuts the line, without a farewell. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
