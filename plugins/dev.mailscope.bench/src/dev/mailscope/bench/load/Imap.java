package dev.mailscope.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The client's end of an IMAP connection, which reads every answer to its tagged response and expects OK. */
final class Imap extends LineClient {
    private static final byte[] BYE = "* BYE".getBytes(StandardCharsets.US_ASCII);

    private int tags;
    private ByteArrayOutputStream kept;

    /** Connects, and reads the greeting. */
    Imap(int port) throws IOException {
        super(port);
        readLine();
    }

    /** Connects and logs in. */
    static Imap loggedIn(int port, String user) throws IOException {
        var imap = new Imap(port);
        try {
            imap.ask("LOGIN " + user + " " + Server.PASSWORD);
        } catch (IOException e) {
            imap.close();
            throw e;
        }
        return imap;
    }

    /** Gives a command and reads its whole answer. IOException when that is not OK. */
    void ask(String command) throws IOException {
        begin(command);
        finish(command);
    }

    /** Gives a command; {@link #finish} reads its answer. */
    void begin(String command) throws IOException {
        send("t" + ++tags + " " + command + "\r\n");
    }

    /** Reads to the tagged response of the oldest command that was given last. */
    void finish(String command) throws IOException {
        expect(tags, command);
    }

    private void expect(int number, String command) throws IOException {
        var tag = ("t" + number + " ").getBytes(StandardCharsets.US_ASCII);
        while (true) {
            readLine();
            if (begins(tag)) {
                break;
            }
            for (var literal = literal(); literal >= 0; literal = literal()) {
                skip(literal);
                readLine();
            }
        }
        var line = line();
        if (!line.startsWith("OK", tag.length)) {
            throw new IOException(command + ": " + line);
        }
    }

    /** Appends messages, all sent before the first answer is read (RFC 7888: LITERAL+). */
    void append(String folder, byte[]... messages) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var message : messages) {
            all.writeBytes(("t" + ++tags + " APPEND " + folder + " {" + message.length + "+}\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(message);
            all.writeBytes(new byte[] { '\r', '\n' });
        }
        send(all.toByteArray());
        for (var i = messages.length - 1; i >= 0; i--) {
            expect(tags - i, "APPEND");
        }
    }

    /** Makes a folder anew, whether there is one already or not. */
    void renew(String folder) throws IOException {
        try {
            ask("DELETE " + folder);
        } catch (IOException e) {
            if (!e.getMessage().contains(" NO")) {
                throw e; // else there was none
            }
        }
        ask("CREATE " + folder);
    }

    /** Begins to idle. */
    void idle() throws IOException {
        begin("IDLE");
        do {
            readLine();
        } while (!line().startsWith("+"));
    }

    /** Waits until the server tells, unasked, of a message that has arrived. */
    void awaitArrival() throws IOException {
        do {
            readLine();
            if (begins(BYE)) {
                throw new IOException(line());
            }
        } while (!line().endsWith(" EXISTS"));
    }

    /** Ends idling. */
    void done() throws IOException {
        send("DONE\r\n");
        finish("IDLE");
    }

    /** Says farewell, and waits until the server has closed. */
    void logout() throws IOException {
        ask("LOGOUT");
        readToEnd();
        close();
    }

    /** What a command is answered before its tagged response, octet by octet. */
    byte[] answer(String command) throws IOException {
        kept = new ByteArrayOutputStream();
        ask(command);
        var octets = kept.toByteArray();
        kept = null;
        var end = octets.length - 2;
        while (end > 0 && octets[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }

    @Override
    void onRead(byte[] octets, int from, int length) {
        if (kept != null) {
            kept.write(octets, from, length);
        }
    }
}
