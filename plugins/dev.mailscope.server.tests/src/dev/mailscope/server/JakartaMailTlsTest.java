package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.trace.What;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;

/**
 * Jakarta Mail with TLS, by each SASL mechanism it knows, and compressed. Not here: its POP3 client means USER and PASS
 * by LOGIN, and takes a refused XOAUTH2 for a success.
 */
@Timeout(60)
class JakartaMailTlsTest {
    private static final String TOKEN = "t0ken";

    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        var sample = ServerConfig.sample().withPorts(0, 0);
        server = MailServer.open(sample
                .withAccountsOpened(List.of(ServerConfig.SAMPLE_ACCOUNT.withToken(TOKEN)))
                .withTls(TlsConfig.DEFAULT.withPorts(OptionalInt.of(0), OptionalInt.of(0)).withRequired(true)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3", "imaps", "pop3s"})
    void readsTheSampleMailWithTls(String protocol) throws Exception {
        try (var store = connect(protocol, new Properties(), "secret"); var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(3, inbox.getMessageCount());
            assertEquals("Meme", inbox.getMessage(3).getSubject());
        }
        assertEquals(1, events(What.TlsStarted.class));
    }

    @Test
    void withoutTlsThereIsNoWayIn() {
        for (var protocol : List.of("imap", "pop3")) {
            var properties = new Properties();
            properties.put("mail." + protocol + ".starttls.enable", "false");
            properties.put("mail." + protocol + ".starttls.required", "false");
            assertThrows(MessagingException.class, () -> connect(protocol, properties, "secret").close(), protocol);
        }
        assertEquals(0, events(What.TlsStarted.class));
    }

    @ParameterizedTest
    @CsvSource({"imap,PLAIN,false", "imap,LOGIN,false", "imap,XOAUTH2,false", "imap,CRAM-MD5,true", "imap,PLAIN,true",
        "imap,XOAUTH2,true", "imaps,XOAUTH2,false", "pop3,PLAIN,false", "pop3,XOAUTH2,false", "pop3s,PLAIN,false"})
    void getsInByEachMechanism(String protocol, String mechanism, boolean sasl) throws Exception {
        connect(protocol, by(protocol, mechanism, sasl), mechanism.equals("XOAUTH2") ? TOKEN : "secret").close();
        assertTrue(commands().contains(protocol.startsWith("imap") ? "AUTHENTICATE" : "AUTH"), commands().toString());
    }

    @ParameterizedTest
    @CsvSource({"imap,PLAIN,false", "imap,LOGIN,false", "imap,XOAUTH2,false", "imap,CRAM-MD5,true",
        "pop3,PLAIN,false"})
    void isToldThatItIsNotLetIn(String protocol, String mechanism, boolean sasl) {
        assertThrows(AuthenticationFailedException.class,
                () -> connect(protocol, by(protocol, mechanism, sasl), "wrong").close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void worksCompressed(String protocol) throws Exception {
        var properties = new Properties();
        properties.put("mail." + protocol + ".compress.enable", "true");
        try (var store = connect(protocol, properties, "secret"); var inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_WRITE);
            assertEquals(3, inbox.getMessageCount());
            assertTrue(inbox.getMessage(2).getContentType().startsWith("multipart/alternative"));
            inbox.copyMessages(inbox.getMessages(), store.getFolder("Drafts"));
            inbox.setFlags(1, 2, new Flags(Flags.Flag.DELETED), true);
            assertEquals(2, inbox.expunge().length);
        }
        assertEquals(1, events(What.CompressionStarted.class));
    }

    private static Properties by(String protocol, String mechanism, boolean sasl) {
        var properties = new Properties();
        var prefix = "mail." + protocol + ".";
        properties.put(prefix + (sasl ? "sasl.mechanisms" : "auth.mechanisms"), mechanism);
        properties.put(prefix + "sasl.enable", Boolean.toString(sasl));
        return properties;
    }

    private Store connect(String protocol, Properties properties, String password) throws MessagingException {
        var prefix = "mail." + protocol + ".";
        if (!protocol.endsWith("s")) {
            properties.putIfAbsent(prefix + "starttls.enable", "true");
            properties.putIfAbsent(prefix + "starttls.required", "true");
        }
        properties.put(prefix + "ssl.trust", "127.0.0.1");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "timeout", "20000");
        var store = Session.getInstance(properties).getStore(protocol);
        store.connect("127.0.0.1", server.address(protocol).getPort(), "alice", password);
        return store;
    }

    private long events(Class<? extends What> kind) {
        return server.trace().events(server.trace().first(), Integer.MAX_VALUE).stream()
                .filter(event -> kind.isInstance(event.what())).count();
    }

    private List<String> commands() {
        return server.trace().events(server.trace().first(), Integer.MAX_VALUE).stream()
                .filter(event -> event.what() instanceof What.Command).map(event -> event.command()).toList();
    }
}
