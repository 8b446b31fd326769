package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STARTTLS for mail that arrives (RFC 3207), over real sockets. */
@Timeout(60)
class SmtpTlsTest {
    private static final String ALICE = Base64.getEncoder()
            .encodeToString("\0alice\0secret".getBytes(StandardCharsets.US_ASCII));

    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0)
                .withTls(TlsConfig.DEFAULT.withRequired(true)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void noPasswordIsAskedForBeforeTlsAndWhatCameBeforeItIsForgotten() throws IOException {
        try (var client = WireClient.connect(server.address("smtp"))) {
            client.line();
            client.send("EHLO plain\r\n");
            assertTrue(client.until("250 ").contains("250-AUTH SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5\n"));
            assertEquals("538 5.7.11 PLAIN needs TLS.", client.ask("AUTH PLAIN " + ALICE));
            // Whoever stands between could put commands behind STARTTLS: they are thrown away.
            client.send("STARTTLS\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<alice>\r\n");
            assertEquals("220 Ready to start TLS", client.line());
            client.startTls(WireClient.trusting(server.certificate(), null));
            assertEquals("503 5.5.1 EHLO comes first.", client.ask("MAIL FROM:<a@b>"));
            client.send("EHLO secure.example\r\n");
            var offered = client.until("250 ");
            assertTrue(!offered.contains("STARTTLS") && offered.contains(" PLAIN LOGIN\n"), offered);
            assertTrue(client.ask("STARTTLS").startsWith("454 "));
            assertEquals("235 Authentication successful.", client.ask("AUTH PLAIN " + ALICE));
            client.send("MAIL FROM:<a@b>\r\nRCPT TO:<alice>\r\nDATA\r\n");
            client.until("354 ");
            client.send("Subject: x\r\n\r\n.\r\n");
            assertEquals("250 2.6.0 Delivered to 1 account.", client.line());
        }
        assertTrue(arrived().contains("Received: from secure.example ([127.0.0.1])"), arrived());
        assertTrue(arrived().contains(" with ESMTPSA id "), arrived());
    }

    @Test
    void jakartaMailSendsWithTls() throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.trust", "127.0.0.1");
        properties.put("mail.smtp.auth.mechanisms", "PLAIN");
        properties.put("mail.smtp.timeout", "20000");
        var session = Session.getInstance(properties);
        var mail = new MimeMessage(session);
        mail.setRecipients(Message.RecipientType.TO, "alice@example.org");
        mail.setText("x");
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", server.address("smtp").getPort(), "alice", "secret");
            transport.sendMessage(mail, mail.getAllRecipients());
        }
        assertTrue(arrived().contains(" with ESMTPSA id "), arrived());
    }

    private String arrived() {
        return new String(server.trace().live().server().account("alice").orElseThrow().inbox().messages().lastEntry()
                .getValue().content().octets(), StandardCharsets.ISO_8859_1);
    }
}
