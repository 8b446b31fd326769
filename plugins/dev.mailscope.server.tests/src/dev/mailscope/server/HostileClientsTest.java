package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.session.FailedLogins;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.What;

/** What hostile clients do harms no other; {@code ./mailscope hurt} does the same with less memory and more clients. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest {
    private static final String LOGIN = "a LOGIN alice secret";
    private static final String WRONG = "[AUTHENTICATIONFAILED] The user name or the password is wrong.";

    private final List<Socket> sockets = new ArrayList<>();
    private MailServer server;

    private record Client(Socket socket, BufferedReader in) {
        String line() throws IOException {
            return in.readLine();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.US_ASCII));
        }

        void send(byte[] octets) throws IOException {
            socket.getOutputStream().write(octets);
        }

        /** The last line of the answer to an IMAP command: the tagged one or a continuation request; null for none. */
        String ask(String command) throws IOException {
            send(command + "\r\n");
            var tag = command.substring(0, command.indexOf(' ') + 1);
            var line = line();
            while (line != null && !line.startsWith(tag) && !line.startsWith("+ ")) {
                line = line();
            }
            return line;
        }

        /** The last line before the server closes the connection. */
        String last() throws IOException {
            var last = "";
            for (var line = line(); line != null; line = line()) {
                last = line;
            }
            return last;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void slowLorisKeepsNobodyOut() throws IOException {
        open(Limits.DEFAULT.withConnections(10));
        var insider = client("imap");
        insider.ask(LOGIN);
        for (var i = 0; i < 50; i++) {
            client("imap").send("a LOG");
            if (i % 10 == 9) {
                var newcomer = client("imap");
                assertTrue(newcomer.ask(LOGIN).startsWith("a OK"), "a newcomer is kept out");
                newcomer.socket().close();
            }
        }
        assertEquals("b OK NOOP completed.", insider.ask("b NOOP"));
    }

    @Test
    void aCommandHasSoManyLiteralsAndTheSessionGoesOn() throws IOException {
        open(Limits.DEFAULT);
        var client = client("imap");
        client.ask(LOGIN);
        client.ask("s SELECT INBOX");
        assertTrue(client.ask("b SEARCH" + " BCC {1+}\r\nx".repeat(1_000)).startsWith("b OK"));
        assertEquals("c NO [LIMIT] Too much at once: a command may have 1000 literals.",
                client.ask("c SEARCH" + " BCC {1+}\r\nx".repeat(1_001)));
        assertEquals("d OK NOOP completed.", client.ask("d NOOP"));
    }

    @Test
    void whoIsCrowdedOutIsToldSo() throws IOException {
        open(Limits.DEFAULT.withConnections(1));
        var first = client("imap");
        assertTrue(client("imap").ask(LOGIN).startsWith("a OK"));
        assertEquals("* BYE [UNAVAILABLE] Nobody has logged in here, and others wait for a connection: goodbye.",
                first.last());
        var pop3 = client("pop3");
        client("pop3");
        assertEquals("-ERR [SYS/TEMP] Nobody has logged in here, and others wait for a connection.", pop3.last());
        assertTrue(client("imap").last().startsWith("* BYE [UNAVAILABLE] There are too many connections"),
                "who has logged in stays");
    }

    @Test
    void bySmtpWhoDoesNothingIsCrowdedOut() throws IOException {
        open(Limits.DEFAULT.withConnections(3));
        for (var i = 0; i < 20; i++) {
            assertTrue(client("smtp").line().startsWith("220 "), "a newcomer is kept out");
        }
    }

    @Test
    void halfALiteralAndSilenceEndsTheSession() throws IOException {
        open(Limits.DEFAULT.withWrite(Duration.ofMillis(300)));
        var client = client("imap");
        client.ask(LOGIN);
        assertTrue(client.ask("b APPEND INBOX {100000}").startsWith("+"));
        client.send("Subject: half");
        assertTrue(client.last().startsWith("* BYE "));
    }

    @Test
    void whatIsThrownAwayHasAnEnd() throws IOException {
        open(Limits.DEFAULT.withMessage(1_000));
        var client = client("imap");
        client.ask(LOGIN);
        client.send("b APPEND INBOX {999999999999+}\r\n");
        assertTrue(client.line().startsWith("b NO [TOOBIG]"));
        client.send("x".repeat(1_200_000));
        assertEquals("* BYE [CLIENTBUG] What is thrown away unread has no end: goodbye.", client.last());
        var line = client("imap");
        line.send("x".repeat(1_200_000));
        assertTrue(line.last().startsWith("* BYE "));
        var pop3 = client("pop3");
        pop3.send("x".repeat(1_100_000));
        assertEquals("-ERR That line has no end: goodbye.", pop3.last());
    }

    @Test
    void aCompressedBombIsCutOff() throws IOException {
        open(Limits.DEFAULT);
        var other = client("imap");
        other.ask(LOGIN);
        var client = client("imap");
        client.ask(LOGIN);
        assertTrue(client.ask("b COMPRESS DEFLATE").startsWith("b OK"));
        client.send(bomb());
        assertTrue(await(What.Closed.class, closed -> closed.reason().equals("server closed the connection")));
        assertEquals("c OK NOOP completed.", other.ask("c NOOP"));
    }

    @Test
    void manyFailedLoginsAreSlowedRecordedAndEndTheConnection() throws IOException {
        open(Limits.DEFAULT.withFailedLogin(Duration.ofMillis(300)));
        var client = client("imap");
        for (var i = 1; i < FailedLogins.MOST_PER_SESSION; i++) {
            var began = System.nanoTime();
            assertEquals("a NO " + WRONG, client.ask("a LOGIN alice wrong"));
            var millis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(i <= 4 || millis >= 290, "the answer to number " + i + " came after " + millis + " ms");
        }
        client.send("a LOGIN alice wrong\r\n");
        assertEquals("* BYE That was one failed login too many: goodbye.", client.line() == null ? null : again(client));
        assertTrue(client("imap").ask(LOGIN).startsWith("a OK"), "the right password is not locked out");
        var remarks = server.trace().events(1, Integer.MAX_VALUE).stream()
                .filter(e -> e.what() instanceof What.Remark(var text) && text.startsWith("a login has failed")).toList();
        assertEquals(FailedLogins.MOST_PER_SESSION, remarks.size());
        assertEquals("LOGIN", remarks.getFirst().command());
        assertTrue(remarks.getLast().what().toString().contains("waits 300 ms"));
    }

    private static String again(Client client) throws IOException {
        var tagged = client.line();
        assertEquals("a NO " + WRONG, tagged);
        assertNull(client.line());
        return "* BYE That was one failed login too many: goodbye.";
    }

    @Test
    void failedLoginsByPop3AndSmtpAreSlowedToo() throws IOException {
        open(Limits.DEFAULT.withFailedLogin(Duration.ofMillis(300)));
        var pop3 = client("pop3");
        pop3.line();
        for (var i = 0; i < 5; i++) {
            pop3.send("USER alice\r\nPASS wrong\r\n");
            pop3.line();
            assertEquals("-ERR [AUTH] The user name or the password is wrong.", pop3.line());
        }
        var smtp = client("smtp");
        smtp.line();
        smtp.send("HELO a\r\n");
        smtp.line();
        var began = System.nanoTime();
        smtp.send("AUTH PLAIN AGFsaWNlAHdyb25n\r\n");
        assertTrue(smtp.line().startsWith("535 "));
        assertTrue(System.nanoTime() - began > 290_000_000L);
        assertTrue(server.trace().events(1, Integer.MAX_VALUE).stream().anyMatch(e -> e.protocol().equals("smtp")
                && e.what() instanceof What.Remark(var text) && text.startsWith("a login has failed")));
    }

    @Test
    void aServerThatStopsWaitsForNoFailedLogin() throws IOException {
        open(Limits.DEFAULT.withFailedLogin(Duration.ofMinutes(10)));
        var client = client("imap");
        for (var i = 0; i < 15 && client.socket().isConnected(); i++) {
            client.send("a LOGIN alice wrong\r\n");
        }
        var began = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - began < 20_000_000_000L);
        assertFalse(server.isRunning());
    }

    /** Both cost one derivation; the quickest of several tells that without what else the machine does. */
    @Test
    void unknownUsersAndWrongPasswordsTakeAboutTheSameTime() throws IOException {
        open(Limits.DEFAULT.withFailedLogin(Duration.ZERO));
        var unknown = Long.MAX_VALUE;
        var wrong = Long.MAX_VALUE;
        for (var round = 0; round < 12; round++) {
            var client = client("imap");
            client.line();
            for (var i = 0; i < 4; i++) {
                unknown = Math.min(unknown, nanos(client, "a LOGIN nobody" + i + " wrong"));
                wrong = Math.min(wrong, nanos(client, "a LOGIN alice wrong" + i));
            }
            client.socket().close();
        }
        var ratio = (double) unknown / wrong;
        assertTrue(ratio > 0.6 && ratio < 1.7, "unknown " + unknown / 1_000 + " us, wrong " + wrong / 1_000 + " us");
    }

    private static long nanos(Client client, String login) throws IOException {
        var began = System.nanoTime();
        assertEquals("a NO " + WRONG, client.ask(login));
        return System.nanoTime() - began;
    }

    private interface Check<T> {
        boolean of(T what);
    }

    /** Waits until the trace has such an event, for as long as a test may take. */
    private <T extends What> boolean await(Class<T> kind, Check<T> check) {
        while (true) {
            if (server.trace().events(1, Integer.MAX_VALUE).stream().map(e -> e.what()).filter(kind::isInstance)
                    .map(kind::cast).anyMatch(check::of)) {
                return true;
            }
            Thread.onSpinWait();
        }
    }

    /** 200 MB of one letter. */
    private static byte[] bomb() throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(octets, new Deflater(Deflater.BEST_SPEED, true))) {
            var piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 200; i++) {
                out.write(piece);
            }
        }
        return octets.toByteArray();
    }

    private void open(Limits limits) throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withLimits(limits));
        server.start();
    }

    private Client client(String protocol) throws IOException {
        var address = server.address(protocol);
        var socket = new Socket(address.getAddress(), address.getPort());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        return new Client(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.US_ASCII)));
    }
}
