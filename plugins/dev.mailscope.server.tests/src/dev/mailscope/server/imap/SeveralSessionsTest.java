package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.transcript.TestServer;

/**
 * Several clients and the world outside work on one folder. Each client believes what it is told; its sequence numbers
 * and flags must agree with its session's view at every step, and with the folder once all have been told everything.
 * With every other seed they say by NOTIFY what they want to be told.
 */
class SeveralSessionsTest {
    private static final List<String> FLAGS = List.of("\\Deleted", "\\Seen", "\\Flagged", "\\Seen \\Deleted", "work");
    private static final List<String> GROUPS = List.of("selected (MessageNew MessageExpunge)",
            "selected (MessageNew (UID FLAGS) MessageExpunge FlagChange)", "selected NONE",
            "selected-delayed (MessageNew (UID) MessageExpunge FlagChange)");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void clientsThatBelieveWhatTheyAreToldAreNeverWrong(long seed) throws IOException {
        var random = new Random(seed);
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.folder("alice", "Other");
            for (var i = 0; i < 5; i++) {
                server.deliver("alice", mail(i));
            }
            var clients = new ArrayList<SimulatedClient>();
            for (var i = 0; i < 4; i++) {
                clients.add(new SimulatedClient(server));
            }
            for (var round = 0; round < 400; round++) {
                var client = clients.get(random.nextInt(clients.size()));
                if (random.nextInt(5) == 0) {
                    world(server, random);
                } else {
                    act(client, clients.indexOf(client), seed % 2 == 0, random);
                }
                server.settle();
                clients.forEach(SimulatedClient::listen);
                clients.forEach(SimulatedClient::agreesWithItsView);
                clients.forEach(one -> clients.stream().filter(other -> other != one).forEach(other -> assertTrue(
                        Collections.disjoint(one.recent(), other.recent()), "recent to two: " + one.recent())));
                if (round % 50 == 49) {
                    allAreTold(server, clients);
                }
            }
            assertTrue(inbox(server).uidNext() > 50, "much has happened");
        }
    }

    private static void allAreTold(TestServer server, List<SimulatedClient> clients) throws IOException {
        for (var client : clients) {
            if (client.isIdle()) {
                client.done();
            }
            if (!client.isOpen()) {
                client.open("SELECT", "INBOX");
            }
            if (client.hasNotified()) {
                client.notify("selected (MessageNew (UID) MessageExpunge FlagChange)");
            }
            client.ok("NOOP");
            if (client.exists() > 0) {
                client.ok("FETCH 1:* (UID FLAGS)");
            }
        }
        for (var client : clients) {
            client.ok("NOOP");
            client.agreesWithItsView();
            client.knowsAll(List.<Message>copyOf(inbox(server).messages().values()));
        }
    }

    private static void world(TestServer server, Random random) {
        var uid = 1 + random.nextInt((int) inbox(server).uidNext());
        switch (random.nextInt(4)) {
            case 0 -> server.remove("alice", "INBOX", uid);
            case 1 -> server.flags("alice", "INBOX", uid, Flags.of(pick(random).split(" ")));
            default -> server.deliver("alice", mail(random.nextInt()));
        }
    }

    private static void act(SimulatedClient client, int index, boolean notifies, Random random) throws IOException {
        if (client.isIdle()) {
            client.done();
            return;
        }
        if (!client.isOpen()) {
            // One of them only looks.
            client.open(index == 3 ? "EXAMINE" : "SELECT", "INBOX");
            return;
        }
        var readOnly = index == 3;
        switch (random.nextInt(readOnly ? 10 : 20)) {
            case 0 -> client.ok("NOOP");
            case 1 -> client.ok("CHECK");
            case 2 -> client.idle();
            case 3 -> client.leave(random.nextBoolean() ? "UNSELECT" : "CLOSE");
            case 4 -> client.ok("UID FETCH 1:* (FLAGS)");
            case 5 -> client.command("UID SEARCH NOT DELETED");
            case 6 -> client.append("INBOX", pick(random), mail(random.nextInt()));
            case 7 -> {
                if (notifies) {
                    client.notify(GROUPS.get(random.nextInt(GROUPS.size())));
                }
            }
            case 10 -> client.ok("EXPUNGE");
            case 11 -> client.ok("UID EXPUNGE 1:" + (1 + random.nextInt(60)));
            case 12 -> client.command("UID STORE 1:" + (1 + random.nextInt(99)) + " +FLAGS (" + pick(random) + ")");
            default -> onMessage(client, readOnly, random);
        }
    }

    private static void onMessage(SimulatedClient client, boolean readOnly, Random random) throws IOException {
        if (client.exists() == 0) {
            client.append("INBOX", "", mail(0));
            return;
        }
        var sequence = 1 + random.nextInt(client.exists());
        switch (random.nextInt(readOnly ? 3 : 8)) {
            case 0 -> client.ok("FETCH " + sequence + ":* (FLAGS)");
            case 1 -> client.ok("FETCH " + sequence + " (UID BODY[TEXT])");
            case 2 -> client.ok("SEARCH " + sequence + ":* SEEN");
            case 3 -> client.command("COPY " + sequence + " " + (random.nextBoolean() ? "INBOX" : "Other"));
            case 4 -> client.command("STORE " + sequence + ":* -FLAGS (" + pick(random) + ")");
            case 5 -> client.command("STORE " + sequence + " FLAGS (" + pick(random) + ")");
            default -> client.storeSilently(sequence, "+-=".charAt(random.nextInt(3)), pick(random));
        }
    }

    private static String pick(Random random) {
        return FLAGS.get(random.nextInt(FLAGS.size()));
    }

    private static String mail(int number) {
        return "Subject: mail " + number + "\r\n\r\nThis is mail " + number + ".\r\n";
    }

    private static Folder inbox(TestServer server) {
        return server.store().state().account("alice").orElseThrow().inbox();
    }
}
