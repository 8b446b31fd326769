package dev.mailscope.server.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;

/** Nothing is found in what real clients do in ordinary use. */
@Timeout(60)
class OrdinaryClientsTest {
    /** None of them is told to use TLS, and the server offers it. */
    private static final Set<Rule> IN_CLEAR = Set.of(Rule.PASSWORD_IN_CLEAR, Rule.POP3_PASSWORD_IN_CLEAR);

    @TempDir
    private Path home;
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0));
        server.start();
        try (var store = connect("imap"); var inbox = open(store, "INBOX")) {
            for (var i = 0; i < 8; i++) {
                inbox.appendMessages(new Message[] { mail("More " + i) });
            }
        } catch (jakarta.mail.MessagingException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void nothingIsFound() {
        try {
            assertEquals(List.of(), Findings.of(server.trace(), () -> false).stream()
                    .filter(finding -> !IN_CLEAR.contains(finding.rule())).toList());
        } finally {
            server.close();
        }
    }

    @Test
    void jakartaMailReadsMarksCopiesAndExpunges() throws Exception {
        try (var store = connect("imap"); var inbox = open(store, "INBOX")) {
            var profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            profile.add(FetchProfile.Item.FLAGS);
            profile.add(UIDFolder.FetchProfileItem.UID);
            inbox.fetch(inbox.getMessages(), profile);
            for (var message : inbox.getMessages()) {
                message.getInputStream().readAllBytes();
            }
            inbox.search(new SubjectTerm("More"));
            for (var number : List.of(4, 2)) {
                inbox.getMessage(number).setFlag(Flags.Flag.DELETED, true);
                inbox.expunge();
                inbox.getMessage(number).setFlag(Flags.Flag.FLAGGED, true);
            }
            inbox.copyMessages(inbox.getMessages(1, 3), store.getFolder("Trash"));
            inbox.setFlags(1, 3, new Flags(Flags.Flag.DELETED), true);
            inbox.expunge();
        }
    }

    @Test
    void jakartaMailReadsOverPop3AndKeepsMail() throws Exception {
        for (var round = 0; round < 2; round++) {
            try (var store = connect("pop3"); var inbox = open(store, "INBOX")) {
                for (var message : inbox.getMessages()) {
                    if (round == 0) {
                        message.getInputStream().readAllBytes();
                    }
                    ((org.eclipse.angus.mail.pop3.POP3Folder) inbox).getUID(message);
                }
                inbox.getMessage(1).setFlag(Flags.Flag.DELETED, round == 1);
            }
        }
    }

    @Test
    void curlReadsAndDeletes() throws Exception {
        run("curl", "-sS", "-u", "alice:secret", url("imap") + "/INBOX", "-X", "FETCH 1:* (FLAGS)");
        run("curl", "-sS", "-u", "alice:secret", url("imap") + "/INBOX;UID=3");
        run("curl", "-sS", "-u", "alice:secret", url("imap") + "/INBOX?SUBJECT%20More");
        run("curl", "-sS", "-u", "alice:secret", url("pop3") + "/1");
        run("curl", "-sS", "-u", "alice:secret", "-I", "-X", "DELE 2", url("pop3") + "/");
    }

    @Test
    void mbsyncSynchronisesTwice() throws Exception {
        Files.createDirectories(home.resolve("mail"));
        var configuration = Files.writeString(home.resolve("mbsyncrc"), """
                IMAPAccount a
                Host 127.0.0.1
                Port %d
                User alice
                Pass secret
                SSLType None
                AuthMechs LOGIN

                IMAPStore far
                Account a

                MaildirStore near
                Path %s/
                Inbox %s/INBOX
                SubFolders Verbatim

                Channel c
                Far :far:
                Near :near:
                Patterns *
                Create Near
                Expunge Both
                SyncState *
                """.formatted(port("imap"), home.resolve("mail"), home.resolve("mail")));
        run("mbsync", "-c", configuration.toString(), "-a");
        try (var files = Files.list(Files.createDirectories(home.resolve("mail/INBOX/new")))) {
            Files.delete(files.findFirst().orElseThrow());
        }
        run("mbsync", "-c", configuration.toString(), "-a");
    }

    private void run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile());
        builder.environment().put("HOME", home.toString());
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertEquals(0, process.exitValue(), () -> read(home.resolve("out")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String url(String protocol) {
        return protocol + "://127.0.0.1:" + port(protocol);
    }

    private int port(String protocol) {
        return server.address(protocol).getPort();
    }

    private Store connect(String protocol) throws jakarta.mail.MessagingException {
        var store = Session.getInstance(new Properties()).getStore(protocol);
        store.connect("127.0.0.1", port(protocol), "alice", "secret");
        return store;
    }

    private static Folder open(Store store, String name) throws jakarta.mail.MessagingException {
        var folder = store.getFolder(name);
        folder.open(Folder.READ_WRITE);
        return folder;
    }

    private static MimeMessage mail(String subject) throws jakarta.mail.MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(("From:"
                + " a@example.org\r\n"
                + "Subject: " + subject + "\r\n\r\nText of " + subject + ".\r\n").getBytes(StandardCharsets.US_ASCII)));
    }
}
