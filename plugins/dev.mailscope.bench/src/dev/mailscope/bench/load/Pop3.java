package dev.mailscope.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The client's end of a POP3 connection, which expects +OK. */
final class Pop3 extends LineClient {
    private static final byte[] OK = "+OK".getBytes(StandardCharsets.US_ASCII);

    private ByteArrayOutputStream kept;

    /** Connects and logs in. */
    Pop3(int port, String user) throws IOException {
        super(port);
        try {
            expectOk("the greeting");
            ask("USER " + user);
            ask("PASS " + Server.PASSWORD);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Gives a command that is answered in one line. */
    void ask(String command) throws IOException {
        send(command + "\r\n");
        expectOk(command);
    }

    /** Gives a command that is answered in several lines, and reads them all. */
    void askMany(String command) throws IOException {
        ask(command);
        do {
            readLine();
        } while (!is('.'));
    }

    /** STAT, LIST, UIDL, RETR of everything, QUIT. */
    void readAll(int messages) throws IOException {
        ask("STAT");
        askMany("LIST");
        askMany("UIDL");
        for (var i = 1; i <= messages; i++) {
            askMany("RETR " + i);
        }
        ask("QUIT");
        readToEnd();
        close();
    }

    /** The whole answer to a command, octet by octet. */
    byte[] answer(String command, boolean several) throws IOException {
        kept = new ByteArrayOutputStream();
        if (several) {
            askMany(command);
        } else {
            ask(command);
        }
        var octets = kept.toByteArray();
        kept = null;
        return octets;
    }

    private void expectOk(String command) throws IOException {
        readLine();
        if (!begins(OK)) {
            throw new IOException(command + ": " + line());
        }
    }

    @Override
    void onRead(byte[] octets, int from, int length) {
        if (kept != null) {
            kept.write(octets, from, length);
        }
    }
}
