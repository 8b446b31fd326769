package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.RecordedTranscripts;
import dev.mailscope.server.transcript.TestServer;

@Timeout(120)
class ShellScriptTest {
    private static final String PASSWORD = "an$other `Pass\"word\\ 's";

    // Those in which a shell could find most to misunderstand; shellcheck takes its time.
    private static final List<String> ODD = List.of("append", "authenticate", "idle", "starttls", "store", "auth",
            "apop");

    @TempDir
    private Path folder;

    @Test
    void imapSessionsAreSaidAgainAndAnsweredAsTheyWere() throws Exception {
        assumeTrue(has("bash") && has("openssl"), "no bash or openssl");
        try (var recorded = server(); var again = again(recorded)) {
            var from = recorded.recording().last() + 1;
            var one = recorded.connect("imap");
            var two = recorded.connect("imap");
            one.ask("a1 LOGIN alice wrong");
            one.ask("a1 LOGIN \"alice\" \"wonderland\"");
            two.ask("b1 AUTHENTICATE PLAIN");
            two.ask("AGFsaWNlAHdvbmRlcmxhbmQ=");
            one.ask("a2 SELECT INBOX");
            two.ask("b2 SELECT INBOX");
            one.ask("a3 FETCH 1:* (UID FLAGS BODY.PEEK[])");
            one.ask("a4 APPEND INBOX (\\Seen) \" 1-Jan-2026 12:00:00 +0000\" {24}");
            one.ask("Subject: 'new' %s \\n\r\n\r\n");
            two.ask("b3 IDLE");
            one.ask("a5 SEARCH SUBJECT {3+}\r\nnew");
            one.ask("a6 STORE 2 +FLAGS (\\Deleted)");
            recorded.settle();
            one.ask("a7 EXPUNGE");
            recorded.settle();
            two.ask("DONE");
            one.ask("a8 FETCH");
            one.ask("a9 LIST \"\" \"it's $HOME `x`\"");
            two.ask("b5 LOGOUT");
            one.ask("a10 LOGOUT");
            var selection = Selection.all(recorded.recording()).range(from, recorded.recording().last());
            var printed = run(Exports.text(Format.SHELL, selection), again);
            assertEquals(conversations(recorded.recording(), from), conversations(again.trace(), 1));
            assertTrue(printed.contains("C1: a1 LOGIN \"alice\" ********\n"), printed);
            assertTrue(printed.contains("S2: * 2 EXPUNGE\n"), printed);
            assertFalse(printed.contains(PASSWORD));
        }
    }

    @Test
    void pop3SessionsAreSaidAgainAndAnsweredAsTheyWere() throws Exception {
        assumeTrue(has("bash") && has("openssl"), "no bash or openssl");
        try (var recorded = server(); var again = again(recorded)) {
            var from = recorded.recording().last() + 1;
            var client = recorded.connect("pop3");
            client.ask("USER alice");
            client.ask("PASS wonderland");
            client.ask("UIDL");
            client.ask("LIST 2");
            client.ask("RETR 2");
            client.ask("DELE 2");
            client.ask("RETR 2");
            client.ask("QUIT");
            var plain = recorded.connect("pop3");
            plain.ask("AUTH PLAIN");
            plain.ask("AGFsaWNlAHdvbmRlcmxhbmQ=");
            plain.ask("LIST");
            plain.ask("QUIT");
            var selection = Selection.all(recorded.recording()).range(from, recorded.recording().last());
            var printed = run(Exports.text(Format.SHELL, selection), again);
            assertEquals(conversations(recorded.recording(), from), conversations(again.trace(), 1));
            assertTrue(printed.contains("S1: .\nC1: DELE 2\nS1: +OK Message 2"), printed); // not before the end of RETR
        }
    }

    @Test
    void apopIsMadeOfTheNewGreeting() throws Exception {
        assumeTrue(has("bash") && has("openssl"), "no bash or openssl");
        try (var server = open()) {
            assertEquals("\"$(apop 3 \"$MAIL_PASSWORD_ALICE\")\"", ShellText.words(Marked.value("${apop ALICE}"), 3));
            var script = Exports.text(Format.SHELL, Selection.all(server.trace())); // nothing yet: only its functions
            run(script + "\nconnect 1 3 pop3\ngreeting 1\n"
                    + "whisper 1 APOP \"APOP alice $(apop 1 \"$MAIL_PASSWORD_ALICE\")\"\n"
                    + "reply 1\n", server);
            assertTrue(server.trace().events(1, 1_000).stream().anyMatch(event -> event.what() instanceof What.Response(
                    var octets) && octets.firstLine(80).startsWith("+OK The maildrop")));
        }
    }

    @Test
    void afterStartTlsTheSessionGoesOnBehindOpenssl() throws Exception {
        assumeTrue(has("openssl"), "no openssl");
        var script = new StringBuilder();
        RecordedTranscripts.each("imap", (name, recording) -> {
            if (name.equals("starttls")) {
                script.append(Exports.text(Format.SHELL, Selection.all(recording)));
            }
        });
        assertTrue(script.indexOf("imap upgraded\n") > 0, script::toString);
        assertFalse(script.toString().contains("'a2 STARTTLS'"));
        try (var server = open()) {
            var from = script.indexOf("# ---- What was recorded");
            var functions = script.substring(0, from).replaceAll("(?m)^: .*\n", "");
            var printed = run(functions + "connect 1 3 imap upgraded\nsay 1 'a1 NOOP'\nanswer 1 a1\nleave 1\n"
                    + "connect 2 3 pop3s\nreply 2\nsay 2 QUIT\nreply 2\nleave 2\n", server);
            assertTrue(printed.contains("S1: a1 OK NOOP completed."), printed);
            assertTrue(printed.contains("C2: QUIT\nS2: +OK"), printed);
        }
    }

    @Test
    void aMissingPasswordIsNamedBeforeAnythingIsSaid() throws Exception {
        try (var recorded = server(); var again = again(recorded)) {
            recorded.connect("imap").ask("a1 LOGIN alice wonderland");
            var script = Exports.text(Format.SHELL, Selection.all(recorded.recording()));
            var before = again.trace().last();
            var result = result(script, again, Map.of());
            assertFalse(result.isEmpty());
            assertTrue(result.contains("MAIL_PASSWORD_ALICE: is not in the environment"), result);
            assertEquals(before, again.trace().last());
        }
    }

    @Test
    void aConnectionThatEndsTooEarlyEndsTheScript() throws Exception {
        assumeTrue(has("bash"), "no bash");
        try (var recorded = server(); var again = again(recorded)) {
            var client = recorded.connect("pop3");
            client.ask("NOOP");
            client.ask("QUIT");
            var script = Exports.text(Format.SHELL, Selection.all(recorded.recording()));
            var altered = script.replace("say 1 NOOP", "say 1 QUIT");
            var result = result(altered, again, Map.of());
            assertTrue(result.contains("Session 1: the server has closed the connection."), result);
        }
    }

    @Test
    void moreSessionsThanAShellCanHoldAreRefused() throws IOException {
        try (var recorded = server()) {
            for (var i = 0; i < 8; i++) {
                recorded.connect("pop3");
            }
            var all = Selection.all(recorded.recording());
            assertEquals("A shell script can hold no more than 7 sessions open at once; select fewer of them.",
                    assertThrows(IOException.class, () -> Exports.text(Format.SHELL, all)).getMessage());
            assertTrue(Exports.text(Format.SHELL, all.ofSessions(1L, 8L)).contains("connect 8 4 pop3"));
        }
    }

    @Test
    void everyScriptIsOneAndShellcheckFindsNothing() throws Exception {
        var scripts = new ArrayList<String>();
        var together = new StringBuilder();
        for (var protocol : List.of("imap", "pop3")) {
            RecordedTranscripts.each(protocol, (name, recording) -> {
                var file = folder.resolve(protocol + "-" + name + ".sh");
                var script = Exports.text(Format.SHELL, Selection.all(recording));
                Files.writeString(file, script);
                scripts.add(file.toString());
                if (ODD.contains(name)) {
                    together.append(together.isEmpty() ? script : script.substring(script.indexOf("# ---- What was")));
                }
            });
        }
        assertTrue(scripts.size() > 50);
        for (var script : scripts) {
            assertEquals("", command(List.of("sh", "-n", script), Map.of()));
        }
        if (has("shellcheck")) {
            var file = folder.resolve("together.sh");
            Files.writeString(file, together);
            assertEquals("", command(List.of("shellcheck", "--shell=sh", file.toString()), Map.of()));
        }
    }

    private String run(String script, MailServer server) throws Exception {
        var file = folder.resolve("sessions.sh");
        Files.writeString(file, script);
        return command(arguments(file, server), environment(server, Map.of("ALICE", PASSWORD)));
    }

    /** What it says when it fails. */
    private String result(String script, MailServer server, Map<String, String> passwords) throws Exception {
        var file = folder.resolve("sessions.sh");
        Files.writeString(file, script);
        try {
            command(arguments(file, server), environment(server, passwords));
            return "";
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    private static List<String> arguments(Path file, MailServer server) {
        return List.of("sh", file.toString(), "127.0.0.1", String.valueOf(server.address("imap").getPort()),
                String.valueOf(server.address("pop3").getPort()));
    }

    private static Map<String, String> environment(MailServer server, Map<String, String> passwords) {
        var environment = new HashMap<String, String>();
        environment.put("MAIL_IMAPS_PORT", String.valueOf(server.address("imaps").getPort()));
        environment.put("MAIL_POP3S_PORT", String.valueOf(server.address("pop3s").getPort()));
        passwords.forEach((name, value) -> environment.put(PasswordNames.VARIABLE + name, value));
        return environment;
    }

    private String command(List<String> command, Map<String, String> environment) throws Exception {
        var log = folder.resolve("command.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var ended = process.waitFor(30, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        var said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertTrue(ended, () -> "it did not end: " + said);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    /** What each session said and was answered, in the order of the sessions. */
    private static List<List<String>> conversations(Recording recording, long from) {
        var all = new TreeMap<Long, List<String>>();
        for (var event : recording.events(from, 10_000)) {
            switch (event.what()) {
                case What.Received(var octets) -> all.get(event.session()).add("C: " + text(octets.toBytes()));
                case What.Response(var octets) -> all.get(event.session()).add("S: " + text(octets.toBytes()));
                case What.Connected connected -> all.put(event.session(), new ArrayList<>());
                default -> {
                }
            }
        }
        return List.copyOf(all.values());
    }

    private static String text(byte[] octets) {
        // What a server makes up anew: capabilities of its mechanisms, and a greeting's timestamp.
        return new String(octets, StandardCharsets.ISO_8859_1).replaceAll("( AUTH=\\S+?)+(?=[ \\]])", "")
                .replaceAll("<\\S+@\\S+>", "<>").replaceAll("ready.*\r\n$", "ready").replaceAll("UIDVALIDITY \\d+", "")
                .replaceAll("APPENDUID \\d+", "");
    }

    private static boolean has(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static MailServer open() throws IOException {
        var server = MailServer.open(config());
        server.start();
        return server;
    }

    private static ServerConfig config() {
        return ServerConfig.sample().withPorts(0, 0)
                .withTls(TlsConfig.DEFAULT.withPorts(OptionalInt.of(0), OptionalInt.of(0)))
                .withAccounts(List.of(new AccountConfig("alice", PASSWORD).withSecretKept()));
    }

    /** A server that begins with what the recorded one holds now, and with another password. */
    private static MailServer again(TestServer recorded) throws IOException {
        var server = MailServer.fork(config(), recorded.recording().live().server(), "a test");
        server.start();
        return server;
    }

    private static TestServer server() {
        var server = new TestServer();
        server.tls(new TlsPolicy(true, true), false); // as MailServer has it
        server.withoutUtf8();
        server.account("alice", "wonderland");
        for (var i = 1; i <= 3; i++) {
            server.deliver("alice", "INBOX", ("Subject: " + i + "\r\n\r\n.dot {5}\r\na7 OK \u00E9 \"q\" {99}\r\n")
                    .getBytes(StandardCharsets.UTF_8), Flags.NONE, TestServer.NOW);
        }
        return server;
    }
}
