package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.session.Limits;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** Whatever comes, the session fails at nothing, answers the next command, and other people's mail stays. */
class ImapHostileInputTest {
    private static final String[] WORDS = {"FETCH", "UID", "STORE", "SEARCH", "COPY", "APPEND", "LIST", "LSUB",
        "STATUS", "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "IDLE", "DONE", "EXPUNGE",
        "CLOSE", "NOOP", "CHECK",
        "LOGIN", "AUTHENTICATE PLAIN", "INBOX", "Work", "1", "1:*", "*", "0", "99999999999", "4294967295", "FLAGS",
        "(FLAGS UID)",
        "+FLAGS", "-FLAGS.SILENT", "(\\Seen)", "(\\Deleted)", "\\Recent", "BODY[]", "BODY[1.2.3.MIME]<0.9>",
        "BODY.PEEK[HEADER.FIELDS (X)]", "ENVELOPE", "BODYSTRUCTURE", "ALL", "NOT", "OR", "(", ")", "\"\"", "\"a b\"",
        "{3}", "{3+}", "{0+}", "abc", "CHARSET", "UTF-8", "TEXT", "HEADER", "SINCE 1-Jan-2026", "%", "&", "/", "a//b",
        "=", "alice", "wonderland", "KEYWORD", "ID NIL", "NAMESPACE", "UNSELECT", "NOTIFY SET", "NOTIFY NONE",
        "(selected (MessageNew (UID) MessageExpunge))", "(personal (MailboxName))", "(MESSAGES UNSEEN)", "\0",
        "\u00ff"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void wordsInAnyOrderDoNoHarm(long seed) throws IOException {
        var random = new Random(seed);
        try (var server = server()) {
            var bobs = server.store().state().account("bob").orElseThrow();
            for (var round = 0; round < 150; round++) {
                var connection = server.connect("imap");
                if (random.nextInt(4) > 0) {
                    connection.ask("x1 LOGIN alice wonderland");
                    connection.ask("x2 SELECT INBOX");
                }
                connection.takeAll();
                for (var i = random.nextInt(12); i >= 0 && !connection.isClosedByServer(); i--) {
                    connection.send(line(random), 1 + random.nextInt(40));
                }
                server.settle();
                if (!connection.isClosedByServer()) {
                    assertAnswers(connection);
                }
                connection.cut();
            }
            assertEquals(bobs, server.store().state().account("bob").orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void neitherDoRandomOctets(long seed) throws IOException {
        var random = new Random(seed);
        try (var server = server()) {
            var before = server.store().state();
            for (var round = 0; round < 100; round++) {
                var connection = server.connect("imap");
                var octets = new byte[random.nextInt(2_000)];
                random.nextBytes(octets);
                connection.send(octets, 1 + random.nextInt(100));
                if (!connection.isClosedByServer()) {
                    assertAnswers(connection);
                }
                connection.cut();
            }
            assertEquals(before, server.store().state());
        }
    }

    /** A word may have left a literal, a SASL exchange or an IDLE open: enough lines end them all. */
    private static void assertAnswers(SocketlessConnection connection) throws IOException {
        connection.takeAll();
        var answer = "";
        for (var i = 0; i < 6 && !answer.contains("last OK"); i++) {
            answer = connection.ask("last NOOP");
        }
        var found = answer;
        assertTrue(found.contains("last OK NOOP completed."), () -> found);
    }

    private static byte[] line(Random random) {
        var line = new ByteArrayOutputStream();
        line.writeBytes(("t" + random.nextInt(100)).getBytes(StandardCharsets.US_ASCII));
        for (var i = random.nextInt(7); i >= 0; i--) {
            line.write(' ');
            line.writeBytes(WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.ISO_8859_1));
        }
        line.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    private static TestServer server() {
        var server = new TestServer();
        var limits = Limits.DEFAULT;
        server.limits(limits.withLines(200, 100).withMessage(1_000).with("mistakes", 1_000));
        server.account("alice", "wonderland");
        server.account("bob", "builder");
        server.folder("alice", "Work");
        for (var i = 0; i < 5; i++) {
            server.deliver("alice",
                    "Subject: " + i + "\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\na");
            server.deliver("bob", "Subject: " + i + "\r\n\r\nkeep\r\n");
        }
        return server;
    }
}
