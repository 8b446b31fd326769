package dev.mailscope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** {@code serve} as a process of its own on a plain class path, ended as a user ends it. */
@Timeout(60)
class ServeTest {
    private static final Pattern LISTENING = Pattern
            .compile("listening imap=127\\.0\\.0\\.1:(\\d+) pop3=127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path folder;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void saysWhereItListensPrintsTheTraceAndEndsCleanly() throws Exception {
        var recording = folder.resolve("run.mailtrace");
        var process = serve("--imap", "0", "--pop3", "0", "--trace", recording.toString());
        var out = process.inputReader(StandardCharsets.UTF_8);
        var listening = LISTENING.matcher(out.readLine());
        assertTrue(listening.matches());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(2)));
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                        StandardCharsets.US_ASCII))) {
            in.readLine();
            socket.getOutputStream().write("USER alice\r\nPASS secret\r\nSTAT\r\nQUIT\r\n".getBytes());
            assertEquals(4, in.lines().filter(line -> line.startsWith("+OK")).count());
        }
        process.toHandle().destroy(); // SIGTERM, and its output stays open
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "did not end");
        assertEquals(0, process.exitValue(), errors(process));
        var lines = out.lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.contains("Authorization → Transaction")), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains("secret")), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains("\u001b")), "colour without a terminal");
        try (var reopened = Recording.open(recording)) {
            assertTrue(reopened.last() > 20, "only " + reopened.last() + " events recorded");
        }
    }

    @Test
    void quietAndWithoutATraceItPrintsOnlyWhereItListens() throws Exception {
        for (var option : List.of("--quiet", "--no-trace")) {
            printsOnlyWhereItListens(option);
        }
    }

    private void printsOnlyWhereItListens(String option) throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", option, "--account", "bob:x");
        var out = process.inputReader(StandardCharsets.UTF_8);
        assertTrue(LISTENING.matcher(out.readLine()).matches());
        process.toHandle().destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals(List.of(), out.lines().toList());
    }

    @Test
    void mailArrivesWherePortSmtpSays() throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", "--smtp", "0");
        var out = process.inputReader(StandardCharsets.UTF_8);
        var listening = Pattern.compile(LISTENING.pattern() + " smtp=127\\.0\\.0\\.1:(\\d+)").matcher(out.readLine());
        assertTrue(listening.matches());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(3)));
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                        StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write(("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@c>\r\nDATA\r\nSubject: x\r\n"
                    + "\r\n.\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            assertTrue(in.lines().anyMatch("250 2.6.0 Delivered to 1 account."::equals));
        }
        process.toHandle().destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "did not end");
        assertEquals(0, process.exitValue(), errors(process));
        var lines = out.lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.contains("message by SMTP from <a@b> for <alice@c>, sent by")),
                lines.toString());
        assertEquals("", errors(process));
    }

    @Test
    void literalMinusIsOfferedWhenAskedFor() throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", "--quiet", "--literal-minus");
        var listening = LISTENING.matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)));
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                        StandardCharsets.US_ASCII))) {
            var greeting = in.readLine();
            assertTrue(greeting.contains(" LITERAL- ") && !greeting.contains("LITERAL+"), greeting);
        }
    }

    @Test
    void withoutAclNothingIsShared() throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", "--quiet", "--no-acl");
        var listening = LISTENING.matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)));
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            var greeting = in.readLine();
            assertTrue(greeting.contains("IMAP4rev2") && !greeting.contains("ACL"), greeting);
        }
    }

    @Test
    void aQuotaOfTheCommandLineHolds() throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", "--quiet", "--account", "bob:x", "--quota", "bob:message=3",
                "--quota", "bob:MAILBOX=1", "--fixed-quotas");
        var listening = LISTENING.matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)));
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                        StandardCharsets.US_ASCII))) {
            in.readLine();
            socket.getOutputStream().write(("a LOGIN bob x\r\nb GETQUOTA bob\r\nc SETQUOTA bob ()\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertTrue(in.readLine().startsWith("a OK"));
            assertEquals("* QUOTA bob (MESSAGE 0 3 MAILBOX 1 1)", in.readLine());
            assertTrue(in.readLine().startsWith("b OK"));
            assertTrue(in.readLine().startsWith("c NO [NOPERM]"));
        }
    }

    @Test
    void aLimitOfTheCommandLineHolds() throws Exception {
        var process = serve("--imap", "0", "--pop3", "0", "--quiet", "--limit", "connections=1", "--limit",
                "pop3Line=9");
        var listening = LISTENING.matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        var port = Integer.parseInt(listening.group(2));
        try (var first = new Socket(InetAddress.getLoopbackAddress(), port);
                var told = new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.US_ASCII))) {
            assertTrue(told.readLine().startsWith("+OK"));
            try (var second = new Socket(InetAddress.getLoopbackAddress(), port);
                    var in = new BufferedReader(
                            new InputStreamReader(second.getInputStream(), StandardCharsets.US_ASCII))) {
                assertTrue(told.readLine().startsWith("-ERR [SYS/TEMP]"));
                assertTrue(in.readLine().startsWith("+OK"));
                second.getOutputStream().write("USER alice\r\n".getBytes(StandardCharsets.US_ASCII));
                var answer = in.readLine();
                assertTrue(answer.startsWith("-ERR") && answer.contains("9"), answer);
            }
        }
    }

    @Test
    void listensWithTlsWhereItIsToldTo() throws Exception {
        var certificate = folder.resolve("kept/certificate.p12");
        var process = serve("--imap", "0", "--pop3", "0", "--imaps", "0", "--pop3s", "0", "--tls-required", "--quiet",
                "--certificate", certificate.toString(), "--token", "alice:t0ken");
        var listening = Pattern.compile(LISTENING + " imaps=127\\.0\\.0\\.1:(\\d+) pop3s=127\\.0\\.0\\.1:(\\d+)")
                .matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        assertFalse(Files.exists(certificate), "it is made when it is needed");
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)))) {
            var greeting = new BufferedReader(new InputStreamReader(plain.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertTrue(greeting.contains("LOGINDISABLED"), greeting);
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnyone()}, null);
        for (var group : List.of(3, 4)) {
            try (var secure = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                    Integer.parseInt(listening.group(group)));
                    var in = new BufferedReader(new InputStreamReader(secure.getInputStream(),
                            StandardCharsets.US_ASCII))) {
                assertTrue(in.readLine().contains("Mailscope"));
                secure.getOutputStream().write((group == 3 ? "a CAPABILITY\r\n" : "CAPA\r\n").getBytes());
                assertTrue(in.lines().anyMatch(line -> line.contains("XOAUTH2")));
            }
        }
        assertTrue(Files.exists(certificate));
        // The same file as a key store of the user's, the password from the environment or from a file.
        var password = Files.writeString(folder.resolve("password"), "mailscope\n");
        var own = serve("--imap", "0", "--pop3", "0", "--quiet", "--keystore", certificate.toString(),
                "--keystore-password", password.toString());
        assertTrue(LISTENING.matcher(own.inputReader(StandardCharsets.UTF_8).readLine()).matches(), errors(own));
    }

    @Test
    void aClassHasItsAccountsAndItsHandOut() throws Exception {
        var list = Files.writeString(folder.resolve("class.txt"), "Anna\nBen Ali, ben-s-password\n");
        var handOut = folder.resolve("accounts.csv");
        var process = serve("--host", "127.0.0.2", "--imap", "0", "--pop3", "0", "--quiet", "--classroom",
                list.toString(), "--hand-out", handOut.toString());
        var out = process.inputReader(StandardCharsets.UTF_8);
        assertTrue(out.readLine().startsWith("listening imap=127.0.0.2:"));
        assertEquals("accounts for 2 students; " + handOut + " is to be handed out", out.readLine());
        var rows = Files.readAllLines(handOut);
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).matches("Anna,Anna,[a-z]{4}-[a-z]{4}-[a-z]{4},127\\.0\\.0\\.2,\"?IMAP .*"), rows.get(1));
        assertTrue(rows.get(2).startsWith("Ben Ali,ben.ali,ben-s-password,127.0.0.2,"), rows.get(2));
        var wrong = Files.writeString(folder.resolve("wrong.txt"), "anna\nanna\nben,tiny\n").toString();
        assertRefused("line 2: \"anna\" has the user name anna of line 1; line 3: the password of ben can be guessed",
                "--classroom", wrong, "--hand-out", handOut.toString());
        assertRefused("need each other", "--classroom", list.toString());
        assertRefused("excludes --account", "--classroom", list.toString(), "--hand-out", handOut.toString(),
                "--account", "bob:x");
        assertRefused("there is no file", "--classroom", folder.resolve("none").toString(), "--hand-out",
                handOut.toString());
        assertEquals(rows, Files.readAllLines(handOut), "what is refused writes nothing");
    }

    @Test
    void wrongSetUpIsOneClearLineAndExitCode2() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());
            assertRefused("IMAP on 127.0.0.1:" + port, "--imap", port, "--pop3", "0");
        }
        assertRefused("colon", "--imap", "0", "--pop3", "0", "--account", "bob");
        assertRefused("given twice", "--imap", "0", "--pop3", "0", "--account", "bob:x", "--account", "bob:y");
        assertRefused(folder.resolve("none").toString(), "--imap", "0", "--pop3", "0", "--mail",
                folder.resolve("none").toString());
        assertRefused("65535", "--imap", "70000");
        assertRefused("imapLine", "--limit", "lines=3");
        assertRefused("more than 0", "--limit", "connections=0");
        assertRefused("progress must be more than 0", "--progress", "0");
        assertRefused("--nonsense", "--nonsense");
        assertRefused("--trace and --no-trace", "--no-trace", "--trace", folder.resolve("all.mailtrace").toString());
        assertRefused("IMAPS port", "--imaps", "70000");
        assertRefused("no account bob", "--token", "bob:t0ken");
        assertRefused("a colon", "--token", "t0ken");
        assertRefused("no account bob", "--quota", "bob:MESSAGE=3");
        assertRefused("MAILBOX and a limit", "--quota", "alice:MESSAGES=3");
        assertRefused("MAILBOX and a limit", "--quota", "alice:MESSAGE");
        assertRefused("MAILBOX and a limit", "--quota", "alice:MESSAGE=-1");
        assertRefused("CN=alice,O=Example", "--client", "alice:nonsense");
        assertRefused("MAILSCOPE_KEYSTORE_PASSWORD", "--keystore", folder.resolve("none.p12").toString());
        assertRefused(folder.resolve("none").toString(), "--imap", "0", "--pop3", "0", "--client-ca",
                folder.resolve("none").toString());
        var password = Files.writeString(folder.resolve("password"), "x").toString();
        assertRefused("there is no key store", "--imap", "0", "--pop3", "0", "--keystore",
                folder.resolve("none.p12").toString(), "--keystore-password", password);
    }

    private void assertRefused(String expected, String... arguments) throws Exception {
        var process = serve(arguments);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "did not end");
        var errors = errors(process);
        assertEquals(2, process.exitValue(), errors);
        assertEquals(1, errors.lines().count(), errors);
        assertTrue(errors.contains(expected), errors);
    }

    @Test
    void whatHappenedASecondBeforeACrashIsInTheRecording() throws Exception {
        var file = folder.resolve("crash.mailtrace");
        var process = serve("--imap", "0", "--pop3", "0", "--trace", file.toString());
        var listening = LISTENING.matcher(process.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(listening.matches());
        var answered = new ArrayList<Long>();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)));
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                        StandardCharsets.US_ASCII))) {
            in.readLine();
            var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(("n" + answered.size() + " NOOP\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertTrue(in.readLine().startsWith("n" + answered.size() + " OK"));
                answered.add(System.nanoTime());
            }
            process.destroyForcibly(); // SIGKILL, in the middle of its work
            var killed = System.nanoTime();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            try (var recording = Recording.open(file)) {
                var kept = recording.events(1, Integer.MAX_VALUE);
                assertEquals(recording.last(), kept.size());
                var answers = kept.stream().filter(e -> e.what() instanceof What.Response
                        && e.command().equals("NOOP")).count();
                var due = answered.stream().filter(t -> t < killed - TimeUnit.SECONDS.toNanos(1)).count();
                assertTrue(due > 100 && answers >= due, answers + " of " + due + " answers are kept");
                assertTrue(recording.status().reason().startsWith("the recording was cut off and ends with event "
                        + recording.last() + " ("), recording.status().reason());
                assertEquals(recording.last(), recording.at(recording.last()).number());
            }
        }
    }

    private Process serve(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                ClassPath.ofServer(), Main.class.getName(), "serve"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(folder.resolve("errors" + started.size()).toFile());
        // With it, a JVM says on standard error that it has found it.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        var process = builder.start();
        started.add(process);
        return process;
    }

    private String errors(Process process) throws IOException {
        return Files.readString(folder.resolve("errors" + started.indexOf(process)));
    }

    /** The handshake counts here, not the name. */
    private static final class TrustsAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // never asked
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            assertEquals("CN=localhost,O=Mailscope", chain[0].getSubjectX500Principal().getName());
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Where the server and its libraries lie, whoever has loaded them here. */
}
