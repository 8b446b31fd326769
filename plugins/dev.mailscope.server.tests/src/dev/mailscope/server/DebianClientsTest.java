package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.trace.What;

/** Mail programs that other people wrote, against the sample mail; {@code ./mailscope test} installs them. */
@Timeout(60)
class DebianClientsTest {
    @TempDir
    private Path home;
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0)
                .withAccountsOpened(List.of(ServerConfig.SAMPLE_ACCOUNT.withToken("t0ken")))
                .withTls(TlsConfig.DEFAULT.withPorts(OptionalInt.of(0), OptionalInt.of(0))));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void curlFetchesFlagsOverImap() throws Exception {
        var answer = run("curl", "-sS", "-u", "alice:secret", url("imap") + "/INBOX", "-X", "FETCH 1:* (FLAGS)");
        assertEquals(3, answer.lines().filter(line -> line.contains("FETCH (FLAGS (")).count(), answer);
    }

    @Test
    void curlReadsAMessageOverImapToTheOctet() throws Exception {
        assertEquals(stored(3), run("curl", "-sS", "-u", "alice:secret", url("imap") + "/INBOX;UID=3"));
    }

    @Test
    void curlReadsAndDeletesOverPop3() throws Exception {
        assertEquals(stored(1), run("curl", "-sS", "-u", "alice:secret", url("pop3") + "/1"));
        run("curl", "-sS", "-u", "alice:secret", "-I", "-X", "DELE 2", url("pop3") + "/");
        assertEquals(List.of(1L, 3L), List.copyOf(alice().inbox().messages().keySet()));
    }

    @Test
    void curlAppendsOverImap() throws Exception {
        var mail = Files.writeString(home.resolve("new.eml"), "Subject: From curl\r\n\r\nHello\r\n");
        run("curl", "-sS", "-u", "alice:secret", "-T", mail.toString(), url("imap") + "/Drafts");
        assertArrayEquals(Files.readAllBytes(mail),
                alice().folder("Drafts").orElseThrow().message(1).content().octets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3", "imaps", "pop3s"})
    void curlReadsAMessageWithTls(String protocol) throws Exception {
        assertEquals(stored(3), run("curl", "-sS", "--ssl-reqd", "--cacert", certificate(), "-u", "alice:secret",
                url(protocol) + (protocol.startsWith("imap") ? "/INBOX;UID=3" : "/3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5", "OAUTHBEARER"})
    void curlLogsInByEachMechanism(String mechanism) throws Exception {
        for (var protocol : List.of("imap", "pop3")) {
            var token = mechanism.equals("OAUTHBEARER");
            assertEquals(stored(1), run("curl", "-sS", "--ssl-reqd", "--cacert", certificate(), "-u",
                    token ? "alice:" : "alice:secret", token ? "--oauth2-bearer" : "--user-agent",
                    token ? "t0ken" : "curl", "--login-options", "AUTH=" + mechanism,
                    url(protocol) + (protocol.equals("imap") ? "/INBOX;UID=1" : "/1")));
        }
        var received = server.trace().events(server.trace().first(), Integer.MAX_VALUE).stream()
                .filter(e -> e.what() instanceof What.Received).map(e -> EventText.line(e)).toList();
        assertEquals(2, received.stream().filter(line -> line.matches(".*AUTH(ENTICATE)? " + mechanism + ".*")).count(),
                received.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void opensslVerifiesTheCertificateAndStartsTls(String protocol) throws Exception {
        // With a server that ended the connection but not TLS, it would end with an error.
        var answer = talk(protocol.equals("imap") ? "a LOGOUT\r\n" : "QUIT\r\n", "openssl", "s_client", "-starttls",
                protocol, "-connect", "127.0.0.1:" + server.address(protocol).getPort(), "-CAfile", certificate(),
                "-verify_return_error", "-verify_ip", "127.0.0.1", "-ign_eof");
        assertTrue(answer.contains("Verify return code: 0 (ok)"), answer);
        assertTrue(answer.contains("Goodbye."), answer);
    }

    @Test
    void mbsyncPullsEveryFolderByteForByte() throws Exception {
        var config = Files.writeString(home.resolve("mbsyncrc"), """
                IMAPAccount mailscope
                Host 127.0.0.1
                Port %d
                User alice
                Pass secret
                SSLType None
                AuthMechs LOGIN

                IMAPStore far
                Account mailscope

                MaildirStore near
                Path %2$s/mail/
                Inbox %2$s/mail/INBOX
                SubFolders Verbatim

                Channel all
                Far :far:
                Near :near:
                Patterns *
                Create Near
                Sync Pull
                SyncState *
                """.formatted(server.address("imap").getPort(), home));
        Files.createDirectory(home.resolve("mail"));
        run("mbsync", "-c", config.toString(), "-a");
        for (var folder : alice().folders().values()) {
            var expected = new TreeSet<String>();
            folder.messages().values().forEach(m -> expected.add(lf(m.content().octets())));
            assertEquals(expected, maildir(home.resolve("mail").resolve(folder.name())), folder.name());
        }
    }

    @Test
    void fetchmailTakesEverythingAndLeavesNothing() throws Exception {
        var config = Files.writeString(home.resolve("fetchmailrc"), """
                poll 127.0.0.1 protocol pop3 service %d auth password
                  user "alice" password "secret" fetchall no keep no rewrite sslproto ''
                  mda "/bin/cat >> %s/arrived"
                """.formatted(server.address("pop3").getPort(), home));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        var kept = alice().inbox().messages().values();
        run("fetchmail", "--nodetach", "--nosyslog", "-f", config.toString(), "--idfile",
                home.resolve("ids").toString(), "--pidfile", home.resolve("pid").toString());
        var arrived = Files.readString(home.resolve("arrived"), StandardCharsets.ISO_8859_1);
        for (var message : kept) {
            var body = lf(message.content().octets());
            assertTrue(arrived.contains(body.substring(body.indexOf("\n\n"))), "mail " + message.uid());
        }
        assertEquals(0, alice().inbox().size());
    }

    private String run(String... command) throws IOException, InterruptedException {
        return talk("", command);
    }

    private String talk(String input, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home.toString());
        var errors = home.resolve("errors.txt");
        var process = builder.redirectError(errors.toFile()).start();
        var overdue = CompletableFuture.runAsync(process::destroyForcibly,
                CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS));
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), command[0] + " did not end");
        overdue.cancel(false);
        assertEquals(0, process.exitValue(), command[0] + ": " + Files.readString(errors));
        return answer;
    }

    private String certificate() throws IOException {
        return Files.writeString(home.resolve("server.pem"), server.certificate().pem()).toString();
    }

    private String url(String protocol) {
        return protocol + "://127.0.0.1:" + server.address(protocol).getPort();
    }

    private Account alice() {
        return server.trace().live().server().account("alice").orElseThrow();
    }

    private String stored(long uid) {
        return new String(alice().inbox().message(uid).content().octets(), StandardCharsets.ISO_8859_1);
    }

    private static String lf(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    private static TreeSet<String> maildir(Path folder) throws IOException {
        var found = new TreeSet<String>();
        for (var part : List.of("new", "cur")) {
            try (var files = Files.list(folder.resolve(part))) {
                for (var file : files.toList()) {
                    // mbsync marks a copy it makes with a header field of its own.
                    found.add(Files.readString(file, StandardCharsets.ISO_8859_1).replaceFirst("X-TUID: .*\n", ""));
                }
            }
        }
        return found;
    }
}
