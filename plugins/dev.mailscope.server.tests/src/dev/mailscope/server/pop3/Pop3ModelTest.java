package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** Several sessions at once, deliveries and expunges among them, against a model that is too simple to be wrong. */
class Pop3ModelTest {
    private static final List<String> USERS = List.of("alice", "bob", "carol");

    private final TestServer server = new TestServer();
    /** What each account holds, by UID. */
    private final Map<String, TreeMap<Long, String>> mail = new TreeMap<>();
    private final Map<String, Client> holders = new TreeMap<>();
    private final List<Client> clients = new ArrayList<>();
    private Random random;

    private static final class Client {
        private final SocketlessConnection connection;
        private String user;
        private List<Long> uids;
        private Map<Long, String> snapshot;
        private final TreeSet<Integer> marks = new TreeSet<>();

        Client(SocketlessConnection connection) {
            this.connection = connection;
        }

        String mail(int number) {
            return snapshot.get(uids.get(number - 1));
        }

        List<Integer> unmarked() {
            return IntStream.rangeClosed(1, uids.size()).filter(n -> !marks.contains(n)).boxed()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySessionSeesItsSnapshotAndOnlyQuitDeletes(long seed) throws IOException {
        random = new Random(seed);
        for (var user : USERS) {
            server.account(user, "password-of-" + user);
            mail.put(user, new TreeMap<>());
        }
        try (server) {
            for (var round = 0; round < 4_000; round++) {
                switch (random.nextInt(12)) {
                    case 0 -> deliver();
                    case 1 -> expunge();
                    case 2 -> connect();
                    case 3, 4 -> anyClient(this::login);
                    case 5 -> anyClient(this::leave);
                    default -> anyClient(this::work);
                }
                for (var user : USERS) {
                    assertEquals(List.copyOf(mail.get(user).keySet()), List.copyOf(
                            server.store().state().account(user).orElseThrow().inbox().messages().keySet()));
                }
                if (round % 20 == 0) {
                    assertTraceAgrees();
                }
            }
        }
    }

    private void deliver() {
        var user = anyUser();
        var text = "Subject: " + random.nextInt(1000) + "\r\n\r\n" + ".line\r\n".repeat(random.nextInt(5));
        mail.get(user).put(server.deliver(user, text), text);
    }

    private void expunge() {
        var user = anyUser();
        if (!mail.get(user).isEmpty()) {
            var uid = any(List.copyOf(mail.get(user).keySet()));
            assertTrue(server.remove(user, "INBOX", uid));
            mail.get(user).remove(uid);
        }
    }

    private void connect() throws IOException {
        if (clients.size() < 6) {
            var client = new Client(server.connect("pop3"));
            assertTrue(client.connection.takeAll().startsWith("+OK "));
            clients.add(client);
        }
    }

    private void login(Client client) throws IOException {
        if (client.user != null) {
            return;
        }
        var user = anyUser();
        assertOk(client, "USER " + user);
        if (random.nextInt(5) == 0) {
            assertError(client, "PASS wrong", "[AUTH] ");
        } else if (holders.containsKey(user)) {
            assertError(client, "PASS password-of-" + user, "[IN-USE] ");
        } else {
            assertOk(client, "PASS password-of-" + user);
            holders.put(user, client);
            client.user = user;
            client.snapshot = Map.copyOf(mail.get(user));
            client.uids = List.copyOf(mail.get(user).keySet());
        }
    }

    private void leave(Client client) throws IOException {
        if (random.nextBoolean()) {
            client.connection.cut();
        } else {
            assertOk(client, "QUIT");
            assertTrue(client.connection.isClosedByServer());
            client.marks.forEach(number -> mail.get(client.user).remove(client.uids.get(number - 1)));
        }
        clients.remove(client);
        if (client.user != null) {
            holders.remove(client.user);
        }
    }

    private void work(Client client) throws IOException {
        if (client.user == null) {
            assertError(client, any(List.of("STAT", "LIST", "RETR 1", "DELE 1", "RSET", "NOOP", "TOP 1 0")), "");
            return;
        }
        var number = 1 + random.nextInt(client.uids.size() + 2);
        var there = number <= client.uids.size() && !client.marks.contains(number);
        switch (random.nextInt(8)) {
            case 0 -> assertEquals("+OK " + client.unmarked().size() + " " + client.unmarked().stream()
                    .mapToInt(n -> client.mail(n).length()).sum() + "\r\n", client.connection.ask("STAT"));
            case 1 -> assertEquals(client.unmarked().stream().map(n -> n + " " + client.mail(n).length()).toList(),
                    listing(client, "LIST"));
            case 2 -> assertEquals(client.unmarked().stream().map(n -> validity(client) + "-" + client.uids.get(n - 1))
                    .toList(), listing(client, "UIDL").stream().map(line -> line.split(" ")[1]).toList());
            case 3, 4 -> {
                if (there) {
                    var size = client.mail(number).length();
                    assertEquals("+OK " + size + " octets\r\n" + client.mail(number).replace("\n.", "\n..") + ".\r\n",
                            client.connection.ask("RETR " + number));
                } else {
                    assertError(client, "RETR " + number, "");
                }
            }
            case 5, 6 -> {
                if (there) {
                    assertOk(client, "DELE " + number);
                    client.marks.add(number);
                } else {
                    assertError(client, "DELE " + number, "");
                }
            }
            default -> {
                assertOk(client, "RSET");
                client.marks.clear();
            }
        }
    }

    private long validity(Client client) {
        return server.store().state().account(client.user).orElseThrow().inbox().uidValidity();
    }

    /** What the trace alone says of the mail and of every session is what they are. */
    private void assertTraceAgrees() {
        var moment = server.recording().at(server.recording().last());
        assertEquals(server.store().state(), moment.server());
        assertEquals(clients.size(), moment.sessions().size());
        for (var client : clients) {
            var session = moment.sessions().get(client.connection.number());
            assertEquals(client.user == null ? "Authorization" : "Transaction", session.phase());
            assertEquals(client.user == null ? List.of() : client.uids, List.copyOf(session.told().keySet()));
            assertEquals(client.marks.stream().map(number -> client.uids.get(number - 1)).toList(),
                    List.copyOf(session.marked()));
        }
    }

    private List<String> listing(Client client, String command) throws IOException {
        var answer = client.connection.ask(command);
        assertTrue(answer.startsWith("+OK ") && answer.endsWith("\r\n.\r\n"), answer);
        var lines = answer.split("\r\n");
        return List.of(lines).subList(1, lines.length - 1);
    }

    private static void assertOk(Client client, String command) throws IOException {
        var answer = client.connection.ask(command);
        assertTrue(answer.startsWith("+OK ") && answer.indexOf("\r\n") == answer.length() - 2, answer);
    }

    private static void assertError(Client client, String command, String code) throws IOException {
        var answer = client.connection.ask(command);
        assertTrue(answer.startsWith("-ERR " + code) && answer.indexOf("\r\n") == answer.length() - 2, answer);
    }

    private interface Work {
        void of(Client client) throws IOException;
    }

    private void anyClient(Work work) throws IOException {
        if (!clients.isEmpty()) {
            work.of(any(clients));
        }
    }

    private String anyUser() {
        return any(USERS);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
