package dev.mailscope.server.classroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.AccountMail;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.WireClient;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Two students at a class's server, over TLS, and what is seen of each. Another loopback address is the network. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassroomTest {
    private static final String HOST = "127.0.0.2";

    @TempDir
    private Path folder;
    private final List<WireClient> clients = new ArrayList<>();
    private final Classroom classroom = new Classroom(HOST, ClassList.parse("""
            Anna, anna-s-password
            Ben Ali, ben-s-password
            """, () -> "").students(), AccountMail.SAMPLE, Classroom.ARRIVALS, Classroom.ACCOUNT_SESSIONS);
    private MailServer server;

    @BeforeEach
    void open() throws IOException {
        var base = ServerConfig.sample();
        server = MailServer.open(classroom.in(base.withPorts(0, 0)
                .withTls(base.tls().withPorts(OptionalInt.of(0), OptionalInt.of(0)))));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void thereAreTheStudentsAloneAndNoPasswordInTheClear() throws Exception {
        assertEquals(HOST, server.address("imap").getAddress().getHostAddress());
        assertEquals(List.of("Anna", "ben.ali"), List.copyOf(server.trace().live().server().accounts().keySet()));
        var plain = client("imap");
        assertTrue(plain.line().contains("LOGINDISABLED"));
        assertTrue(ask(plain, "a LOGIN Anna anna-s-password").startsWith("a NO [PRIVACYREQUIRED]"));
        var secure = secure();
        assertTrue(ask(secure, "a LOGIN alice secret").startsWith("a NO [AUTHENTICATIONFAILED]"));
        assertTrue(ask(secure, "b LOGIN Anna ben-s-password").startsWith("b NO [AUTHENTICATIONFAILED]"));
        assertTrue(ask(secure, "c LOGIN Anna anna-s-password").startsWith("c OK"));
        assertTrue(ask(secure, "d CAPABILITY").startsWith("d OK"));
        assertFalse(texts(server.trace()).contains(" ACL"), "no folder can be shared");
    }

    @Test
    void attendanceTellsWhatEachDoes() throws Exception {
        var attendance = new Attendance(server.trace(), List.of("Anna", "ben.ali"));
        assertEquals(List.of(new Attendance.Row("Anna", 0, "", "", 0, 0, 0),
                new Attendance.Row("ben.ali", 0, "", "", 0, 0, 0)), attendance.rows());
        twoTalk();
        var rows = attendance.rows();
        var anna = rows.getFirst();
        assertEquals(1, anna.sessions());
        assertEquals("Selected", anna.phases());
        assertEquals("FETCH", anna.command());
        assertEquals(1, anna.failedLogins());
        assertEquals(own("Anna").size(), anna.events());
        var ben = rows.getLast();
        assertEquals(List.of(1, "Authenticated", "CREATE", 0), List.of(ben.sessions(), ben.phases(), ben.command(),
                ben.failedLogins()));
        assertEquals(rows, new Attendance(server.trace(), List.of("Anna", "ben.ali")).rows());
    }

    @Test
    void whoeverConnectsHasCome() throws Exception {
        assertTrue(Attendance.isNobody(server.trace()), "making accounts and mail is nobody's doing");
        assertNotNull(client("imap").line());
        assertFalse(Attendance.isNobody(server.trace()));
    }

    @Test
    void aStudentsTraceIsThatStudentsAlone() throws Exception {
        twoTalk();
        server.deliver("ben.ali", "INBOX", "Subject: for Ben\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        server.deliver("Anna", "INBOX", "Subject: for Anna\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (var user : List.of("Anna", "ben.ali")) {
            var file = folder.resolve(user + ".mailtrace");
            StudentTrace.write(server.trace(), user, file, (done, all) -> true);
            try (var part = Recording.open(file)) {
                var events = part.events(1, Integer.MAX_VALUE);
                assertEquals(List.of(user), List.copyOf(part.live().server().accounts().keySet()));
                assertEquals(own(user).size(), events.stream().filter(e -> e.session() != 0).count());
                assertTrue(events.stream().anyMatch(e -> e.what() instanceof What.Connected), "from the beginning");
                var of = server.trace().live().server().account(user);
                assertEquals(of.map(Object::toString), part.live().server().account(user).map(Object::toString));
                for (var event : events) {
                    assertTrue(event.cause() < event.number());
                    if (event.what() instanceof What.Sent(var octets, var first, var last)) {
                        assertTrue(part.event(first).what() instanceof What.Response, "sent refers to a response");
                        assertEquals(octets, events.subList((int) first - 1, (int) last).stream()
                                .mapToLong(e -> e.what() instanceof What.Response(var said) && e.session()
                                        == event.session() ? said.size() : 0).sum());
                    }
                }
                var all = texts(part);
                assertEquals(user.equals("Anna"), all.contains("FETCH 1"), all);
                assertEquals(user.equals("ben.ali"), all.contains("Homework"), all);
                assertFalse(all.contains("-s-password"));
            }
            assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("-s-password"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void whatIsHandedOutIsForItsOwnersEyes() throws Exception {
        var handOut = classroom.handOut(server);
        for (var name : List.of("class.txt", "class.csv", "class.html")) {
            var file = folder.resolve(name);
            handOut.write(file);
            var text = Files.readString(file);
            for (var part : List.of("Ben Ali", "ben.ali", "ben-s-password", "anna-s-password", HOST,
                    server.certificate().fingerprint(), Integer.toString(server.address("imaps").getPort()))) {
                assertTrue(text.contains(part), name + " lacks " + part);
            }
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals(3, Files.readString(folder.resolve("class.csv")).lines().count());
        assertTrue(new HandOut(List.of(), List.of(), "", List.of(new Student("<b>\"x\", &", "x", "a\"b,c"))).csv()
                .contains("\"<b>\"\"x\"\", &\",x,\"a\"\"b,c\","));
        assertTrue(new HandOut(List.of(), List.of(), "", List.of(new Student("=1+1", "x", "-secret-"))).csv()
                .contains("\"'=1+1\",x,-secret-,"), "a name is no formula, a password is as it is typed");
        assertTrue(new HandOut(List.of(), List.of(), "", List.of(new Student("<b>&", "x", "y"))).html()
                .contains("&lt;b&gt;&amp;"));
    }

    /** Both connect before either logs in. */
    private void twoTalk() throws Exception {
        var anna = secure();
        var ben = secure();
        assertTrue(ask(ben, "b1 LOGIN ben.ali ben-s-password").startsWith("b1 OK"));
        assertTrue(ask(anna, "a1 LOGIN Anna wrong").startsWith("a1 NO"));
        assertTrue(ask(anna, "a2 LOGIN Anna anna-s-password").startsWith("a2 OK"));
        assertTrue(ask(ben, "b2 CREATE Homework").startsWith("b2 OK"));
        assertTrue(ask(anna, "a3 SELECT INBOX").startsWith("a3 OK"));
        assertTrue(ask(anna, "a4 FETCH 1 FLAGS").startsWith("a4 OK"));
        // What a client has read is recorded as sent a moment later.
        for (var user : List.of("Anna", "ben.ali")) {
            while (!(own(user).getLast().what() instanceof What.Sent)) {
                Thread.onSpinWait();
            }
        }
    }

    private List<TraceEvent> own(String user) {
        var live = server.trace().live().sessions();
        return server.trace().events(1, Integer.MAX_VALUE).stream()
                .filter(e -> live.containsKey(e.session()) && live.get(e.session()).user().equals(user)).toList();
    }

    private static String texts(Recording recording) {
        var text = new StringBuilder();
        for (var event : recording.events(1, Integer.MAX_VALUE)) {
            Octets octets = switch (event.what()) {
                case What.Received(var came) -> came;
                case What.Response(var said) -> said;
                case What other -> Octets.of("");
            };
            text.append(new String(octets.toBytes(), StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private WireClient client(String protocol) throws IOException {
        var client = WireClient.connect(server.address(protocol));
        clients.add(client);
        return client;
    }

    private WireClient secure() throws IOException {
        var client = client("imaps");
        client.startTls(WireClient.trusting(server.certificate(), null));
        assertTrue(client.line().startsWith("* OK"));
        return client;
    }

    /** Sends an IMAP command; gives its tagged response. */
    private static String ask(WireClient client, String command) throws IOException {
        client.send(command + "\r\n");
        return client.until(command.substring(0, command.indexOf(' ') + 1)).lines().reduce((one, next) -> next)
                .orElseThrow();
    }
}
