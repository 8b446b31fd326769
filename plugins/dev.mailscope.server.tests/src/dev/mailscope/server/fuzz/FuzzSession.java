package dev.mailscope.server.fuzz;

import java.io.IOException;
import java.util.Map;

import dev.mailscope.server.session.Limits;
import dev.mailscope.server.transcript.TestServer;

/** A session in memory, with its server, mail and trace: it fails at nothing, and other people's mail stays. */
final class FuzzSession {
    private static final int CHUNK = 64;

    private FuzzSession() {
    }

    /** Feeds the octets to a session of that protocol, after these commands, which log in. */
    static void run(String protocol, byte[] data, String... first) {
        try (var server = new TestServer()) {
            server.limits(Limits.DEFAULT.withLines(2_000, 255).withMessage(5_000));
            server.account("alice", "wonderland");
            server.account("bob", "builder");
            server.folder("alice", "Work");
            for (var i = 0; i < 3; i++) {
                server.deliver("alice", "Subject: " + i + "\r\nFrom: a@b (c)\r\nContent-Type: multipart/mixed; boundary=x"
                        + "\r\n\r\n--x\r\n\r\na\r\n--x--\r\n");
            }
            server.deliver("bob", "Subject: keep\r\n\r\nkeep\r\n");
            var before = server.store().state().account("bob").orElseThrow();
            var connection = server.connect(protocol);
            for (var line : first) {
                connection.ask(line);
            }
            connection.send(data, CHUNK);
            server.settle();
            connection.cut();
            var after = server.store().state();
            if (!Map.of("bob", before).equals(Map.of("bob", after.account("bob").orElseThrow()))) {
                throw new AssertionError("bob has lost something: " + after);
            }
        } catch (IOException e) {
            throw new AssertionError("a session in memory cannot lose its connection", e);
        }
    }
}
