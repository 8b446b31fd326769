package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;

/** Commands sent without waiting for answers (RFC 2449 section 6.6), over a real socket. */
class PipeliningTest {
    private static final List<String> COMMANDS = List.of("CAPA", "USER alice", "PASS wrong", "USER alice",
            "PASS secret", "STAT", "LIST", "RETR 1", "TOP 2 1", "DELE 1", "RETR 1", "XYZ", "LIST", "RSET", "RETR 3",
            "DELE 3", "NOOP", "UIDL 9", "QUIT");

    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34, 55, 1_000})
    void everyCommandIsAnsweredInTurnHoweverTheyAreCut(int chunk) throws IOException {
        var oneByOne = lockstep();
        server.reset();
        assertEquals(oneByOne, batch(String.join("\r\n", COMMANDS) + "\r\n", chunk));
        assertEquals(2, server.trace().live().server().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void commandsMayComeWhileALongAnswerIsUnderWay() throws IOException {
        server.deliver("alice", "INBOX", ("Subject: long\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(50_000))
                .getBytes(StandardCharsets.US_ASCII));
        var retrievals = "RETR 4\r\n".repeat(20);
        var answers = batch("USER alice\r\nPASS secret\r\n" + retrievals + "QUIT\r\n", 7);
        assertEquals(20, answers.lines().filter("+OK 3600017 octets"::equals).count());
        assertEquals(20, answers.lines().filter("."::equals).count());
        assertTrue(answers.endsWith("\r\n.\r\n+OK Nothing deleted. Goodbye.\r\n"));
    }

    @Test
    void whatFollowsQuitIsNotExecuted() throws IOException {
        var answers = batch("USER alice\r\nPASS secret\r\nQUIT\r\nDELE 1\r\nQUIT\r\n", 1_000);
        assertEquals(4, answers.lines().count(), answers);
        assertEquals(3, server.trace().live().server().account("alice").orElseThrow().inbox().size());
    }

    private String batch(String commands, int chunk) throws IOException {
        try (var socket = connect()) {
            var octets = commands.getBytes(StandardCharsets.US_ASCII);
            var sender = Thread.ofVirtual().start(() -> send(socket, octets, chunk));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            sender.join();
            return withoutStamp(answers);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(Socket socket, byte[] octets, int chunk) {
        try {
            for (var from = 0; from < octets.length; from += chunk) {
                socket.getOutputStream().write(octets, from, Math.min(chunk, octets.length - from));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String lockstep() throws IOException {
        try (var socket = connect()) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var answers = new StringBuilder(in.readLine()).append("\r\n");
            for (var command : COMMANDS) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                var line = in.readLine();
                answers.append(line).append("\r\n");
                if (line.startsWith("+OK") && isMultiLine(command)) {
                    do {
                        line = in.readLine();
                        answers.append(line).append("\r\n");
                    } while (!line.equals("."));
                }
            }
            assertEquals(-1, in.read());
            return withoutStamp(answers.toString());
        }
    }

    private static boolean isMultiLine(String command) {
        return command.equals("LIST") || List.of("CAPA", "RETR", "TOP").contains(command.split(" ")[0]);
    }

    private Socket connect() throws IOException {
        var address = server.address("pop3");
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String withoutStamp(String answers) {
        return answers.replaceFirst("<.*>", "<stamp>");
    }
}
