package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.x500.X500Principal;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.mailscope.server.mailbox.ScramHash;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.sasl.ScramClient;
import dev.mailscope.server.tls.CertificateNames;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.trace.What;

/** Every SASL mechanism through AUTHENTICATE and AUTH, over real sockets and TLS; and what the trace has of it. */
@Timeout(60)
class SaslTest {
    private static final String PASSWORD = "tOpSeCrEt7391";
    private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg";

    @TempDir
    private static Path folder;
    private MailServer server;
    private Path clientCertificate;

    /** The client's side of a mechanism. */
    private interface Mechanism {
        /** The response to a challenge; the first one is empty where the client begins. */
        byte[] respond(byte[] challenge) throws Exception;
    }

    @BeforeEach
    void start() throws IOException {
        clientCertificate = folder.resolve("client.p12");
        var client = ServerCertificate.selfSigned(clientCertificate, CertificateNames.LOCAL);
        var authority = Files.writeString(folder.resolve("client.pem"), client.pem());
        var alice = new AccountConfig("alice", PASSWORD).withSecretKept().withToken(TOKEN)
                .withCertificate(new X500Principal("CN=localhost,O=Mailscope"));
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withAccounts(List.of(alice))
                .withTls(TlsConfig.DEFAULT.withClientAuthorities(authority)
                        .withSelfSigned(folder.resolve("server.p12"))));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> everyWay() {
        var ways = new ArrayList<Arguments>();
        for (var mechanism : SaslMechanism.values()) {
            for (var protocol : List.of("imap", "pop3")) {
                ways.add(Arguments.of(protocol, mechanism, false));
                if (mechanism.clientFirst()) {
                    ways.add(Arguments.of(protocol, mechanism, true));
                }
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void everyMechanismOpensTheAccount(String protocol, SaslMechanism mechanism, boolean initial) throws Exception {
        try (var client = withTls(protocol)) {
            assertTrue(offers(client, protocol, mechanism), "not offered");
            var end = exchange(client, protocol, mechanism, client(mechanism, PASSWORD, TOKEN), initial);
            assertTrue(end.startsWith(protocol.equals("imap") ? "a OK [CAPABILITY " : "+OK "), end);
        }
        assertNothingSecretInTheTrace();
        assertEquals(1, events("phase", protocol.equals("imap") ? "Authenticated" : "Transaction"));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void nothingElseDoes(String protocol, SaslMechanism mechanism, boolean initial) throws Exception {
        server.changeCertificate("alice", null);
        try (var client = withTls(protocol)) {
            var end = exchange(client, protocol, mechanism, client(mechanism, "wrong", "wrong"), initial);
            assertTrue(end.startsWith(protocol.equals("imap") ? "a NO [AUTHENTICATIONFAILED] " : "-ERR [AUTH] "), end);
            // The client may try again (RFC 5034 section 4).
            var again = exchange(client, protocol, SaslMechanism.PLAIN,
                    client(SaslMechanism.PLAIN, PASSWORD, TOKEN), false);
            assertTrue(again.startsWith(protocol.equals("imap") ? "a OK " : "+OK "), again);
        }
        assertNothingSecretInTheTrace();
    }

    @Test
    void accountsThatKeepNoSecretHaveNoMechanismThatNeedsIt() throws Exception {
        server.close();
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0)
                .withAccounts(List.of(new AccountConfig("alice", PASSWORD))));
        server.start();
        try (var imap = withTls("imap"); var pop3 = WireClient.connect(server.address("pop3"))) {
            assertFalse(offers(imap, "imap", SaslMechanism.CRAM_MD5));
            assertFalse(offers(imap, "imap", SaslMechanism.XOAUTH2));
            assertFalse(offers(imap, "imap", SaslMechanism.EXTERNAL));
            assertEquals("+OK Mailscope POP3 server ready.", pop3.line());
            assertEquals("-ERR There is no APOP here: no account keeps its password itself.",
                    pop3.ask("APOP alice 0123456789abcdef0123456789abcdef"));
            assertTrue(exchange(imap, "imap", SaslMechanism.SCRAM_SHA_256,
                    client(SaslMechanism.SCRAM_SHA_256, PASSWORD, TOKEN), true).startsWith("a OK"));
        }
    }

    @Test
    void tokensCanBeChangedWhileTheServerRuns() throws Exception {
        server.changeTokens("alice", Set.of("another"));
        try (var client = withTls("imap")) {
            assertTrue(exchange(client, "imap", SaslMechanism.OAUTHBEARER,
                    client(SaslMechanism.OAUTHBEARER, "", TOKEN), true).startsWith("a NO"));
            assertTrue(exchange(client, "imap", SaslMechanism.OAUTHBEARER,
                    client(SaslMechanism.OAUTHBEARER, "", "another"), true).startsWith("a OK"));
        }
    }

    @Test
    void aResponseInPop3MayBeLongerThanACommand() throws Exception {
        var token = "x".repeat(4_000);
        server.changeTokens("alice", Set.of(token));
        try (var client = withTls("pop3")) {
            assertTrue(exchange(client, "pop3", SaslMechanism.XOAUTH2,
                    client(SaslMechanism.XOAUTH2, "", token), true).startsWith("-ERR An AUTH command is longer than"));
            assertTrue(exchange(client, "pop3", SaslMechanism.XOAUTH2,
                    client(SaslMechanism.XOAUTH2, "", token), false).startsWith("+OK"));
        }
    }

    private WireClient withTls(String protocol) throws IOException {
        var client = WireClient.connect(server.address(protocol));
        client.line();
        client.ask(protocol.equals("imap") ? "t STARTTLS" : "STLS");
        client.startTls(WireClient.trusting(server.certificate(), clientCertificate));
        return client;
    }

    private static boolean offers(WireClient client, String protocol, SaslMechanism mechanism) throws IOException {
        client.send(protocol.equals("imap") ? "c CAPABILITY\r\n" : "CAPA\r\n");
        var words = List.of(client.until(protocol.equals("imap") ? "c OK" : ".").split("\\s+"));
        return words.contains((protocol.equals("imap") ? "AUTH=" : "") + mechanism.wireName());
    }

    /** Runs an exchange and gives the line that ends it. */
    private static String exchange(WireClient client, String protocol, SaslMechanism mechanism, Mechanism side,
            boolean initial) throws Exception {
        var command = (protocol.equals("imap") ? "a AUTHENTICATE " : "AUTH ") + mechanism.wireName();
        if (initial) {
            var first = side.respond(new byte[0]);
            command += " " + (first.length == 0 ? "=" : WireClient.base64(first));
        }
        var line = client.ask(command);
        while (line.startsWith("+ ") || line.equals("+")) {
            line = client.ask(WireClient.base64(side.respond(Base64.getDecoder().decode(line.substring(1).strip()))));
        }
        return line;
    }

    private Mechanism client(SaslMechanism mechanism, String password, String token) throws IOException {
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> scram(ScramHash.SHA_256, true, password);
            case SCRAM_SHA_256 -> scram(ScramHash.SHA_256, false, password);
            case SCRAM_SHA_1_PLUS -> scram(ScramHash.SHA_1, true, password);
            case SCRAM_SHA_1 -> scram(ScramHash.SHA_1, false, password);
            case OAUTHBEARER -> bearer("n,a=alice,\1host=localhost\1auth=Bearer " + token + "\1\1");
            case XOAUTH2 -> bearer("user=alice\1auth=Bearer " + token + "\1\1");
            case LOGIN -> challenge -> octets(
                    new String(challenge, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains("user") ? "alice"
                            : password);
            case CRAM_MD5, PLAIN, EXTERNAL -> java(mechanism, password);
        };
    }

    private Mechanism scram(ScramHash hash, boolean plus, String password) throws IOException {
        var scram = new ScramClient(hash, plus ? "p=tls-server-end-point,," : "n,,",
                plus ? server.certificate().endPoint().orElseThrow() : new byte[0], "alice",
                "fyko+d2lbbFgONRv9qkxdawL");
        return challenge -> {
            var text = new String(challenge, StandardCharsets.UTF_8);
            if (text.isEmpty()) {
                return scram.first();
            }
            if (text.startsWith("v=")) {
                assertTrue(scram.accepts(challenge), "the server does not know the password");
                return new byte[0];
            }
            return scram.last(challenge, password);
        };
    }

    /** Says who it is, and acknowledges the reason when that is not enough. */
    private static Mechanism bearer(String message) {
        return challenge -> octets(challenge.length == 0 ? message : "\1");
    }

    private static Mechanism java(SaslMechanism mechanism, String password) throws SaslException {
        var client = Sasl.createSaslClient(new String[] {mechanism.wireName()}, null, "imap", "localhost", Map.of(),
                callbacks -> {
                    for (Callback callback : callbacks) {
                        switch (callback) {
                            case NameCallback name -> name.setName("alice");
                            case PasswordCallback secret -> secret.setPassword(password.toCharArray());
                            default -> throw new IllegalStateException(callback.toString());
                        }
                    }
                });
        return client::evaluateChallenge;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long events(String kind, String phase) {
        return server.trace().events(server.trace().first(), Integer.MAX_VALUE).stream()
                .filter(e -> e.what().kind().equals(kind) && e.phase().equals(phase)).count();
    }

    /** All that passes in an exchange is hidden, but that it passes. */
    private void assertNothingSecretInTheTrace() {
        for (var event : server.trace().events(server.trace().first(), Integer.MAX_VALUE)) {
            var octets = switch (event.what()) {
                case What.Received(var received) -> received;
                case What.Response(var response) -> response;
                default -> null;
            };
            if (octets == null || !List.of("AUTHENTICATE", "AUTH").contains(event.command())) {
                continue;
            }
            var text = new String(octets.toBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(text.matches("\\*+(\\r\\n)?|\\+ (\\*+)?\\r\\n"
                    + "|a AUTHENTICATE [A-Z0-9-]+( \\*+)?\\r\\n|AUTH [A-Z0-9-]+( \\*+)?\\r\\n"
                    + "|a (OK|NO) .*\\r\\n|(\\+OK|-ERR) .*\\r\\n"), () -> "shown: " + text);
        }
    }
}
