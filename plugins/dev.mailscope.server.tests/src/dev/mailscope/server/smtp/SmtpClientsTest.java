package dev.mailscope.server.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;

/** Mail programs that other people wrote send to the accounts. */
@Timeout(60)
class SmtpClientsTest {
    @TempDir
    private Path home;
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withAccounts(
                List.of(new AccountConfig("alice", "secret"), new AccountConfig("bob", "builder"))));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void jakartaMailSendsToItselfAndReadsItOverImapAndPop3() throws Exception {
        var session = session("PLAIN");
        var mail = new MimeMessage(session);
        mail.setFrom("alice@example.org");
        mail.setRecipients(Message.RecipientType.TO, InternetAddress.parse("alice@example.org, Bob <bob@b.example>"));
        mail.setSubject("Gr\u00FC\u00DFe", "UTF-8");
        mail.setText(".\r\n..\r\nGr\u00FC\u00DFe\r\n", "UTF-8");
        send(session, mail, "secret");
        for (var protocol : List.of("imap", "pop3")) {
            try (var store = session.getStore(protocol)) {
                store.connect("127.0.0.1", server.address(protocol).getPort(), "alice", "secret");
                var inbox = store.getFolder("INBOX");
                inbox.open(Folder.READ_ONLY);
                assertEquals("Gr\u00FC\u00DFe", inbox.getMessage(1).getSubject());
                // In OSGi getContent finds no handler that makes text of it.
                assertEquals(".\r\n..\r\nGr\u00FC\u00DFe\r\n", new String(
                        inbox.getMessage(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                assertEquals("<alice@example.org>", inbox.getMessage(1).getHeader("Return-Path")[0]);
            }
        }
        assertTrue(only("bob").contains(" with ESMTPA id "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void jakartaMailIsRefusedWithAWrongPassword(String mechanism) throws Exception {
        var session = session(mechanism);
        var mail = new MimeMessage(session);
        assertThrows(AuthenticationFailedException.class, () -> send(session, mail, "wrong"));
        mail.setRecipients(Message.RecipientType.TO, "nobody@example.org");
        mail.setText("x");
        assertThrows(SendFailedException.class, () -> send(session, mail, "secret"));
    }

    @Test
    void curlSendsAFile() throws Exception {
        var mail = Files.writeString(home.resolve("mail.eml"), "Subject: From curl\r\n\r\n.Hello\r\n");
        run("curl", "-sS", url(), "--mail-from", "me@example.org", "--mail-rcpt", "alice@example.org", "--mail-rcpt",
                "bob@example.org", "-T", mail.toString());
        assertTrue(only("alice").endsWith(Files.readString(mail)));
        assertEquals(only("alice"), only("bob"));
    }

    @Test
    void curlLogsInAndSends() throws Exception {
        var mail = Files.writeString(home.resolve("mail.eml"), "Subject: From curl\r\n\r\nHello\r\n");
        run("curl", "-sS", url(), "-u", "bob:builder", "--mail-from", "bob@example.org", "--mail-rcpt",
                "alice@example.org", "-T", mail.toString());
        assertTrue(only("alice").contains(" with ESMTPA id "));
    }

    @Test
    void smtplibSendsAndLearnsWhoIsUnknown() throws Exception {
        var script = Files.writeString(home.resolve("send.py"), """
                import email.policy, smtplib, sys
                from email.message import EmailMessage
                m = EmailMessage(policy=email.policy.SMTP)
                m["From"] = "alice@example.org"
                m["To"] = "alice@example.org"
                m["Subject"] = "Gr\\u00fc\\u00dfe"
                m.set_content("Hello\\n.\\n.x\\n")
                with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as s:
                    s.ehlo()
                    assert s.has_extn("pipelining") and s.has_extn("smtputf8")
                    s.login("alice", "secret")
                    refused = s.sendmail("alice@example.org", ["alice@example.org", "nobody@example.org"], m.as_bytes(),
                        ["SIZE=%d" % len(m.as_bytes()), "BODY=8BITMIME"])
                    print(refused["nobody@example.org"][0])
                """);
        assertEquals("550\n", run("python3", script.toString(), String.valueOf(server.address("smtp").getPort())));
        assertTrue(only("alice").endsWith("\r\n\r\nHello\r\n.\r\n.x\r\n"), only("alice"));
    }

    private Session session(String mechanism) {
        var properties = new Properties();
        properties.put("mail.smtp.auth.mechanisms", mechanism);
        properties.put("mail.smtp.timeout", "20000");
        return Session.getInstance(properties);
    }

    private void send(Session session, Message mail, String password) throws MessagingException {
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", server.address("smtp").getPort(), "alice", password);
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        var errors = home.resolve("errors.txt");
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), command[0] + " did not end");
        assertEquals(0, process.exitValue(), command[0] + ": " + Files.readString(errors));
        return answer;
    }

    private String url() {
        return "smtp://127.0.0.1:" + server.address("smtp").getPort() + "/client.example";
    }

    private String only(String account) {
        var messages = server.trace().live().server().account(account).orElseThrow().inbox().messages();
        assertEquals(1, messages.size());
        return new String(messages.firstEntry().getValue().content().octets(), StandardCharsets.ISO_8859_1);
    }
}
