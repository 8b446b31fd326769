package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.transcript.TestServer;

/** Whatever comes, the session answers line by line, fails at nothing, and the mail stays. */
class Pop3HostileInputTest {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void everyLineGetsOneAnswerAndNothingIsDeleted(long seed) throws IOException {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++) {
            try (var server = new TestServer()) {
                server.limits(server.limits().withLines(100, 30));
                server.account("alice", "wonderland");
                server.deliver("alice", "A: 1\r\n\r\n.one\r\n");
                var state = server.store().state();
                var connection = server.connect("pop3");
                var loggedIn = random.nextBoolean();
                if (loggedIn) {
                    connection.ask("USER alice");
                    connection.ask("PASS wonderland");
                }
                connection.takeAll();
                var input = new ByteArrayOutputStream();
                var lines = random.nextInt(30);
                for (var i = 0; i < lines; i++) {
                    var line = new String(Pop3ParserTest.hostileLine(random), StandardCharsets.ISO_8859_1)
                            .replace("\n", "").replace("QUIT", "QIUT");
                    input.writeBytes((line + (random.nextBoolean() ? "\r\n" : "\n"))
                            .getBytes(StandardCharsets.ISO_8859_1));
                }
                connection.send(input.toByteArray(), 1 + random.nextInt(50));
                assertEquals(lines, answers(connection.takeAll()));
                assertTrue(!connection.isClosedByServer());
                connection.cut();
                assertEquals(state, server.store().state());
            }
        }
    }

    /** The number of answers, which all have to be whole. */
    private static int answers(String output) {
        var count = 0;
        var lines = output.split("\r\n", -1);
        assertEquals("", lines[lines.length - 1]);
        for (var i = 0; i < lines.length - 1; i++) {
            assertTrue(lines[i].startsWith("+OK ") || lines[i].startsWith("-ERR "), lines[i]);
            assertTrue(lines[i].length() <= 510, lines[i]);
            count++;
            if (lines[i].endsWith(":") && lines[i].startsWith("+OK") || lines[i].matches("\\+OK \\d+ octets")) {
                while (!lines[i].equals(".")) {
                    i++;
                }
            }
        }
        return count;
    }
}
