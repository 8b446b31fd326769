package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** A large message comes into a file of the store, and nobody notices. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpooledMailTest {
    // How many mails a server begins with.
    private static final int SAMPLES = 5;
    private static final Limits SMALL = Limits.DEFAULT.withSpool(100);
    private static final String DATE = "\" 1-Nov-2026 08:00:00 +0100\" ";
    private static final String TEXT = "Subject: text\r\n\r\n" + "a line\r\n.and one with a dot\r\nbare\n".repeat(20);
    private static final String PARTS = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + TEXT
            + "\r\n--b\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + "AAECAwQF".repeat(40) + "\r\n--b--\r\n";
    private static final String NUL = "Content-Type: application/x\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "\0\1\2".repeat(200);

    @TempDir
    Path top;

    @Test
    void whatComesThroughAFileIsTheSameAsThroughMemory() throws IOException {
        // In this order: the large ones are in files, all in memory, all in memory without a store.
        var told = new ArrayList<String>();
        for (var config : List.of(store("files").withLimits(SMALL), store("memory"), ServerConfig.sample())) {
            try (var server = start(config)) {
                told.add(said(server));
            }
        }
        assertTrue(told.getFirst().contains("a needle"), told.getFirst());
        assertEquals(2, told.getFirst().lines().filter(line -> line.startsWith("tag BAD")).count());
        assertIterableEquals(told.get(1).lines().toList(), told.get(0).lines().toList());
        assertIterableEquals(told.get(2).lines().toList(), told.get(0).lines().toList());
    }

    /** All that clients are told who bring and fetch mail in every way. */
    private static String said(MailServer server) throws IOException {
        var said = new StringBuilder();
        try (var client = imap(server)) {
            for (var command : List.of("APPEND INBOX " + DATE + literal(TEXT), "APPEND INBOX " + DATE + literal(PARTS),
                    "APPEND INBOX " + DATE + "~" + literal(NUL), "APPEND INBOX " + DATE + literal("x\0" + TEXT),
                    "APPEND INBOX " + DATE + literal("\0" + TEXT).replace("{", "~{"),
                    "APPEND INBOX " + DATE + literal(TEXT + 1) + " " + DATE + literal("small") + " " + DATE
                            + literal(TEXT + 2),
                    "APPEND INBOX " + literal(TEXT + 1) + " (",
                    "APPEND " + literal("x".repeat(200)) + " " + literal(TEXT),
                    "APPEND Nowhere " + DATE + literal(TEXT), "SELECT INBOX",
                    "APPEND INBOX " + DATE + "CATENATE (TEXT " + literal("Subject: c\r\n\r\n" + "y".repeat(300))
                            + " URL \"/INBOX/;UID=4/;SECTION=TEXT\" TEXT " + literal("a needle") + ")",
                    "REPLACE 4 INBOX " + DATE + literal(TEXT + 3), "NOOP",
                    "FETCH 4:* (UID RFC822.SIZE EMAILID INTERNALDATE ENVELOPE BODYSTRUCTURE BODY.PEEK[] BODY.PEEK[TEXT]"
                            + " BODY.PEEK[1] BODY.PEEK[2]<3.50> BINARY.PEEK[1] BINARY.SIZE[1] PREVIEW)",
                    "SEARCH BODY \"a needle\"", "SEARCH TEXT \"with a dot\"", "UNSELECT")) {
                client.send("tag " + command + "\r\n");
                said.append(client.until("tag "));
            }
        }
        try (var client = WireClient.connect(server.address("pop3"))) {
            client.line();
            client.ask("USER alice");
            client.ask("PASS secret");
            client.send("LIST\r\nRETR 4\r\nTOP 5 3\r\nRETR 6\r\nQUIT\r\n");
            for (var line = client.line(); line != null; line = client.line()) {
                said.append(line).append('\n');
            }
        }
        return said.toString().replaceAll("(UIDVALIDITY|APPENDUID) \\d+", "$1 n").replaceAll("\\(F[^)]*\\)", "(id)");
    }

    @Test
    void mailBySmtpIsTheSameToo() throws IOException {
        var got = new ArrayList<String>();
        for (var config : List.of(store("files").withLimits(SMALL), store("memory"))) {
            try (var server = start(config.withSmtpPort(0))) {
                try (var client = WireClient.connect(server.address("smtp"))) {
                    client.line();
                    for (var line : List.of("HELO b", "MAIL FROM:<m@b>", "RCPT TO:<alice@b>", "DATA")) {
                        client.ask(line);
                    }
                    assertTrue(client.ask((TEXT.repeat(300) + PARTS).replaceAll("\r?\n\\.?", "\r\n") + ".")
                            .startsWith("250"));
                }
                var inbox = server.trace().live().server().account("alice").orElseThrow().inbox();
                var octets = inbox.message(inbox.uidNext() - 1).content().octets();
                assertTrue(new String(octets, StandardCharsets.US_ASCII).startsWith("Return-Path: <m@b>\r\nReceived:"));
                got.add(new String(octets, StandardCharsets.US_ASCII).substring(300));
            }
            assertEquals(SAMPLES + 1, files(config.store()).size(), "the file is there by which it came");
        }
        assertEquals(got.get(1), got.get(0));
    }

    @Test
    void mailBySmtpThatCannotBeReadBackIsRefusedAndTheTransactionIsOver() throws Exception {
        var config = store("files").withLimits(SMALL);
        var log = Logger.getLogger("dev.mailscope.server.smtp");
        log.setLevel(Level.OFF);
        try (var server = start(config.withSmtpPort(0)); var watch = new Watch(config);
                var client = WireClient.connect(server.address("smtp"))) {
            client.line();
            for (var line : List.of("HELO b", "MAIL FROM:<m@b>", "RCPT TO:<alice@b>", "DATA")) {
                client.ask(line);
            }
            // It goes to the disk in pieces.
            client.send(("x".repeat(70) + "\r\n").repeat(1_000));
            watch.await(() -> unfinished(config).size() == 1 && Files.size(unfinished(config).getFirst()) > 0);
            Files.delete(unfinished(config).getFirst());
            assertEquals("451 4.3.0 The message cannot be read from the server's disk. Nobody has it.",
                    client.ask("the end\r\n."));
            assertTrue(client.ask("RCPT TO:<alice@b>").startsWith("503 "));
            assertEquals("250 Ok", client.ask("MAIL FROM:<m@b>"));
            assertEquals(SAMPLES, files(config.store()).size());
        } finally {
            log.setLevel(null);
        }
    }

    @Test
    void aFileGoesWithTheCommandOrTheSession() throws Exception {
        var config = store("files").withLimits(SMALL);
        try (var server = start(config); var watch = new Watch(config); var other = imap(server)) {
            try (var client = imap(server)) {
                client.send("a APPEND INBOX {1000}\r\n");
                assertTrue(client.line().startsWith("+"));
                client.send("x".repeat(500));
                watch.await(() -> unfinished(config).size() == 1 && Files.size(unfinished(config).getFirst()) == 500);
                if (Files.getFileStore(top).supportsFileAttributeView("posix")) {
                    assertEquals("[OWNER_READ, OWNER_WRITE]",
                            Files.getPosixFilePermissions(unfinished(config).getFirst()).stream().sorted().toList()
                                    .toString());
                }
            }
            watch.await(() -> unfinished(config).isEmpty());
            var came = server.trace().events(1, 1_000).stream().map(event -> event.what())
                    .filter(What.Received.class::isInstance).map(what -> ((What.Received) what).octets())
                    .map(SpooledMailTest::text).toList();
            assertTrue(came.contains("x".repeat(500)), "the trace has what came: " + came);
            // Refused when it is there, understood too late, and refused at once.
            other.send("a APPEND Nowhere {1000+}\r\n" + "x".repeat(1_000) + "\r\nb NOOP\r\n");
            assertTrue(other.until("b ").contains("a NO [TRYCREATE]"));
            other.send("a APPEND INBOX {1000+}\r\n" + "x".repeat(1_000) + "nonsense\r\nb NOOP\r\n");
            assertTrue(other.until("b ").contains("a BAD"));
            other.send("a APPEND INBOX {1000+}\r\n" + "x".repeat(1_000) + " {100000000+}\r\n");
            assertTrue(other.line().startsWith("a NO [TOOBIG]"));
            watch.await(() -> files(config.store()).size() == SAMPLES);
        }
    }

    @Test
    void whatIsLeftAfterACrashGoesAtTheNextStart() throws IOException {
        var config = store("files");
        MailServer.open(config).close();
        var left = config.store().resolve("mail").resolve("7.new");
        Files.writeString(left, "half a mail");
        try (var server = MailServer.open(config)) {
            assertFalse(Files.exists(left));
            assertEquals(3, server.trace().live().server().account("alice").orElseThrow().inbox().size());
        }
    }

    @Test
    void aRecordingHasWhatWasRefusedAndWhatIsLarge() throws IOException {
        var file = top.resolve("large.mailtrace");
        var refused = "Subject: refused\r\n\r\n" + "refused ".repeat(Content.LARGE / 5);
        var kept = "Subject: kept\r\n\r\n" + "kept \n.\r\n".repeat(Content.LARGE / 5);
        try (var server = start(store("files").withRecording(file)); var client = imap(server)) {
            client.send("a APPEND Nowhere {" + refused.length() + "+}\r\n" + refused + "\r\n");
            assertTrue(client.until("a ").contains("a NO [TRYCREATE]"));
            client.send("a APPEND INBOX {" + kept.length() + "+}\r\n" + kept + "\r\nb SELECT INBOX\r\n");
            assertTrue(client.until("b ").contains("a OK"));
            client.send("c STORE 4 +FLAGS (\\Deleted)\r\nd EXPUNGE\r\n");
            client.until("d ");
            assertEquals(SAMPLES, files(top.resolve("files")).size());
        }
        try (var recording = Recording.open(file)) {
            var came = new ArrayList<String>();
            for (var event : recording.events(1, 1_000)) {
                if (event.what() instanceof What.Received(var octets) && octets.size() > Content.LARGE) {
                    came.add(text(octets));
                }
            }
            // Not by assertEquals, which would print them.
            assertTrue(came.equals(List.of(refused + "\r\n", kept + "\r\n")), came.size() + " large ones, of which "
                    + came.stream().filter(text -> text.contains(Octets.LOST)).count() + " are lost");
        }
    }

    @Test
    void aMessageMayBeAsLargeAsTheLimitSays() throws IOException {
        try (var server = start(store("files").withLimits(Limits.DEFAULT.with("message", 200_000_000)));
                var client = imap(server)) {
            client.send("a CAPABILITY\r\n");
            assertTrue(client.until("a ").contains(" APPENDLIMIT=200000000"));
            assertTrue(client.ask("b APPEND INBOX {200000000}").startsWith("+"));
        }
    }

    private static String text(Octets octets) {
        return new String(octets.toBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String literal(String text) {
        return "{" + text.length() + "+}\r\n" + text;
    }

    private ServerConfig store(String name) {
        return ServerConfig.sample().withStore(top.resolve(name));
    }

    private static MailServer start(ServerConfig config) throws IOException {
        var server = MailServer.open(config.withPorts(0, 0));
        server.start();
        return server;
    }

    private static WireClient imap(MailServer server) throws IOException {
        var client = WireClient.connect(server.address("imap"));
        client.line();
        assertTrue(client.ask("l LOGIN alice secret").startsWith("l OK"));
        return client;
    }

    private static List<Path> files(Path store) throws IOException {
        try (var files = Files.list(store.resolve("mail"))) {
            return files.toList();
        }
    }

    private static List<Path> unfinished(ServerConfig config) throws IOException {
        return files(config.store()).stream().filter(file -> file.toString().endsWith(".new")).toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits for what happens to the mail files of a store, from now on. */
    private static final class Watch implements AutoCloseable {
        private final WatchService service;

        Watch(ServerConfig config) throws IOException {
            var folder = config.store().resolve("mail");
            service = folder.getFileSystem().newWatchService();
            folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }

        void await(Condition condition) throws IOException, InterruptedException {
            while (!condition.holds()) {
                var key = service.take();
                key.pollEvents();
                assertTrue(key.reset(), "the folder is gone");
            }
        }

        @Override
        public void close() throws IOException {
            service.close();
        }
    }
}
