package dev.mailscope.server.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Properties;
import java.util.Set;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Session;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.tls.ServerCertificate;

/**
 * Angus Mail's IMAP and POP3 clients start TLS in the middle of a connection, and log in by SASL. Not here: its POP3
 * client means USER and PASS by LOGIN, and takes a refused XOAUTH2 for a success.
 */
class AngusSaslTest {
    private static final ServerCertificate CERTIFICATE = ServerCertificate.temporary();

    private final Credentials credentials = new Credentials();

    @BeforeEach
    void account() {
        credentials.set("alice", "wonderland");
        credentials.setTokens("alice", Set.of("t0ken"));
    }

    @ParameterizedTest
    @CsvSource({"imap,PLAIN,false", "imap,LOGIN,false", "imap,XOAUTH2,false", "imap,CRAM-MD5,true",
        "imap,PLAIN,true", "imap,XOAUTH2,true", "pop3,PLAIN,false", "pop3,XOAUTH2,false"})
    void angusMailGetsInAfterStartingTls(String protocol, String mechanism, boolean sasl) throws Exception {
        var password = mechanism.equals("XOAUTH2") ? "t0ken" : "wonderland";
        try (var server = new SaslTestServer(protocol.equals("imap"), credentials, CERTIFICATE)) {
            connect(server, protocol, mechanism, sasl, password);
            assertEquals(List.of(new SaslStep.Success("alice")), server.ends());
            assertEquals(List.of(), server.failures());
        }
    }

    @ParameterizedTest
    @CsvSource({"imap,PLAIN,false", "imap,LOGIN,false", "imap,XOAUTH2,false", "imap,CRAM-MD5,true",
        "pop3,PLAIN,false"})
    void angusMailIsToldThatItIsNotLetIn(String protocol, String mechanism, boolean sasl) throws Exception {
        try (var server = new SaslTestServer(protocol.equals("imap"), credentials, CERTIFICATE)) {
            assertThrows(AuthenticationFailedException.class,
                    () -> connect(server, protocol, mechanism, sasl, "wrong"));
            assertEquals(SaslStep.Reason.AUTHENTICATIONFAILED, Steps.reason(server.ends().getFirst()));
            assertEquals(List.of(), server.failures());
        }
    }

    private static void connect(SaslTestServer server, String protocol, String mechanism, boolean sasl,
            String password) throws Exception {
        var properties = new Properties();
        var prefix = "mail." + protocol + ".";
        properties.put(prefix + "starttls.enable", "true");
        properties.put(prefix + "starttls.required", "true");
        properties.put(prefix + "ssl.trust", "localhost");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "timeout", "20000");
        properties.put(prefix + (sasl ? "sasl.mechanisms" : "auth.mechanisms"), mechanism);
        properties.put(prefix + "sasl.enable", Boolean.toString(sasl));
        try (var store = Session.getInstance(properties).getStore(protocol)) {
            store.connect("localhost", server.port(), "alice", password);
        }
    }
}
