package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.StringJoiner;

/** Messages of 200 MB, which come in and go out in every way there is. What comes out must be what came in. */
final class LargeMail implements Attack {
    /** How many octets a message may have on the server. */
    static final int MOST = 250_000_000;

    private static final int SIZE = 200_000_000;
    private static final int TEXT = 20_000_000;
    private static final int LINES_AT_ONCE = 1_000;
    private static final String HEAD = "From: Mallory <m@b>\r\nSubject: large\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n\r\n";
    private static final String BETWEEN = "the needle\r\n--x\r\nContent-Type: application/octet-stream\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n";
    private static final String TAIL = "\r\n--x--\r\n";

    private final StringJoiner seconds = new StringJoiner(", ");

    private interface Sink {
        void take(byte[] octets) throws IOException;
    }

    private interface Work {
        void run() throws IOException;
    }

    @Override
    public boolean needsStore() {
        return true;
    }

    @Override
    public String on(Server server) throws IOException {
        var sent = digest();
        write(sent::update);
        var right = HexFormat.of().formatHex(sent.digest());
        try (var client = Client.imap(server.imap(), Victim.ATTACKER)) {
            timed("APPEND", () -> append(client));
            ok(client, "SELECT INBOX");
            timed("BODY[]", () -> fetch(client, "BODY.PEEK[]", right));
            timed("BODY[]<150000000.1000000>", () -> fetch(client, "BODY.PEEK[]<150000000.1000000>", null));
            timed("ENVELOPE BODYSTRUCTURE PREVIEW", () -> ok(client, "FETCH 1 (ENVELOPE BODYSTRUCTURE PREVIEW)"));
            timed("BODY[TEXT]", () -> fetch(client, "BODY.PEEK[TEXT]", null));
            timed("BODY[2]", () -> fetch(client, "BODY.PEEK[2]", null));
            timed("BINARY[2]", () -> fetch(client, "BINARY.PEEK[2]", null));
            timed("SEARCH BODY", () -> search(client, "BODY \"the needle\"", true));
            timed("SEARCH TEXT of nothing", () -> search(client, "TEXT nowhere", false));
            timed("SORT", () -> ok(client, "SORT (SUBJECT FROM) UTF-8 ALL"));
            timed("CATENATE", () -> catenate(client));
            timed("APPEND of NUL", () -> binary(client));
            timed("REPLACE by what is too large", () -> tooLarge(client));
        }
        timed("RETR", () -> pop3(server, right));
        timed("SMTP", () -> smtp(server));
        try (var client = Client.imap(server.imap(), Victim.ATTACKER)) {
            timed("APPEND of a header of 30 MB", () -> header(client));
        }
        return seconds.toString();
    }

    private void timed(String what, Work work) throws IOException {
        var began = System.nanoTime();
        try {
            work.run();
        } catch (IOException e) {
            throw new IOException(what + ": " + e.getMessage() + " (after " + seconds + ")", e);
        }
        seconds.add(String.format("%s %.1f s", what, Witness.seconds(began)));
    }

    /** The message, piece by piece. */
    private static void write(Sink out) throws IOException {
        out.take(bytes(HEAD));
        var line = bytes("Zw\u00f6lf Boxk\u00e4mpfer jagen Viktor quer \u00fcber den gro\u00dfen Sylter Deich.\r\n");
        var left = SIZE - HEAD.length() - BETWEEN.length() - TAIL.length();
        var lines = repeat(line);
        for (var text = 0; text < TEXT; text += lines.length) {
            out.take(lines);
            left -= lines.length;
        }
        out.take(bytes(BETWEEN));
        var octets = new byte[57 * LINES_AT_ONCE];
        new Random(4).nextBytes(octets);
        var encoded = bytes(Base64.getMimeEncoder().encodeToString(octets) + "\r\n");
        for (; left > 0; left -= encoded.length) {
            out.take(left >= encoded.length ? encoded : Arrays.copyOf(encoded, left));
        }
        out.take(bytes(TAIL));
    }

    private static byte[] repeat(byte[] line) {
        var lines = new byte[line.length * LINES_AT_ONCE];
        for (var i = 0; i < lines.length; i++) {
            lines[i] = line[i % line.length];
        }
        return lines;
    }

    private static void append(Client client) throws IOException {
        require(client.ask("APPEND INBOX {" + SIZE + "}"), "+");
        write(client::send);
        client.send("\r\n");
        require(client.line(), " OK ");
    }

    private static void fetch(Client client, String what, String right) throws IOException {
        client.send("f FETCH 1 " + what + "\r\n");
        var line = client.line();
        require(line, "FETCH");
        var digest = digest();
        client.read(Long.parseLong(line.substring(line.lastIndexOf('{') + 1, line.lastIndexOf('}'))), digest);
        if (right != null && !HexFormat.of().formatHex(digest.digest()).equals(right)) {
            throw new IOException("other octets came than went");
        }
        require(client.answer("f"), " OK ");
    }

    private static void search(Client client, String key, boolean found) throws IOException {
        client.send("s SEARCH " + key + "\r\n");
        var line = client.line();
        if (line.equals("* SEARCH 1") != found) {
            throw new IOException(line);
        }
        require(client.answer("s"), " OK ");
    }

    private static void catenate(Client client) throws IOException {
        ok(client, "CREATE Catenated");
        ok(client, "APPEND Catenated CATENATE (URL \"/INBOX/;UID=1/;SECTION=HEADER\""
                + " URL \"/INBOX/;UID=1/;SECTION=TEXT\")");
    }

    private static void binary(Client client) throws IOException {
        var head = "Content-Transfer-Encoding: binary\r\n\r\n";
        var size = 150_000_000;
        require(client.ask("APPEND Catenated ~{" + (head.length() + size) + "}"), "+");
        client.send(head);
        var zeros = new byte[1_000_000];
        for (var i = 0; i < size; i += zeros.length) {
            client.send(zeros);
        }
        client.send("\r\n");
        require(client.line(), " OK ");
    }

    private static void tooLarge(Client client) throws IOException {
        require(client.ask("REPLACE 1 INBOX {" + (MOST + 1) + "}"), " NO [TOOBIG]");
    }

    /** The second of two messages is one that nobody can describe without taking its header into memory. */
    private static void header(Client client) throws IOException {
        ok(client, "CREATE Odd");
        var line = "X: " + "y".repeat(70) + "\r\n";
        require(client.ask("APPEND Odd {" + line.length() * 400_000 + "}"), "+");
        var lines = bytes(line.repeat(1_000));
        for (var i = 0; i < 400; i++) {
            client.send(lines);
        }
        client.send("\r\n");
        require(client.line(), " OK ");
        ok(client, "SELECT Odd");
        require(client.ask("FETCH 1 ENVELOPE"), " NO [LIMIT]");
        require(client.ask("SEARCH SUBJECT x"), " NO [LIMIT]");
        fetch(client, "BODY.PEEK[]", null);
    }

    private static void pop3(Server server, String right) throws IOException {
        try (var client = new Client(server.pop3())) {
            client.line();
            client.send("USER " + Victim.ATTACKER + "\r\nPASS " + Victim.PASSWORD + "\r\nTOP 1 0\r\nRETR 1\r\n");
            client.line();
            require(client.line(), "+OK");
            require(client.line(), "+OK");
            for (var line = client.line(); !line.equals("."); line = client.line()) {
                // the header
            }
            require(client.line(), "+OK");
            var digest = digest();
            client.read(SIZE, digest);
            // No line of it begins with a dot.
            if (!HexFormat.of().formatHex(digest.digest()).equals(right)) {
                throw new IOException("other octets came than went");
            }
            require(client.line(), ".");
        }
    }

    private static void smtp(Server server) throws IOException {
        try (var client = new Client(server.smtp())) {
            require(client.line(), "220");
            for (var line : new String[] {"HELO b", "MAIL FROM:<m@b>", "RCPT TO:<" + Victim.ATTACKER + "@b>", "DATA"}) {
                client.send(line + "\r\n");
                require(client.line(), line.equals("DATA") ? "354" : "250");
            }
            write(client::send);
            client.send(".\r\n");
            require(client.line(), "250");
        }
    }

    private static void ok(Client client, String command) throws IOException {
        require(client.ask(command), " OK ");
    }

    private static void require(String line, String wanted) throws IOException {
        if (!line.contains(wanted)) {
            throw new IOException(line);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
