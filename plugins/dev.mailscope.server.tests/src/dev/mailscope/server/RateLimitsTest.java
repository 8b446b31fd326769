package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.session.FailedLogins;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** How many connections an address may open within a minute, and how many sessions an account may have at once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateLimitsTest {
    private final List<Socket> sockets = new ArrayList<>();
    private MailServer server;

    private record Client(Socket socket, BufferedReader in) {
        String ask(String command, String begin) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var line = in.readLine();
            while (line != null && !line.startsWith(begin)) {
                line = in.readLine();
            }
            return line;
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
    void anAddressOpensSoManyConnectionsOverAllPorts() throws IOException {
        open(Limits.DEFAULT.withArrivals(3));
        assertTrue(client("imap", "127.0.0.2").in().readLine().startsWith("* OK"));
        assertTrue(client("pop3", "127.0.0.2").in().readLine().startsWith("+OK"));
        assertTrue(client("smtp", "127.0.0.2").in().readLine().startsWith("220 "));
        assertEquals("* BYE [UNAVAILABLE] Too many connections have come from this address within a minute: try again"
                + " later.", client("imap", "127.0.0.2").in().readLine());
        assertEquals("-ERR [SYS/TEMP] Too many connections have come from this address within a minute: try again"
                + " later.", client("pop3", "127.0.0.2").in().readLine());
        assertEquals("421 4.7.0 Too many connections have come from this address within a minute: try again later.",
                client("smtp", "127.0.0.2").in().readLine());
        assertTrue(client("imap", "127.0.0.3").in().readLine().startsWith("* OK"), "another address");
    }

    @Test
    void anAccountHasSoManySessionsOverBothProtocols() throws IOException {
        open(Limits.DEFAULT.withAccountSessions(2));
        var first = client("imap", "127.0.0.2");
        var second = client("imap", "127.0.0.3");
        var third = client("imap", "127.0.0.4");
        var fourth = client("pop3", "127.0.0.5");
        assertTrue(first.ask("a LOGIN alice secret", "a ").startsWith("a OK"));
        assertTrue(second.ask("a LOGIN alice secret", "a ").startsWith("a OK"));
        assertEquals("a NO [LIMIT] This account has as many sessions as it may have at once: end one of them.",
                third.ask("a LOGIN alice secret", "a "));
        assertTrue(third.ask("b LOGIN alice wrong", "b ").startsWith("b NO [AUTHENTICATIONFAILED]"),
                "who does not know the password does not learn it");
        fourth.in().readLine();
        fourth.ask("USER alice", "+OK");
        assertEquals("-ERR [SYS/TEMP] This account has as many sessions as it may have at once: end one of them.",
                fourth.ask("PASS secret", "-ERR"));
        assertTrue(first.ask("c LOGOUT", "c ").startsWith("c OK"));
        assertEquals(null, first.in().readLine());
        // The session is closed a moment after its socket; who asks again is let in then.
        awaitSessions(3);
        fourth.ask("USER alice", "+OK");
        assertTrue(fourth.ask("PASS secret", "").startsWith("+OK"));
        assertTrue(third.ask("d LOGIN alice secret", "d ").startsWith("d NO [LIMIT]"));
        assertEquals(3, events().stream().filter(e -> e.what() instanceof What.Remark(var text)
                && text.startsWith("refused: alice ")).count());
    }

    @Test
    void aRefusedMaildropKeepsNoPlace() throws IOException {
        open(Limits.DEFAULT.withAccountSessions(2));
        var first = client("pop3", "127.0.0.2");
        var second = client("pop3", "127.0.0.3");
        first.ask("USER alice", "+OK Now");
        assertTrue(first.ask("PASS secret", "").startsWith("+OK"));
        for (var i = 0; i < 3; i++) {
            second.ask("USER alice", "+OK Now");
            assertTrue(second.ask("PASS secret", "").startsWith("-ERR [IN-USE]"), "time " + i);
        }
        assertTrue(client("imap", "127.0.0.4").ask("a LOGIN alice secret", "a ").startsWith("a OK"));
    }

    @Test
    void theTraceSaysWhoseLoginsFail() throws IOException {
        open(Limits.DEFAULT);
        var imap = client("imap", "127.0.0.2");
        imap.ask("a LOGIN alice wrong", "a ");
        imap.ask("b LOGIN nobody wrong", "b ");
        imap.ask("c AUTHENTICATE PLAIN AGFsaWNlAHdyb25n", "c ");
        var pop3 = client("pop3", "127.0.0.3");
        pop3.ask("USER alice", "+OK Now");
        pop3.ask("PASS wrong", "-ERR");
        assertEquals(3, events().stream().map(e -> e.what() instanceof What.Remark(var text)
                ? FailedLogins.account(text).orElse(null) : null).filter(Objects::nonNull)
                .filter("alice"::equals).count());
    }

    private void open(Limits limits) throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withLimits(limits));
        server.start();
    }

    // Which number a session has is open: connections that come at once are taken in any order.
    private void awaitSessions(int count) {
        while (server.trace().live().sessions().size() != count) {
            Thread.onSpinWait();
        }
    }

    private List<TraceEvent> events() {
        return server.trace().events(1, Integer.MAX_VALUE);
    }

    private Client client(String protocol, String from) throws IOException {
        var to = server.address(protocol);
        var socket = new Socket(to.getAddress(), to.getPort(), InetAddress.getByName(from), 0);
        sockets.add(socket);
        return new Client(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.US_ASCII)));
    }
}
