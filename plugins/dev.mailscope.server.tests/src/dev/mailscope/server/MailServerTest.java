package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.trace.What;

@Timeout(30)
class MailServerTest {
    private static final ServerConfig SAMPLE = ServerConfig.sample().withPorts(0, 0);
    private static final byte[] DINNER = "Subject: Dinner\r\n\r\nAt eight?\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void anAccountIsMadeWithWhatOpensItOrNotAtAll() throws IOException {
        try (var server = MailServer.open(ServerConfig.sample())) {
            server.createAccount(new AccountConfig("bob", "secret").withToken("t0ken"));
            assertThrows(MailboxException.class, () -> server.createAccount("bob", "other"));
            // RFC 4013: the same name in another script form.
            assertThrows(IllegalArgumentException.class, () -> server.createAccount("\uFF42ob", "secret"));
            assertThrows(MailboxException.class, () -> server.changeTokens("nobody", Set.of("t0ken")));
            assertThrows(MailboxException.class, () -> server.changeCertificate("nobody", null));
            assertEquals(Set.of("alice", "bob"), server.trace().live().server().accounts().keySet());
        }
        assertThrows(IllegalArgumentException.class, () -> new AccountConfig("bob", ""));
        assertThrows(IllegalArgumentException.class, () -> new AccountConfig("bob", "sec\u0007ret"));
        assertThrows(IllegalArgumentException.class, () -> new AccountConfig("bob", "secret").withToken("two words"));
    }

    @Test
    void theSampleHasThreeMailsAndTheUsualFolders() throws IOException {
        try (var server = MailServer.open(SAMPLE)) {
            assertEquals(List.of("Drafts", "INBOX", "Projects", "Sent", "Trash"),
                    List.copyOf(alice(server).folders().keySet()));
            assertEquals(3, alice(server).inbox().size());
            assertEquals(3, alice(server).inbox().unseen());
        }
    }

    @Test
    void mailAndTraceOutliveAStop() throws IOException {
        try (var server = MailServer.open(SAMPLE)) {
            server.start();
            assertTrue(server.isRunning());
            server.deliver("alice", "INBOX", DINNER);
            server.stop();
            assertFalse(server.isRunning());
            assertEquals(List.of(), server.endpoints());
            server.start();
            assertEquals(4, alice(server).inbox().size());
            assertEquals(2, server.endpoints().size());
        }
    }

    @Test
    void severalServersRunAtOnce() throws IOException {
        try (var one = MailServer.open(SAMPLE); var two = MailServer.open(SAMPLE)) {
            one.start();
            two.start();
            one.deliver("alice", "INBOX", DINNER);
            assertEquals(4, alice(one).inbox().size());
            assertEquals(3, alice(two).inbox().size());
            assertNotEquals(one.address("imap"), two.address("imap"));
        }
    }

    @Test
    void aTakenPortIsNamedAndNothingListens() throws IOException {
        try (var one = MailServer.open(SAMPLE)) {
            one.start();
            var taken = one.address("imap").getPort();
            try (var two = MailServer.open(SAMPLE.withPorts(0, taken))) {
                var refused = assertThrows(BindException.class, two::start);
                assertTrue(refused.getMessage().contains("POP3") && refused.getMessage().contains(":" + taken),
                        refused.getMessage());
                assertFalse(two.isRunning());
                two.changePorts(0, 0);
                two.start();
                assertTrue(two.isRunning());
            }
        }
    }

    @Test
    void aPortThatIsTakenAtTheRestartIsNamedAndNothingIsLost() throws IOException {
        try (var server = MailServer.open(SAMPLE)) {
            server.start();
            var port = server.address("imap").getPort();
            server.stop();
            server.changePorts(port, 0);
            server.deliver("alice", "INBOX", DINNER);
            try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                var refused = assertThrows(BindException.class, server::start);
                assertTrue(refused.getMessage().contains("IMAP") && refused.getMessage().contains(
                        ":" + other.getLocalPort() + ": the port is taken"), refused.getMessage());
                assertFalse(server.isRunning());
                assertEquals(List.of(), server.endpoints());
                server.deliver("alice", "INBOX", DINNER);
            }
            server.start();
            assertEquals(port, server.address("imap").getPort());
            assertEquals(5, alice(server).inbox().size());
        }
    }

    @Test
    void aResetBringsTheSampleBackUnderNewUidValidity() throws IOException {
        try (var server = MailServer.open(SAMPLE)) {
            var before = alice(server).inbox();
            server.deliver("alice", "INBOX", DINNER);
            server.createAccount("bob", "other");
            server.reset();
            assertEquals(3, alice(server).inbox().size());
            assertTrue(alice(server).inbox().uidValidity() > before.uidValidity());
            assertTrue(server.trace().live().server().account("bob").isEmpty());
        }
    }

    @Test
    void aDeliveryIsATracedChange() throws IOException {
        try (var server = MailServer.open(SAMPLE)) {
            var before = server.trace().last();
            server.deliver("alice", "INBOX", DINNER);
            var event = server.trace().event(before + 1);
            assertEquals("INBOX", event.folder());
            assertEquals(1, ((What.StateChanged) event.what()).changes().size());
            assertThrows(MailboxException.class, () -> server.deliver("alice", "Nowhere", DINNER));
            assertThrows(MailboxException.class, () -> server.deliver("nobody", "INBOX", DINNER));
        }
    }

    @Test
    void mailIsReadFromAFolderAndItsSubfolders() throws IOException {
        Files.write(folder.resolve("b.eml"), DINNER);
        Files.writeString(folder.resolve("a.eml"), "Subject: unix\n\nline\n");
        Files.writeString(folder.resolve("notes.txt"), "no mail");
        Files.createDirectories(folder.resolve("Work/2026"));
        Files.write(folder.resolve("Work/2026/c.eml"), DINNER);
        try (var server = MailServer.open(SAMPLE.withMail(new AccountMail.Files(folder)))) {
            assertEquals(List.of("INBOX", "Work", "Work/2026"), List.copyOf(alice(server).folders().keySet()));
            assertEquals("Subject: unix\r\n\r\nline\r\n", text(alice(server), "INBOX", 1));
            assertEquals(new String(DINNER, StandardCharsets.US_ASCII), text(alice(server), "INBOX", 2));
            assertEquals(1, alice(server).folder("Work/2026").orElseThrow().size());
        }
    }

    @Test
    void aMissingMailFolderIsNamed() {
        var missing = folder.resolve("nothing");
        var config = SAMPLE.withMail(new AccountMail.Files(missing));
        var refused = assertThrows(IOException.class, () -> MailServer.open(config));
        assertTrue(refused.getMessage().contains(missing.toString()), refused.getMessage());
    }

    @Test
    void anAccountIsReadWithoutShowingItsPassword() {
        assertEquals(new AccountConfig("bob", "a:b"), AccountConfig.parse("bob:a:b"));
        assertFalse(AccountConfig.parse("bob:hidden").toString().contains("hidden"));
        for (var wrong : List.of("bob", "bob:", ":x", "b b:x")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> AccountConfig.parse(wrong), wrong);
            assertFalse(refused.getMessage().contains(":x"), refused.getMessage());
        }
        var twice = List.of(AccountConfig.parse("bob:x"), AccountConfig.parse("bob:y"));
        assertThrows(IllegalArgumentException.class, () -> SAMPLE.withAccounts(twice));
    }

    private static Account alice(MailServer server) {
        return server.trace().live().server().account("alice").orElseThrow();
    }

    private static String text(Account account, String folder, long uid) {
        return new String(account.folder(folder).orElseThrow().message(uid).content().octets(),
                StandardCharsets.ISO_8859_1);
    }
}
