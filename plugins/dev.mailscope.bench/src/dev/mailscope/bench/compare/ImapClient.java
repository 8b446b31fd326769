package dev.mailscope.bench.compare;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The client's end of an IMAP conversation. Texts are octet strings: a character for each octet. */
final class ImapClient {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}\r\n$");

    private final InputStream in;
    private final OutputStream out;
    private int tags;

    /** What a command led to: the untagged responses, whole with their literals, and the tagged one. */
    record Reply(List<String> data, String end) {
        /** True when the command was done. */
        boolean isOk() {
            return end.startsWith("OK");
        }
    }

    /** Reads the greeting. */
    ImapClient(InputStream in, OutputStream out) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = out;
        response();
    }

    /** Gives a command and awaits its end. */
    Reply ask(String command) throws IOException {
        var tag = "t" + ++tags + " ";
        out.write((tag + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        var data = new ArrayList<String>();
        while (true) {
            var response = response();
            if (response.startsWith(tag)) {
                return new Reply(data, response.substring(tag.length()).strip());
            }
            data.add(response);
        }
    }

    /** The same for a command that cannot fail; IOException with the answer when it does. */
    Reply must(String command) throws IOException {
        var reply = ask(command);
        if (!reply.isOk()) {
            throw new IOException(command + " was answered with: " + reply.end());
        }
        return reply;
    }

    private String response() throws IOException {
        var response = new StringBuilder();
        while (true) {
            var line = line();
            response.append(line);
            var literal = LITERAL.matcher(line);
            if (!literal.find()) {
                return response.toString();
            }
            var octets = in.readNBytes(Integer.parseInt(literal.group(1)));
            response.append(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var octet = in.read();; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server has gone, after: " + line);
            }
            line.append((char) octet);
            if (octet == '\n') {
                return line.toString();
            }
        }
    }
}
