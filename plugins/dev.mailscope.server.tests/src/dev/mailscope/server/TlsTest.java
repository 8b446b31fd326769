package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.session.Limits;
import dev.mailscope.server.tls.CertificateNames;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** STARTTLS, STLS and implicit TLS over real sockets, as a client sees them and as the trace tells of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
    @TempDir
    private Path folder;
    private MailServer server;
    private final List<WireClient> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void imapGoesOnWithTlsAfterStartTls(String version) throws IOException {
        start(UnaryOperator.identity());
        var client = connect("imap");
        assertTrue(client.line().contains(" STARTTLS "));
        assertEquals("a OK Begin the TLS negotiation now.", client.ask("a STARTTLS"));
        client.startTls(trust(), version);
        var capabilities = client.ask("b CAPABILITY");
        assertFalse(capabilities.contains("STARTTLS"), capabilities);
        assertTrue(capabilities.contains("AUTH=SCRAM-SHA-256-PLUS"), capabilities);
        assertEquals("b OK CAPABILITY completed.", client.line());
        assertTrue(client.ask("c LOGIN alice secret").startsWith("c OK "));
        assertEquals("d BAD STARTTLS belongs to the phase Not Authenticated, and this is Authenticated: somebody has"
                + " logged in already.", client.ask("d STARTTLS"));
        client.send("e LOGOUT\r\n");
        assertTrue(client.until("e OK").startsWith("* BYE"));
        assertNull(client.line());
        var started = started();
        assertEquals(version, started.protocol());
        assertTrue(started.cipher().startsWith("TLS_"), started.cipher());
        assertEquals("", started.clientSubject());
        assertEquals(List.of(), remarks("thrown away"));
    }

    @Test
    void pop3GoesOnWithTlsAfterStls() throws IOException {
        start(UnaryOperator.identity());
        var client = connect("pop3");
        assertTrue(client.line().startsWith("+OK "));
        client.send("CAPA\r\n");
        assertTrue(client.until(".").contains("\nSTLS\n"));
        assertEquals("+OK Begin the TLS negotiation now.", client.ask("STLS"));
        client.startTls(trust());
        client.send("CAPA\r\n");
        var capabilities = client.until(".");
        assertFalse(capabilities.contains("STLS"), capabilities);
        assertTrue(capabilities.contains("SASL SCRAM-SHA-256-PLUS "), capabilities);
        assertTrue(client.ask("USER alice").startsWith("+OK"));
        assertTrue(client.ask("PASS secret").startsWith("+OK"));
        assertTrue(client.ask("QUIT").startsWith("+OK"));
        assertNull(client.line());
        assertEquals("TLSv1.3", started().protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    void tlsBeginsAtOnceWhereItShould(String protocol) throws IOException {
        start(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.of(0)));
        assertEquals(List.of("imap", "pop3", "imaps", "pop3s"),
                server.endpoints().stream().map(Endpoint::protocol).toList());
        var client = connect(protocol);
        client.startTls(trust());
        var greeting = client.line();
        assertTrue(greeting.contains("Mailscope") && !greeting.contains("STARTTLS"), greeting);
        assertTrue(client.ask(protocol.equals("imaps") ? "a STARTTLS" : "STLS").endsWith("TLS is active already."));
        var events = events().stream().filter(e -> e.session() == 1).limit(3).map(e -> e.what().kind()).toList();
        assertEquals("connected", events.getFirst());
        assertTrue(events.indexOf("tls") == 1, events.toString());
    }

    @ParameterizedTest
    @CsvSource({"imap,a STARTTLS,b LOGIN alice secret,c NOOP,d NOOP,d OK NOOP completed.",
        "pop3,STLS,USER alice,PASS secret,STAT,-ERR STAT belongs to the Transaction phase"})
    void whatCameInPlaintextIsThrownAway(String protocol, String start, String first, String second, String then,
            String answer) throws IOException {
        start(UnaryOperator.identity());
        var client = connect(protocol);
        client.line();
        client.send(start + "\r\n" + first + "\r\n" + second + "\r\n");
        assertTrue(client.line().contains("Begin the TLS"));
        client.startTls(trust());
        assertTrue(client.ask(then).startsWith(answer));
        assertEquals(List.of((first.length() + second.length() + 4)
                + " octets that came with this command, and too early, were thrown away unread"),
                remarks("thrown away"));
        assertTrue(events().stream().noneMatch(e -> e.what() instanceof What.StateChanged && e.session() != 0
                || e.command().equals("LOGIN") || e.command().equals("USER")));
    }

    @Test
    void muchThatCameInPlaintextIsThrownAwayToo() throws IOException {
        start(UnaryOperator.identity());
        var client = connect("imap");
        client.line();
        var early = "b NOOP\r\n".repeat(1_000);
        client.send("a STARTTLS\r\n" + early);
        assertTrue(client.line().contains("Begin the TLS"));
        client.startTls(trust());
        assertTrue(client.ask("c NOOP").startsWith("c OK"));
        assertEquals(List.of(early.length() + " octets that came with this command, and too early, were thrown away"
                + " unread"), remarks("thrown away"));
    }

    @Test
    void plaintextThatComesLaterStillIsNeverExecuted() throws IOException {
        start(UnaryOperator.identity());
        var client = connect("imap");
        client.line();
        assertTrue(client.ask("a STARTTLS").startsWith("a OK"));
        client.send("b LOGIN alice secret\r\n");
        assertTrue(closedReason().startsWith("the TLS handshake failed: "), closedReason());
        assertTrue(events().stream().noneMatch(e -> e.command().equals("LOGIN")));
    }

    @Test
    void aClientWithoutTlsOnATlsPortIsSentAwayWithAReason() throws IOException {
        start(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.empty()));
        assertEquals(3, server.endpoints().size());
        var client = connect("imaps");
        client.send("a LOGIN alice secret\r\n");
        assertTrue(closedReason().startsWith("the TLS handshake failed: "), closedReason());
        assertFalse(closedReason().contains("alice"));
        assertEquals(0, server.trace().live().sessions().size());
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateIsToldOfInTheTrace() throws IOException {
        start(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.empty()));
        var client = connect("imaps");
        var stranger = WireClient.trusting(ServerCertificate.temporary(CertificateNames.LOCAL), null);
        assertThrows(IOException.class, () -> client.startTls(stranger));
        assertTrue(closedReason().startsWith("the TLS handshake failed: "), closedReason());
    }

    @Test
    void slowHandshakesHoldUpNobody() throws IOException {
        start(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.empty()));
        var silent = new ArrayList<WireClient>();
        for (var i = 0; i < 20; i++) {
            silent.add(connect("imaps"));
        }
        var client = connect("imaps");
        client.startTls(trust());
        assertTrue(client.line().startsWith("* OK"));
        var before = System.nanoTime();
        server.stop();
        var took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.toMillis() < 4_000, "stopping took " + took);
        assertTrue(client.line().startsWith("* BYE"));
        assertNull(client.line(), "a farewell with TLS ends with TLS");
        for (var other : silent) {
            assertNull(other.line(), "nothing is said without the TLS that was to come");
        }
        assertEquals(21, events().stream().filter(e -> e.what().equals(new What.Closed("server stopped"))).count());
    }

    @Test
    void aSilentClientIsSentAwayWithinTls() throws IOException {
        start(config(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.empty())).withLimits(Limits.DEFAULT
                .withIdle(Duration.ofSeconds(2), Duration.ofMinutes(30))));
        var client = connect("imaps");
        client.startTls(trust());
        assertTrue(client.line().startsWith("* OK"));
        assertTrue(client.line().startsWith("* BYE"));
        assertNull(client.line());
        assertEquals("client was silent for too long", closedReason());
    }

    @Test
    void oneConnectionTooManyIsToldSoWithinTls() throws IOException {
        start(config(tls -> tls.withPorts(OptionalInt.of(0), OptionalInt.empty()))
                .withLimits(Limits.DEFAULT.withConnections(1)));
        var first = connect("imaps");
        first.startTls(trust());
        assertTrue(first.line().startsWith("* OK"));
        assertTrue(first.ask("a LOGIN alice secret").startsWith("a OK"));
        var second = connect("imaps");
        second.startTls(trust());
        assertTrue(second.line().startsWith("* BYE [UNAVAILABLE] There are too many connections"));
        assertNull(second.line());
    }

    @Test
    void noPasswordPassesWithoutTlsWhereItIsRequired() throws IOException {
        start(tls -> tls.withRequired(true));
        var imap = connect("imap");
        var greeting = imap.line();
        assertTrue(greeting.contains(" LOGINDISABLED ") && !greeting.contains("AUTH=PLAIN"), greeting);
        assertTrue(imap.ask("a LOGIN alice secret").startsWith("a NO [PRIVACYREQUIRED] "));
        imap.ask("b STARTTLS");
        imap.startTls(trust());
        assertTrue(imap.ask("c LOGIN alice secret").startsWith("c OK"));
        var pop3 = connect("pop3");
        pop3.line();
        assertTrue(pop3.ask("USER alice").startsWith("-ERR No password may be sent here without TLS"));
        pop3.ask("STLS");
        pop3.startTls(trust());
        assertTrue(pop3.ask("USER alice").startsWith("+OK"));
    }

    @Test
    void theSelfSignedCertificateIsKeptAndIsTheOneThatIsShown() throws IOException {
        var file = folder.resolve("certificate.p12");
        start(tls -> tls.withSelfSigned(file));
        assertFalse(Files.exists(file), "it is made when it is needed");
        var fingerprint = server.certificate().fingerprint();
        assertEquals(List.of("the certificate's SHA-256 fingerprint is " + fingerprint), remarks("fingerprint"));
        assertTrue(server.certificate().pem().startsWith("-----BEGIN CERTIFICATE-----"));
        server.close();
        start(tls -> tls.withSelfSigned(file));
        assertEquals(fingerprint, server.certificate().fingerprint());
        var client = connect("imap");
        client.line();
        client.ask("a STARTTLS");
        client.startTls(trust());
        assertEquals("b OK NOOP completed.", client.ask("b NOOP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.2", "[::ffff:127.0.0.2]"})
    void theHostMayBeAnAddressInAnyForm(String host) throws IOException {
        start(config(UnaryOperator.identity()).withHost(host));
        var client = connect("imap");
        client.line();
        assertEquals("a OK Begin the TLS negotiation now.", client.ask("a STARTTLS"));
        client.startTls(trust());
        assertEquals("b OK NOOP completed.", client.ask("b NOOP"));
    }

    @Test
    void theUsersOwnKeyStoreIsUsedAndCheckedFromTheStart() throws IOException {
        var file = folder.resolve("own.p12");
        // As a user's own would be; its password is this.
        var own = ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        start(tls -> tls.withKeyStore(new TlsConfig.KeyStoreFile(file, "mailscope")));
        assertEquals(own.fingerprint(), server.certificate().fingerprint());
        var wrong = assertThrows(IOException.class, () -> MailServer.open(config(
                tls -> tls.withKeyStore(new TlsConfig.KeyStoreFile(file, "wrong secret")))));
        assertEquals("the password of key store " + file + " is wrong", wrong.getMessage());
        var none = folder.resolve("none.pem");
        var missing = assertThrows(IOException.class,
                () -> MailServer.open(config(tls -> tls.withClientAuthorities(none))));
        assertEquals("there is no file of certificates " + none, missing.getMessage());
        var empty = Files.writeString(folder.resolve("empty.pem"), "no certificate\n");
        var useless = assertThrows(IOException.class,
                () -> MailServer.open(config(tls -> tls.withClientAuthorities(empty))));
        assertTrue(useless.getMessage().startsWith(empty + " holds no certificate"), useless.getMessage());
    }

    @Test
    void aCertificateThatCannotBeKeptEndsTheConnectionWithAReason() throws IOException {
        var taken = Files.writeString(folder.resolve("taken"), "");
        start(tls -> tls.withSelfSigned(taken.resolve("certificate.p12")));
        var client = connect("imap");
        client.line();
        assertTrue(client.ask("a STARTTLS").startsWith("a OK"));
        assertNull(client.line());
        assertTrue(closedReason().startsWith("the key store " + taken), closedReason());
        assertThrows(IOException.class, () -> server.certificate());
    }

    private static ServerConfig config(UnaryOperator<TlsConfig> tls) {
        return ServerConfig.sample().withPorts(0, 0).withTls(tls.apply(TlsConfig.DEFAULT));
    }

    private void start(UnaryOperator<TlsConfig> tls) throws IOException {
        start(config(tls));
    }

    private void start(ServerConfig config) throws IOException {
        server = MailServer.open(config);
        server.start();
    }

    private WireClient connect(String protocol) throws IOException {
        var client = WireClient.connect(server.address(protocol));
        clients.add(client);
        return client;
    }

    private SSLContext trust() throws IOException {
        return WireClient.trusting(server.certificate(), null);
    }

    private What.TlsStarted started() {
        return events().stream().map(TraceEvent::what).filter(What.TlsStarted.class::isInstance)
                .map(What.TlsStarted.class::cast).findFirst().orElseThrow();
    }

    private List<String> remarks(String about) {
        return events().stream().map(TraceEvent::what).filter(What.Remark.class::isInstance)
                .map(what -> ((What.Remark) what).text()).filter(text -> text.contains(about)).toList();
    }

    /** Waits until some session is closed and gives the reason. */
    private String closedReason() {
        while (true) {
            for (var event : events()) {
                if (event.what() instanceof What.Closed(var reason)) {
                    return reason;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<TraceEvent> events() {
        return server.trace().events(server.trace().first(), Integer.MAX_VALUE);
    }
}
