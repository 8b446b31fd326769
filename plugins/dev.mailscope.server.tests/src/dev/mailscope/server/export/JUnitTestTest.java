package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;
import jakarta.mail.Folder;
import jakarta.mail.Session;

@Timeout(120)
class JUnitTestTest {
    private static final Map<String, String> PASSWORDS = Map.of("ALICE", "another Pass\"word\\");

    @TempDir
    private Path folder;

    @Test
    void anImapSessionComesTrueOnAnotherServerAndFailsWhenAnAnswerIsAltered() throws Exception {
        try (var recorded = imap(); var server = server()) {
            var source = Exports.text(Format.JUNIT, Selection.all(recorded.recording()));
            assertEquals("", run(source, server));
            // The second time the account holds what the first left behind, and the UIDs of its INBOX are higher.
            assertTrue(run(source, server).contains("The account alice is not empty"));
            assertEquals("", run(source, server, "-Dmail.clear=true"));
            var altered = source.replace("* 3 EXPUNGE", "* 2 EXPUNGE");
            assertFalse(altered.equals(source));
            var why = run(altered, server, "-Dmail.clear=true");
            assertTrue(why.contains("session 1, after a7 EXPUNGE: another answer ==> expected: <* 2 EXPUNGE> but was: "
                    + "<* 3 EXPUNGE>"), why);
        }
    }

    @Test
    void aPop3SessionComesTrueOnAnotherServerAndFailsWhenAnAnswerIsAltered() throws Exception {
        try (var recorded = pop3(); var server = server()) {
            var source = Exports.text(Format.JUNIT, Selection.all(recorded.recording()));
            assertEquals("", run(source, server));
            var altered = source.replace("+OK Message 2 is marked", "+OK Message 3 is marked");
            assertFalse(altered.equals(source));
            var why = run(altered, server, "-Dmail.clear=true");
            assertTrue(why.contains("after DELE 2: another answer"), why);
        }
    }

    @Test
    void everyAnswerIsExpected() throws Exception {
        try (var recorded = imap(); var server = server()) {
            var source = Exports.text(Format.JUNIT, Selection.all(recorded.recording()));
            var answers = source.lines().filter(line -> line.startsWith("        server(")).count();
            var responses = recorded.recording().events(1, 10_000).stream()
                    .filter(event -> event.what() instanceof What.Response).count();
            assertEquals(responses, answers);
        }
    }

    @Test
    void aSelectionBeginsWithTheStateThereAndTellsWhatTheOthersDo() throws Exception {
        try (var recorded = imap(); var server = server()) {
            var source = Exports.text(Format.JUNIT, Selection.all(recorded.recording()).ofSessions(2L));
            assertTrue(source.contains("flags(\"alice\", \"INBOX\", 6L, \"\\\\Deleted"), source);
            assertTrue(source.contains("expunge(\"alice\", \"INBOX\", 6L);"), source);
            assertFalse(source.contains("client(1,"));
            assertEquals("", run(source, server));
        }
    }

    @Test
    void nothingInItIsTakenForJava() throws Exception {
        try (var recorded = server(new TestServer()); var server = server()) {
            var client = recorded.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            client.ask("a2 CREATE \"*/ \\\\u002a/ } ${x}\"");
            client.ask("a3 CREATE \"@PARTS@ \\\\u0022);\"");
            client.ask("a4 LIST \"\" \"%\"");
            client.ask("a5 APPEND INBOX {22+}\r\nA: ${$}\r\n\r\n@CALLS@\r\n\\\r");
            client.ask("a6 SELECT INBOX");
            client.ask("a7 FETCH * BODY[]");
            assertEquals("", run(Exports.text(Format.JUNIT, Selection.all(recorded.recording())), server));
        }
    }

    @Test
    void whatIsTooMuchForAClassSaysSo() throws IOException {
        try (var recorded = server(new TestServer())) {
            var client = recorded.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            for (var i = 0; i < 7_000; i++) {
                client.ask("b" + i + " NOOP");
            }
            var refused = assertThrows(IOException.class, () -> Exports.text(Format.JUNIT,
                    Selection.all(recorded.recording())));
            assertEquals("What is selected is too much for one Java class; select fewer events or sessions.",
                    refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void whatJakartaMailDidWithTlsComesTrueAgain(String protocol) throws Exception {
        try (var recorded = server(); var server = server()) {
            for (var i = 1; i <= 3; i++) {
                recorded.deliver("alice", "INBOX", Flags.NONE, TestServer.NOW, ("Subject: " + i
                        + "\r\nFrom: a@example.org\r\n\r\nText " + i + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            var properties = new Properties();
            properties.put("mail." + protocol + ".starttls.required", "true");
            properties.put("mail." + protocol + ".ssl.trust", "*");
            properties.put("mail.imap.compress.enable", "true");
            properties.put("mail.imap.auth.mechanisms", "PLAIN");
            try (var store = Session.getInstance(properties).getStore(protocol)) {
                store.connect("127.0.0.1", recorded.address(protocol).getPort(), "alice", PASSWORDS.get("ALICE"));
                var inbox = store.getFolder("INBOX");
                inbox.open(Folder.READ_WRITE);
                for (var message : inbox.getMessages()) {
                    assertEquals("Text", new String(message.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
                }
                inbox.getMessage(2).setFlag(jakarta.mail.Flags.Flag.DELETED, true);
                inbox.close(true);
            }
            var source = Exports.text(Format.JUNIT, Selection.all(recorded.trace()));
            assertTrue(source.contains("startTls(1, "), source);
            assertEquals(protocol.equals("imap"), source.contains("startCompression(1, "));
            assertEquals("", run(source, server, "-Dmail.imap.ssl.trust=*", "-Dmail.pop3.ssl.trust=*"));
        }
    }

    private String run(String source, MailServer server, String... options) throws Exception {
        return GeneratedTest.compiled(source, folder).run(server.address("imap").getPort(),
                server.address("pop3").getPort(), PASSWORDS, options);
    }

    /** A server elsewhere, with an empty account. */
    private static MailServer server() throws IOException {
        var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withAccounts(List.of(
                new AccountConfig("alice", PASSWORDS.get("ALICE")).withSecretKept())));
        server.start();
        return server;
    }

    private static TestServer imap() throws IOException {
        var server = server(new TestServer());
        var one = server.connect("imap");
        var two = server.connect("imap");
        one.ask("a0 CAPABILITY");
        one.ask("a1 LOGIN alice wrong");
        one.ask("a1 LOGIN alice wonderland");
        two.ask("b1 AUTHENTICATE PLAIN");
        two.ask("AGFsaWNlAHdvbmRlcmxhbmQ=");
        one.ask("a2 SELECT INBOX");
        two.ask("b2 SELECT INBOX (CONDSTORE)");
        one.ask("a3 FETCH 1:* (UID FLAGS INTERNALDATE BODY[])");
        one.ask("a4 APPEND INBOX (\\Seen) {25}");
        one.ask("Subject: new\r\n\r\nText \u00FC...");
        one.ask("a5 UID SEARCH UID 5:*");
        two.ask("b3 IDLE");
        one.ask("a6 UID STORE 6 +FLAGS (\\Deleted)");
        server.settle(); // who idles is told at once
        one.ask("a7 EXPUNGE");
        server.settle();
        two.ask("DONE");
        one.ask("a8 UID COPY 5 \"two words\"");
        one.ask("a9 FETCH");
        one.ask("a10 STATUS INBOX (UIDNEXT UIDVALIDITY MESSAGES)");
        one.ask("a11 LIST \"\" * RETURN (SUBSCRIBED)");
        two.ask("b4 FETCH 1:* (FLAGS MODSEQ)");
        two.ask("b5 LOGOUT");
        one.ask("a12 LOGOUT");
        return server;
    }

    private static TestServer pop3() throws IOException {
        var server = server(new TestServer());
        var client = server.connect("pop3");
        client.ask("CAPA");
        client.ask("USER alice");
        client.ask("PASS wonderland");
        client.ask("STAT");
        client.ask("LIST");
        client.ask("UIDL");
        client.ask("RETR 2");
        client.ask("TOP 1 0");
        client.ask("DELE 2");
        client.ask("DELE 9");
        client.ask("QUIT");
        var again = server.connect("pop3");
        again.ask("AUTH PLAIN");
        again.ask("AGFsaWNlAHdvbmRlcmxhbmQ=");
        again.ask("LIST");
        again.ask("QUIT");
        return server;
    }

    private static TestServer server(TestServer server) {
        server.tls(new TlsPolicy(true, true), false); // as MailServer has it
        server.withoutUtf8();
        server.account("alice", "wonderland");
        server.folder("alice", "two words");
        server.subscribe("alice", "two words", true);
        for (var i = 1; i <= 7; i++) {
            server.deliver("alice", "INBOX", ("Subject: " + i + "\r\n\r\n.dot\r\n${x} \\u0041 \u00E9 \"q\"\r\n")
                    .getBytes(StandardCharsets.UTF_8), i % 2 == 0 ? Flags.of("\\Seen", "word") : Flags.NONE,
                    TestServer.NOW.minusDays(i));
        }
        for (var gone : List.of(2L, 3L, 4L, 7L)) {
            server.remove("alice", "INBOX", gone);
        }
        return server;
    }
}
