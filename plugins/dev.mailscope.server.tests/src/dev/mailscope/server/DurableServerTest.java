package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.StorageException;
import dev.mailscope.server.trace.What;

/** A server with a store, as its clients see it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurableServerTest {
    @TempDir
    Path top;

    private ServerConfig config(String... accounts) {
        var config = ServerConfig.sample().withPorts(0, 0).withStore(top.resolve("store"));
        return accounts.length == 0 ? config
                : config.withAccounts(List.of(accounts).stream().map(AccountConfig::parse).toList());
    }

    @Test
    void allThatAClientCanChangeIsTheSameAfterARestart() throws IOException {
        ServerState before;
        String told;
        try (var server = start(config("alice:secret", "bob:secret")); var client = imap(server, "alice")) {
            for (var command : List.of("CREATE Work/Plans", "CREATE Old", "RENAME Old Older", "CREATE Gone", "DELETE Gone",
                    "CREATE Sent (USE (\\Sent))", "SUBSCRIBE Work/Plans", "SUBSCRIBE Nowhere", "SETACL Work/Plans bob lr",
                    "SETQUOTA alice (STORAGE 512)", "SETMETADATA INBOX (/private/comment \"mine\")",
                    "SETMETADATA \"\" (/shared/comment \"everybody's\")",
                    "APPEND INBOX (\\Flagged work) \" 1-Nov-2026 08:00:00 +0100\" {3+}\r\none",
                    "APPEND INBOX {3+}\r\ntwo", "APPEND INBOX {5+}\r\nthree", "ENABLE QRESYNC", "SELECT INBOX",
                    "STORE 1 +FLAGS (\\Seen other)", "STORE 2 +FLAGS (\\Deleted)", "EXPUNGE", "COPY 1 Work/Plans",
                    "MOVE 2 Older")) {
                client.send("a " + command + "\r\n");
                assertTrue(client.until("a ").contains("a OK"), command);
            }
            told = told(client);
            before = server.trace().live().server();
        }
        try (var server = start(config()); var client = imap(server, "alice")) {
            var after = server.trace().live().server();
            assertEquals(before.accounts(), after.accounts());
            assertEquals(before.annotations(), after.annotations());
            assertEquals(before.modSeq(), after.modSeq());
            assertEquals(before.lastUidValidity(), after.lastUidValidity());
            client.ask("a ENABLE QRESYNC");
            client.line();
            assertEquals(told, told(client));
            client.send("c SELECT INBOX (QRESYNC (" + after.account("alice").orElseThrow().inbox().uidValidity()
                    + " 1))\r\n");
            assertTrue(client.until("c ").contains("* VANISHED (EARLIER) 2:3"));
            assertTrue(bobSees(server));
        }
    }

    private static String told(WireClient client) throws IOException {
        client.send("b STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ SIZE MAILBOXID)\r\n");
        var told = client.until("b ");
        client.send("b LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)\r\nc EXAMINE Work/Plans\r\n"
                + "d FETCH 1:* (UID FLAGS INTERNALDATE SAVEDATE EMAILID BODY.PEEK[])\r\ne GETQUOTAROOT INBOX\r\n"
                + "f GETMETADATA INBOX /private/comment\r\n");
        return told + client.until("f ").replaceFirst("\\* OK \\[CLOSED\\].*\n", "");
    }

    private static boolean bobSees(MailServer server) throws IOException {
        try (var bob = imap(server, "bob")) {
            bob.send("a MYRIGHTS user/alice/Work/Plans\r\n");
            return bob.until("a ").contains(" lr\n");
        }
    }

    @Test
    void thePasswordThatIsGivenCountsAndTheSampleAccountIsForAnEmptyServer() throws IOException {
        try (var server = start(config())) {
            assertEquals(3, server.trace().live().server().account("alice").orElseThrow().inbox().size());
        }
        try (var server = start(config("alice:better", "bob:secret"))) {
            assertEquals(List.of("The password of alice is the given one from now on; the store had another."),
                    server.notes());
            assertFalse(opens(server, "alice", "secret"));
            assertTrue(opens(server, "alice", "better"));
            server.deliver("bob", "INBOX", "Subject: hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        try (var server = start(config())) {
            assertEquals(List.of(), server.notes());
            assertFalse(opens(server, "alice", "secret"), "the sample's password is back");
            assertTrue(opens(server, "alice", "better"));
            assertTrue(opens(server, "bob", "secret"));
            assertEquals(3, server.trace().live().server().account("alice").orElseThrow().inbox().size());
            server.removeAccount("bob");
            server.createAccount("carol", "new");
        }
        try (var server = start(config())) {
            assertEquals(Set.of("alice", "carol"), server.trace().live().server().accounts().keySet());
            assertTrue(opens(server, "carol", "new"));
            assertFalse(opens(server, "bob", "secret"));
        }
    }

    @Test
    void afterUpdateAndExpungeOnlyTheTraceRemembersTheMail() throws IOException {
        var mail = "Subject: gone\r\n\r\n" + "NOT-TO-BE-FOUND ".repeat(400);
        try (var server = start(config("alice:secret"))) {
            server.deliver("alice", "INBOX", mail.getBytes(StandardCharsets.US_ASCII));
            server.deliver("alice", "INBOX", mail.replace("gone", "gone too").getBytes(StandardCharsets.US_ASCII));
            assertTrue(octets().contains("NOT-TO-BE-FOUND"));
            try (var client = WireClient.connect(server.address("pop3"))) {
                client.line();
                client.ask("USER alice");
                client.ask("PASS secret");
                client.ask("DELE 1");
                assertTrue(octets().contains("Subject: gone\r\n"), "it goes in Update, and not before");
                assertTrue(client.ask("QUIT").startsWith("+OK"));
                assertFalse(octets().contains("Subject: gone\r\n"));
            }
            try (var client = imap(server, "alice")) {
                client.send("b SELECT INBOX\r\nc STORE 1 +FLAGS.SILENT (\\Deleted)\r\nd EXPUNGE\r\n");
                assertTrue(client.until("d ").contains("d OK"));
                assertFalse(octets().contains("NOT-TO-BE-FOUND"));
            }
            var removed = server.trace().events(1, 1_000).stream().map(event -> event.what())
                    .filter(What.StateChanged.class::isInstance).map(What.StateChanged.class::cast)
                    .flatMap(changed -> changed.changes().stream())
                    .filter(Change.MessageRemoved.class::isInstance)
                    .map(Change.MessageRemoved.class::cast).toList();
            assertEquals(2, removed.size());
            for (var change : removed) {
                assertTrue(new String(change.message().content().octets(), StandardCharsets.US_ASCII)
                        .contains("NOT-TO-BE-FOUND"), "the trace shows what was there");
            }
        }
        assertFalse(octets().contains("NOT-TO-BE-FOUND"));
    }

    @Test
    void aFullDiskIsSaidAndEverythingGoesOnWhenThereIsRoom() throws Exception {
        var disk = Files.createDirectory(top.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=7m", "tmpfs", disk.toString()), "needs to be allowed to mount");
        try {
            var config = config("alice:secret").withStore(disk.resolve("store")).withSmtpPort(0);
            try (var server = start(config); var client = imap(server, "alice"); var other = imap(server, "alice")) {
                var large = "x".repeat(3 << 20);
                append(client, "small", "a OK");
                append(client, large, "a NO [LIMIT]");
                append(other, "small too", "a OK");
                try (var filler = Files.newOutputStream(disk.resolve("filler"))) {
                    assertThrows(IOException.class, () -> {
                        while (true) {
                            filler.write(new byte[1 << 10]);
                        }
                    });
                }
                append(client, "a third", "a NO [LIMIT]");
                client.send("b SELECT INBOX\r\nc FETCH 1 BODY[]\r\nd UID STORE 1 +FLAGS (\\Deleted)\r\ne EXPUNGE\r\n");
                var told = client.until("e ");
                assertTrue(told.contains("small") && told.contains("e OK"), told);
                Files.delete(disk.resolve("filler"));
                var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                for (var answer = ""; !answer.startsWith("a OK");) {
                    assertTrue(System.nanoTime() < end, answer);
                    other.send("a APPEND INBOX {9+}\r\nfits now.\r\n");
                    answer = other.until("a ").lines().reduce("", (first, last) -> last);
                }
            }
            try (var server = MailServer.open(config)) {
                assertEquals(2, server.trace().live().server().account("alice").orElseThrow().inbox().size());
            }
        } finally {
            assertTrue(run("umount", disk.toString()));
        }
    }

    @Test
    void aFolderThatTurnsReadOnlyIsSaidAndNothingIsLost() throws Exception {
        var store = top.resolve("store");
        var log = Logger.getLogger("dev.mailscope.server.store");
        log.setLevel(Level.OFF);
        var fixed = false;
        try (var server = start(config("alice:secret")); var client = imap(server, "alice");
                var other = imap(server, "alice"); var pop3 = WireClient.connect(server.address("pop3"))) {
            append(client, "small", "a OK");
            client.send("b SELECT INBOX\r\n");
            client.until("b ");
            pop3.line();
            pop3.ask("USER alice");
            pop3.ask("PASS secret");
            pop3.ask("DELE 1");
            // Not even root writes then, nor who has the file open.
            fixed = run("chattr", "-R", "+i", store.toString());
            assumeTrue(fixed, "needs to be allowed to make files immutable");
            append(client, "no more", "a NO [LIMIT] The message cannot be written to the disk: ");
            client.send("c FETCH 1 BODY.PEEK[]\r\n");
            assertTrue(client.until("c ").contains("small"));
            other.send("e EXAMINE INBOX\r\nf FETCH 1 BODY.PEEK[]\r\n");
            assertTrue(other.until("f ").contains("small"), "who only reads goes on");
            var quit = pop3.ask("QUIT");
            assertTrue(quit.startsWith("-ERR [SYS/TEMP] "), quit);
            client.send("d STORE 1 +FLAGS (\\Seen)\r\n");
            var told = client.until("* BYE");
            assertTrue(told.contains("* BYE [UNAVAILABLE] ") && !told.contains("d OK"), told);
            // What nobody may be told yet is in the state by now, so that who only reads is sent away too.
            other.send("g NOOP\r\n");
            assertTrue(other.until("* BYE").contains("* BYE [UNAVAILABLE] "));
            assertTrue(run("chattr", "-R", "-i", store.toString()));
            fixed = false;
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            for (var answer = ""; !answer.startsWith("a OK");) {
                assertTrue(System.nanoTime() < end, answer);
                try (var again = WireClient.connect(server.address("imap"))) {
                    again.send("l LOGIN alice secret\r\na APPEND INBOX {9+}\r\nfits now.\r\n");
                    answer = again.until("a ").lines().reduce("", (first, last) -> last);
                } catch (IOException e) {
                    assertTrue(e.getMessage().contains("[UNAVAILABLE]"), e.toString());
                }
            }
        } finally {
            log.setLevel(null);
            if (fixed) {
                assertTrue(run("chattr", "-R", "-i", store.toString()));
            }
        }
        try (var server = start(config("alice:secret")); var client = imap(server, "alice")) {
            client.send("a SELECT INBOX\r\nb FETCH 1:* BODY.PEEK[]\r\n");
            assertTrue(client.until("b ").contains("fits now."));
        }
    }

    private static void append(WireClient client, String text, String start) throws IOException {
        client.send("a APPEND INBOX {" + text.length() + "}\r\n");
        var answer = client.line();
        if (answer.startsWith("+")) {
            client.send(text + "\r\n");
            answer = client.until("a ").lines().reduce("", (first, last) -> last);
        }
        assertTrue(answer.startsWith(start), answer);
    }

    @Test
    void aQuotaThatIsGivenCountsAndOtherwiseThatOfTheClientStays() throws IOException {
        var account = AccountConfig.parse("alice:secret");
        try (var server = start(config("alice:secret")); var client = imap(server, "alice")) {
            assertTrue(client.ask("a SETQUOTA alice (MESSAGE 7)").contains("7"));
        }
        try (var server = start(config("alice:secret"))) {
            assertEquals("{MESSAGE=7}", quota(server));
        }
        var limited = account.withQuota(account.quota().with(QuotaResource.MESSAGE, 9));
        try (var server = start(config().withAccounts(List.of(limited)))) {
            assertEquals("{MESSAGE=9}", quota(server));
        }
    }

    private static String quota(MailServer server) {
        return server.trace().live().server().account("alice").orElseThrow().quota().limits().toString();
    }

    @Test
    void aMailThatIsDamagedIsNotShown() throws IOException {
        var text = "Subject: whole\r\n\r\ntext\r\n";
        try (var server = start(config("alice:secret"))) {
            server.deliver("alice", "INBOX", text.getBytes(StandardCharsets.US_ASCII));
        }
        try (var files = Files.list(top.resolve("store").resolve("mail"))) {
            Files.writeString(files.findFirst().orElseThrow(), text.replace("text", "TEXT"));
        }
        var log = Logger.getLogger("dev.mailscope.server.imap");
        log.setLevel(Level.OFF);
        try (var server = start(config("alice:secret")); var other = imap(server, "alice")) {
            for (var what : List.of("BODY[]", "ENVELOPE", "BODY[1]")) {
                try (var client = imap(server, "alice")) {
                    client.send("b EXAMINE INBOX\r\n");
                    client.until("b ");
                    client.send("c FETCH 1 " + what + "\r\n");
                    var told = client.until("c ");
                    assertFalse(told.contains("TEXT"), told);
                    assertTrue(told.contains("c NO "), told);
                }
            }
            assertTrue(other.ask("b NOOP").startsWith("b OK"));
        } finally {
            log.setLevel(null);
        }
    }

    @Test
    void aForkIsInMemory() throws IOException {
        try (var server = MailServer.open(config())) {
            assertThrows(IllegalArgumentException.class,
                    () -> MailServer.fork(config(), server.trace().live().server(), "event 1"));
        }
        try (var server = MailServer.open(config())) {
            server.close();
            assertThrows(StorageException.class, () -> server.createAccount("late", "secret"));
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private static MailServer start(ServerConfig config) throws IOException {
        var server = MailServer.open(config);
        server.start();
        return server;
    }

    private static WireClient imap(MailServer server, String user) throws IOException {
        var client = WireClient.connect(server.address("imap"));
        client.line();
        assertTrue(client.ask("a LOGIN " + user + " secret").startsWith("a OK"));
        return client;
    }

    private static boolean opens(MailServer server, String user, String password) throws IOException {
        try (var client = WireClient.connect(server.address("imap"))) {
            client.line();
            var answer = client.ask("a LOGIN " + user + " " + password);
            assertFalse(answer == null);
            return answer.startsWith("a OK");
        }
    }

    private String octets() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(top.resolve("store"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
