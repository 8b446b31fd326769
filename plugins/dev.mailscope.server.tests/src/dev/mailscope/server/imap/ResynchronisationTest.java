package dev.mailscope.server.imap;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.transcript.TestServer;

/** A client whose line is cut at any time has, after QRESYNC, just what the folder holds (RFC 7162). */
class ResynchronisationTest {
    private static final List<Flags> FLAGS = List.of(Flags.SEEN, Flags.FLAGGED, Flags.of("\\Deleted", "work"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostWhenTheLineIsCut(long seed) throws IOException {
        var random = new Random(seed);
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.folder("alice", "Other");
            for (var i = 0; i < 6; i++) {
                server.deliver("alice", "Subject: " + i + "\r\n\r\n.\r\n");
            }
            var client = new ResynchronisingClient(server);
            for (var round = 0; round < 600; round++) {
                if (random.nextInt(2) == 0) {
                    world(server, random);
                } else if (!client.isConnected()) {
                    client.connect();
                    client.knowsAll(held(server));
                } else if (random.nextInt(6) == 0) {
                    client.cut();
                } else {
                    act(client, random);
                }
            }
        }
    }

    private static void world(TestServer server, Random random) {
        var uid = 1 + random.nextInt((int) inbox(server).uidNext());
        switch (random.nextInt(3)) {
            case 0 -> server.remove("alice", "INBOX", uid);
            case 1 -> server.flags("alice", "INBOX", uid, FLAGS.get(random.nextInt(FLAGS.size())));
            default -> server.deliver("alice", "Subject: new\r\n\r\n.\r\n");
        }
    }

    private static void act(ResynchronisingClient client, Random random) throws IOException {
        var flags = FLAGS.get(random.nextInt(FLAGS.size()));
        var some = client.exists() == 0 ? 0 : 1 + random.nextInt(client.exists());
        switch (random.nextInt(some == 0 ? 4 : 10)) {
            case 0 -> client.command("NOOP");
            case 1 -> client.command("EXPUNGE");
            case 2 -> client.command("UID FETCH 1:* (FLAGS MODSEQ)");
            case 3 -> client.command("UID STORE 1:* +FLAGS " + flags);
            case 4 -> client.command("FETCH " + some + ":* (UID FLAGS MODSEQ)");
            case 5 -> client.command("STORE " + some + " -FLAGS " + flags);
            case 6 -> client.command("MOVE " + some + " Other");
            case 7 -> client.command("SEARCH RETURN (SAVE) " + some + ":*");
            default -> client.storeSilently(some, "+-".charAt(random.nextInt(2)), flags);
        }
    }

    private static TreeMap<Long, Flags> held(TestServer server) {
        var held = new TreeMap<Long, Flags>();
        inbox(server).messages().values().forEach(message -> held.put(message.uid(), message.flags()));
        return held;
    }

    private static Folder inbox(TestServer server) {
        return server.store().state().account("alice").orElseThrow().inbox();
    }
}
