package dev.mailscope.server.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A client's end of a real connection, whose {@link MailboxModel} is all it knows of the open folder: it holds what the
 * server has told, and fails when that is what no server may tell.
 */
final class ModelClient implements AutoCloseable {
    private static final int PATIENCE = 20_000;
    private static final int REMEMBERED = 400;

    private final Socket socket;
    private InputStream in;
    private OutputStream out;
    private final ResponseGrammar grammar = new ResponseGrammar();
    private final MailboxModel model;
    private final Random random;
    private final List<String> log = new ArrayList<>();
    private int tags;

    ModelClient(InetSocketAddress address, MailboxModel model, Random random) throws IOException {
        this.model = model;
        this.random = random;
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        read();
    }

    MailboxModel model() {
        return model;
    }

    /** The responses to a command, of which the last is the tagged one. */
    List<ResponseGrammar.Read> command(String text) throws IOException {
        return commands(text).getFirst();
    }

    /** The responses to each of several commands that are sent without waiting. */
    List<List<ResponseGrammar.Read>> commands(String... texts) throws IOException {
        quiet();
        var sent = new StringBuilder();
        var first = tags + 1;
        for (var text : texts) {
            tags++;
            note("C: " + tags + " " + text);
            sent.append("t").append(tags).append(' ').append(text).append("\r\n");
        }
        var all = new ArrayList<List<ResponseGrammar.Read>>();
        try {
            send(sent.toString());
            for (var i = 0; i < texts.length; i++) {
                model.begins(texts[i]);
                all.add(until("t" + (first + i)));
            }
        } catch (AssertionError e) {
            throw failed(e);
        }
        return all;
    }

    /** The same, when it must end with OK. */
    List<ResponseGrammar.Read> ok(String text) throws IOException {
        var all = command(text);
        if (!all.getLast().kind().equals("OK")) {
            throw failed(new AssertionError(text + " -> " + all.getLast()));
        }
        return all;
    }

    /** Begins to wait for news. */
    void idle() throws IOException {
        quiet();
        tags++;
        note("C: " + tags + " IDLE");
        send("t" + tags + " IDLE\r\n");
        model.begins("IDLE");
        try {
            while (!read().tag().equals("+")) {
                // told before the continuation
            }
        } catch (AssertionError e) {
            throw failed(e);
        }
    }

    /** Ends waiting. */
    void done() throws IOException {
        note("C: DONE");
        send("DONE\r\n");
        try {
            until("t" + tags);
        } catch (AssertionError e) {
            throw failed(e);
        }
    }

    /** Goes on compressed. */
    void compress() throws IOException {
        ok("COMPRESS DEFLATE");
        in = new InflaterInputStream(in, new Inflater(true));
        out = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true), true);
    }

    /** What is wrong, and what was said before. */
    AssertionError failed(AssertionError e) {
        return new AssertionError(e.getMessage() + "\n" + model + "\n"
                + String.join("\n", log.subList(Math.max(0, log.size() - 60), log.size())), e);
    }

    void note(String line) {
        log.add(line.length() > REMEMBERED ? line.substring(0, REMEMBERED) : line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    // Nothing may come while no command is in progress, unless it was asked for.
    private void quiet() throws IOException {
        if (!model.isToldAtAnyTime() && in.available() > 0 && !(in instanceof InflaterInputStream)) {
            throw failed(new AssertionError("told of something between two commands"));
        }
    }

    private List<ResponseGrammar.Read> until(String tag) throws IOException {
        var all = new ArrayList<ResponseGrammar.Read>();
        while (true) {
            var response = read();
            all.add(response);
            if (response.tag().equals(tag)) {
                model.ends(response);
                return all;
            }
            model.check(response.tag().equals("*"), "another tag than " + tag + ": " + response);
        }
    }

    private ResponseGrammar.Read read() throws IOException {
        var octets = response();
        note("S: " + new String(octets, StandardCharsets.ISO_8859_1).stripTrailing());
        grammar.read(octets);
        var response = grammar.next();
        model.check(grammar.isAtEnd(), "more than a response");
        if (response.tag().equals("*")) {
            model.told(response);
        }
        return response;
    }

    // Cut anywhere, so that no literal or line arrives as it was sent.
    private void send(String text) throws IOException {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        var at = 0;
        while (at < octets.length) {
            var count = random.nextInt(3) == 0 ? Math.min(octets.length - at, 1 + random.nextInt(20))
                    : octets.length - at;
            out.write(octets, at, count);
            out.flush();
            at += count;
        }
    }

    private byte[] response() throws IOException {
        var octets = new ByteArrayOutputStream();
        while (true) {
            var from = octets.size();
            int octet;
            do {
                octet = in.read();
                if (octet < 0) {
                    throw failed(new AssertionError("the connection ended after: " + octets));
                }
                octets.write(octet);
            } while (octet != '\n');
            var line = new String(octets.toByteArray(), from, octets.size() - from, StandardCharsets.ISO_8859_1);
            var brace = line.lastIndexOf('{');
            if (brace < 0 || !line.substring(brace).matches("\\{\\d+}\r\n")) {
                return octets.toByteArray();
            }
            octets.write(in.readNBytes(Integer.parseInt(line.substring(brace + 1, line.length() - 3))));
        }
    }
}
