package dev.mailscope.server.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** The SMTP listener over real sockets, to the letter of RFC 5321. */
@Timeout(60)
class SmtpListenerTest {
    private static final List<AccountConfig> ACCOUNTS = List.of(new AccountConfig("alice", "secret").withSecretKept(),
            new AccountConfig("bob", "builder"), new AccountConfig("zo\u00EB", "gr\u00FCn"));

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Handler errorCollector = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                errors.add(logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {
            // kept in memory
        }

        @Override
        public void close() {
            // nothing to close
        }
    };
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        Logger.getLogger("").addHandler(errorCollector);
        open(Limits.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
        Logger.getLogger("").removeHandler(errorCollector);
        assertEquals(List.of(), errors);
        assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.contains("smtp")).toList());
    }

    @Test
    void aMessageArrivesInTheInboxWithItsTraceFields() throws IOException {
        try (var client = greeted()) {
            assertEquals("250 Ok", client.ask("MAIL FROM:<friend@example.org>"));
            assertEquals("250 Ok", client.ask("RCPT TO:<alice@anything.example>"));
            assertEquals("354 End data with <CR><LF>.<CR><LF>", client.ask("DATA"));
            client.send("Subject: Hi\r\n\r\n..dot\r\n.\r\n");
            assertEquals("250 2.6.0 Delivered to 1 account.", client.reply());
            assertEquals("221 Bye", client.ask("QUIT"));
            assertNull(client.reply());
        }
        var message = only("alice");
        var text = text(message);
        assertTrue(text.matches("(?s)Return-Path: <friend@example\\.org>\r\n"
                + "Received: from client\\.example \\(\\[127\\.0\\.0\\.1]\\)\r\n"
                + "\tby mailscope\\.localhost \\(Mailscope\\) with ESMTP id \\d+\r\n"
                + "\tfor <alice@anything\\.example>;\r\n"
                + "\t(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\r\n"
                + "Subject: Hi\r\n\r\n\\.dot\r\n"), text);
        assertEquals(Flags.NONE, message.flags());
    }

    @Test
    void aDeliveryIsOneTransactionThatItsEventCauses() throws IOException {
        var version = server.trace().live().server().version();
        try (var client = greeted()) {
            client.ask("MAIL FROM:<>");
            client.ask("RCPT TO:<alice>");
            client.ask("RCPT TO:<bob@b.example>");
            client.ask("RCPT TO:<alice@again.example>");
            client.ask("DATA");
            client.send("Subject: Hi\r\n\r\n.\r\n");
            assertEquals("250 2.6.0 Delivered to 2 accounts.", client.reply());
        }
        assertEquals(version + 1, server.trace().live().server().version());
        assertSame(only("alice").content(), only("bob").content());
        assertTrue(text(only("bob")).startsWith("Return-Path: <>\r\n"));
        assertTrue(!text(only("bob")).contains("alice"), "bob learns of alice");
        var delivery = events().stream().filter(event -> event.what() instanceof What.Delivery).findFirst()
                .orElseThrow();
        var what = (What.Delivery) delivery.what();
        assertTrue(what.peer().matches("127\\.0\\.0\\.1:\\d+"));
        assertEquals(List.of("alice", "bob@b.example", "alice@again.example"), what.recipients());
        assertTrue(text(only("alice")).contains(" id " + delivery.number() + "\r\n"));
        var change = events().getLast();
        assertTrue(change.what() instanceof What.StateChanged(var v, var changes) && changes.size() == 2);
        assertEquals(delivery.number(), change.cause());
    }

    @Test
    void anUnknownRecipientIsRefusedAndTheOthersGetIt() throws IOException {
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            assertEquals("550 5.1.1 No account has this address.", client.ask("RCPT TO:<nobody@example.org>"));
            assertEquals("503 Error: need RCPT command", client.ask("DATA"));
            assertEquals("550 5.1.1 No account has this address.", client.ask("RCPT TO:<Alice@example.org>"));
            assertEquals("250 Ok", client.ask("RCPT TO:<bob>"));
            client.ask("DATA");
            client.send("\r\n.\r\n");
            assertEquals("250 2.6.0 Delivered to 1 account.", client.reply());
        }
        assertEquals(0, inbox("alice").size());
        assertTrue(text(only("bob")).endsWith("\r\n\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"alice@example.org, alice", "\"alice\"@example.org, alice", "\"al\\ice\"@example.org, alice",
        "'@relay.example,@b.example:alice@example.org', alice", "postmaster, alice", "PostMaster@example.org, alice",
        "alice@[127.0.0.1], alice", "zo\u00EB@example.org, zo\u00EB", "zoe\u0308@example.org, zo\u00EB"})
    void recipientsAreFoundByTheirLocalPart(String recipient, String account) throws IOException {
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b> SMTPUTF8");
            assertEquals("250 Ok", client.ask("RCPT TO:<" + recipient + ">"));
            client.ask("DATA");
            client.send("\r\n.\r\n");
            assertTrue(client.reply().startsWith("250 "));
        }
        only(account);
    }

    @Test
    void anAccountThatIsCalledLikeTheWholeAddressComesFirst() throws IOException {
        server.createAccount("alice@example.org", "x");
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice@example.org>");
            client.ask("DATA");
            client.send("\r\n.\r\n");
            client.reply();
        }
        only("alice@example.org");
        assertEquals(0, inbox("alice").size());
    }

    @Test
    void theMessageIsTakenToTheOctet() throws IOException {
        // Dots, bare line ends that end nothing (a smuggled message would begin behind them), any octet.
        var body = "A: b\r\n\r\n..\r\n.x\n.\nMAIL FROM:<x>\n.\r\n\r.\r\n\u0000\u0080\u00FF\r\r\n".getBytes(
                StandardCharsets.ISO_8859_1);
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b> BODY=8BITMIME");
            client.ask("RCPT TO:<alice>");
            client.ask("DATA");
            client.send(new String(body, StandardCharsets.ISO_8859_1).replace("\r\n.", "\r\n..")
                    .getBytes(StandardCharsets.ISO_8859_1));
            client.send(".\r\n");
            assertTrue(client.reply().startsWith("250 "));
        }
        assertTrue(text(only("alice")).endsWith(new String(body, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedAndTheTransactionIsOver() throws IOException {
        open(Limits.DEFAULT.withMessage(100));
        try (var client = greeted()) {
            assertEquals("552 5.3.4 The message is larger than 100 octets.", client.ask("MAIL FROM:<a@b> SIZE=101"));
            assertEquals("552 5.3.4 The message is larger than 100 octets.",
                    client.ask("MAIL FROM:<a@b> BODY=7BIT SIZE=99999999999999999999"));
            assertEquals("250 Ok", client.ask("MAIL FROM:<a@b> SIZE=100 BODY=7BIT"));
            client.ask("RCPT TO:<alice>");
            client.ask("DATA");
            client.send("x".repeat(99) + "\r\nQUIT\r\n.\r\n");
            assertEquals("552 5.3.4 The message is larger than 100 octets.", client.reply());
            assertEquals("503 5.5.1 Error: need MAIL command", client.ask("RCPT TO:<alice>"));
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice>");
            client.ask("DATA");
            client.send("x".repeat(98) + "\r\n.\r\n");
            assertTrue(client.reply().startsWith("250 "));
        }
        only("alice");
    }

    @Test
    void recipientsAndConnectionsAreLimited() throws IOException {
        open(Limits.DEFAULT.withRecipients(2).withConnections(1));
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice>");
            client.ask("RCPT TO:<bob>");
            assertEquals("452 Error: too many recipients", client.ask("RCPT TO:<alice@b>"));
            try (var other = new SmtpClient(server.address("smtp"))) {
                assertEquals("421 4.3.2 There are too many connections: try again later.", other.reply());
                assertNull(other.reply());
            }
        }
    }

    @Test
    void aClientThatIsSilentIsLeft() throws IOException {
        open(Limits.DEFAULT.withIdle(Duration.ofMinutes(1), Duration.ofMillis(50)));
        try (var client = new SmtpClient(server.address("smtp"))) {
            client.reply();
            assertEquals("421 Timeout waiting for data from client.", client.reply());
            assertNull(client.reply());
        }
    }

    @Test
    void aServerThatStopsSaysSo() throws IOException {
        try (var client = greeted()) {
            server.stop();
            assertEquals("421 4.3.2 The server stops; nothing is delivered that has not been acknowledged.",
                    client.reply());
            assertNull(client.reply());
        }
        server.start();
        greeted().close();
    }

    @Test
    void aMessageThatIsCutOffIsNotDelivered() throws IOException {
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice>");
            client.ask("DATA");
            client.send("Subject: Hi\r\n\r\nHello\r\n.");
        }
        server.stop();
        assertEquals(0, inbox("alice").size());
    }

    @Test
    void nobodyHasAMessageThatOneCannotHave() throws IOException {
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice>");
            client.ask("RCPT TO:<bob>");
            server.removeAccount("bob");
            client.ask("DATA");
            client.send("\r\n.\r\n");
            assertEquals("550 5.1.1 A recipient's account is gone; nobody has it.", client.reply());
            assertEquals("250 Ok", client.ask("MAIL FROM:<a@b>"));
        }
        assertEquals(0, inbox("alice").size());
    }

    @Test
    void nobodyHasAMessageThatIsBeyondAQuota() throws IOException {
        server.createAccount(new AccountConfig("dora", "x").withQuota(Quota.NONE.with(QuotaResource.MESSAGE, 1)));
        try (var client = greeted()) {
            for (var answer : List.of("250 2.6.0 Delivered to 2 accounts.",
                    "452 4.2.2 A recipient's quota is used up; nobody has it.")) {
                client.ask("MAIL FROM:<a@b>");
                client.ask("RCPT TO:<alice>");
                client.ask("RCPT TO:<dora>");
                client.ask("DATA");
                client.send("\r\n.\r\n");
                assertEquals(answer, client.reply());
            }
            assertEquals("250 Ok", client.ask("MAIL FROM:<a@b>"));
        }
        assertEquals(1, inbox("alice").size());
        assertEquals(1, inbox("dora").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void commandsMayBePipelined(int chunk) throws IOException {
        var batch = ("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<nobody>\r\nRCPT TO:<alice>\r\nDATA\r\n"
                + "Subject: Hi\r\n\r\nx\r\n.\r\nNOOP\r\nMAIL FROM:<>\r\nRCPT TO:<bob>\r\nRSET\r\nQUIT\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (var client = new SmtpClient(server.address("smtp"))) {
            for (var from = 0; from < batch.length; from += chunk) {
                client.send(Arrays.copyOfRange(batch, from, Math.min(batch.length, from + chunk)));
            }
            for (var code : List.of("220", "250", "250", "550", "250", "354", "250", "250", "250", "250", "250",
                    "221")) {
                assertEquals(code, client.reply().substring(0, 3));
            }
            assertNull(client.reply());
        }
        assertTrue(text(only("alice")).endsWith("Subject: Hi\r\n\r\nx\r\n"));
    }

    @Test
    void ehloTellsWhatIsWholeAndNothingElse() throws IOException {
        try (var client = new SmtpClient(server.address("smtp"))) {
            assertEquals("220 mailscope.localhost ESMTP Mailscope", client.reply());
            assertEquals("250-mailscope.localhost/250-PIPELINING/250-8BITMIME/250-SMTPUTF8/250-STARTTLS/"
                    + "250-AUTH SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN/250 SIZE 52428800",
                    client.ask("EHLO [127.0.0.1]"));
            assertEquals("502 5.5.1 There is no CHUNKING here, and so no BDAT: goodbye.", client.ask("BDAT 4 LAST"));
            assertNull(client.reply());
        }
        ACCOUNTS.forEach(account -> server.removeAccount(account.user()));
        try (var client = new SmtpClient(server.address("smtp"))) {
            client.reply();
            assertTrue(!client.ask("EHLO c").contains("AUTH"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "MAILX FROM:<a@b>|500", "XYZW|500", "EHLO|501", "EHLO a b|501", "HELO|501", "HELO a b|501",
        "MAIL|501", "MAIL FROM|501", "MAIL FROM:|501", "MAIL FROM:a@b|501", "MAIL TO:<a@b>|501", "MAIL FROM:<a@b|501",
        "MAIL FROM:<a@b>SIZE=1|501", "MAIL FROM:<a@b>  SIZE=1|501", "MAIL FROM:<a b@c>|553", "MAIL FROM:<@b>|553",
        "MAIL FROM:<a@b> SIZE=x|501", "MAIL FROM:<a@b> SIZE|501", "MAIL FROM:<a@b> SIZE=123456789012345678901|501",
        "MAIL FROM:<a@b> BODY=BINARYMIME|501", "MAIL FROM:<a@b> SMTPUTF8=1|501", "MAIL FROM:<a@b> RET=FULL|555",
        "MAIL FROM:<\u00FC@b>|553", "RCPT TO:<alice>|503", "DATA|503", "DATA now|501", "RSET now|501", "QUIT now|501",
        "AUTH|501", "AUTH PLAIN a b|501", "AUTH NONE|504", "AUTH EXTERNAL|538", "AUTH PLAIN !|501", "AUTH PLAIN a|501",
        "AUTH PLAIN AGEAYg==|535", "AUTH CRAM-MD5 YQ==|501", "STARTTLS now|501", "NOOP|250", "noop anything|250",
        "RSET |250", "mail from: <a@b>|250", "MAIL FROM:<a@b> size=1 body=8bitmime smtputf8 auth=<>|250",
        "MAIL FROM:<\"a b\"@c>|250"})
    void whateverIsWrongGetsTheCodeThatSaysSo(String line, String code) throws IOException {
        try (var client = greeted()) {
            var reply = client.ask(line);
            assertEquals(code, reply.substring(0, 3), reply);
            assertTrue(client.ask("RSET").startsWith("250 "));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RCPT|501", "RCPT TO:|501", "RCPT TO:alice|501", "RCPT FROM:<alice>|501",
        "RCPT TO:<>|553", "RCPT TO:<a b>|553", "RCPT TO:<alice> NOTIFY=NEVER|555", "MAIL FROM:<b@c>|503",
        "AUTH PLAIN AGEAYg==|503", "DATA|503"})
    void whateverIsWrongInATransactionLeavesItAsItWas(String line, String code) throws IOException {
        try (var client = greeted()) {
            client.ask("MAIL FROM:<a@b>");
            var reply = client.ask(line);
            assertEquals(code, reply.substring(0, 3), reply);
            assertEquals("250 Ok", client.ask("RCPT TO:<alice>"));
        }
    }

    @Test
    void mailBeforeAGreetingIsOutOfOrder() throws IOException {
        try (var client = new SmtpClient(server.address("smtp"))) {
            client.reply();
            assertEquals("503 5.5.1 EHLO comes first.", client.ask("MAIL FROM:<a@b>"));
            assertEquals("250 mailscope.localhost", client.ask("HELO what?ever"));
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<alice>");
            client.ask("DATA");
            client.send("\r\n.\r\n");
            client.reply();
        }
        assertTrue(text(only("alice")).contains("Received: from [127.0.0.1] ([127.0.0.1])\r\n\tby mailscope.localhost"
                + " (Mailscope) with SMTP id"), text(only("alice")));
    }

    @Test
    void whoeverHasLoggedInIsNotedAsSuch() throws IOException {
        try (var client = greeted()) {
            assertEquals("334 ", client.ask("AUTH PLAIN"));
            assertEquals("501 Authentication canceled by client.", client.ask("*"));
            assertEquals("334 ", client.ask("AUTH PLAIN"));
            assertTrue(client.ask("").startsWith("501 "));
            assertEquals("334 " + base64("Username:"), client.ask("AUTH LOGIN"));
            assertEquals("334 " + base64("Password:"), client.ask(base64("zo\u00EB")));
            assertEquals("535 ", client.ask(base64("wrong")).substring(0, 4));
            assertEquals("235 Authentication successful.", client.ask("AUTH PLAIN " + base64("\0alice\0secret")));
            assertEquals("503 ", client.ask("AUTH PLAIN " + base64("\0alice\0secret")).substring(0, 4));
            client.ask("MAIL FROM:<a@b>");
            client.ask("RCPT TO:<bob>");
            client.ask("DATA");
            client.send("\r\n.\r\n");
            client.reply();
        }
        assertTrue(text(only("bob")).contains(" with ESMTPA id "));
        for (var event : events()) {
            assertTrue(!event.toString().contains("secret") && !event.toString().contains(base64("\0alice\0secret")));
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        var port = server.address("smtp").getPort();
        try (var second = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(port))) {
            assertEquals("cannot listen for SMTP on 127.0.0.1:" + port + ": the port is taken",
                    assertThrows(BindException.class, second::start).getMessage());
            assertTrue(!second.isRunning());
        }
    }

    @Test
    void withoutAPortThereIsNoSmtp() throws IOException {
        try (var other = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            other.start();
            assertEquals(List.of("imap", "pop3"),
                    other.endpoints().stream().map(endpoint -> endpoint.protocol()).toList());
        }
    }

    @Test
    void anyOctetsAreAnsweredAndDeliverNothing() throws IOException {
        var random = new Random(3);
        var words = List.of("MAIL", "RCPT", "FROM:", "TO:", "<", ">", "<a@b>", "<>", " ", "SIZE=", "9", "AUTH", "PLAIN",
                "LOGIN", "EHLO", "HELO", "RSET", "NOOP", "HELP", "VRFY", "EXPN", "alice", "\u00FC", "\"", "\\", "=",
                "*", "BODY=8BITMIME", "STARTTLS", "\t", "\0", "@", ":", ",", "BDAT 1");
        for (var round = 0; round < 200; round++) {
            try (var client = new SmtpClient(server.address("smtp"))) {
                client.reply();
                for (var lines = random.nextInt(20); lines > 0; lines--) {
                    var line = new StringBuilder();
                    for (var i = random.nextInt(8); i > 0; i--) {
                        line.append(words.get(random.nextInt(words.size())));
                    }
                    var reply = client.ask(line.toString());
                    if (reply == null || reply.equals("220 Ready to start TLS")) {
                        break;
                    }
                    assertTrue(reply.matches("(?s)[2-5]\\d\\d[ -].*"), reply);
                    assertTrue(!reply.startsWith("421 4.3.0") && !reply.startsWith("451"), line + " -> " + reply);
                }
            }
        }
        assertTrue(server.trace().live().server().accounts().values().stream().allMatch(a -> a.inbox().size() == 0));
    }

    private void open(Limits limits) throws IOException {
        if (server != null) {
            server.close();
        }
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withAccounts(ACCOUNTS)
                .withLimits(limits));
        server.start();
    }

    private SmtpClient greeted() throws IOException {
        var client = new SmtpClient(server.address("smtp"));
        client.reply();
        client.ask("EHLO client.example");
        return client;
    }

    private List<TraceEvent> events() {
        return server.trace().events(server.trace().first(), 10_000);
    }

    private Folder inbox(String account) {
        return server.trace().live().server().account(account).orElseThrow().inbox();
    }

    private Message only(String account) {
        assertEquals(1, inbox(account).size());
        return inbox(account).messages().firstEntry().getValue();
    }

    private static String text(Message message) {
        return new String(message.content().octets(), StandardCharsets.ISO_8859_1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
