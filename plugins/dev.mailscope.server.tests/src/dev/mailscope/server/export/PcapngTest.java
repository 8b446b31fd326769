package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

/** What Wireshark's own dissectors make of a capture. */
class PcapngTest {
    // Every test connection comes from the same port, which is all that may be remarked on.
    private static final String WRONG =
            "_ws.malformed || (tcp.analysis.flags && !tcp.analysis.reused_ports) || tcp.checksum.status == 0"
            + " || ip.checksum.status == 0 || _ws.expert.severity >= 0x600000";

    @TempDir
    private Path folder;

    @Test
    void everyCommandAndAnswerIsDissectedAndNothingIsWrong() throws Exception {
        try (var server = server()) {
            var imap = server.connect("imap");
            imap.ask("a1 LOGIN alice wonderland");
            imap.ask("a2 SELECT INBOX");
            imap.ask("a3 FETCH 1:2 BODY[]");
            imap.ask("a4 APPEND INBOX {40000}");
            imap.ask("x".repeat(40_000));
            var pop3 = server.connect("pop3");
            pop3.ask("USER alice");
            pop3.ask("PASS wonderland");
            pop3.ask("RETR 1");
            pop3.ask("QUIT");
            imap.ask("a5 LOGOUT");
            server.connect("imap").cut();
            var file = export(Selection.all(server.recording()));
            assertEquals(List.of(), tshark(file, "-Y", WRONG));
            assertEquals(List.of("a1,LOGIN", "a2,SELECT", "a3,FETCH", "a4,APPEND", "a5,LOGOUT"),
                    tshark(file, "-Y", "imap.request.command", "-T", "fields", "-E", "separator=,", "-e",
                            "imap.request_tag", "-e", "imap.request.command"));
            assertEquals(List.of("a1", "a2", "a3", "a4", "a5"), tshark(file, "-Y", "imap.response_tag matches \"^a\"",
                    "-T", "fields", "-e", "imap.response_tag"));
            assertEquals(List.of("USER,alice", "PASS,**********", "RETR,1", "QUIT,"), tshark(file, "-Y",
                    "pop.request.command", "-T", "fields", "-E", "separator=,", "-e", "pop.request.command", "-e",
                    "pop.request.parameter"));
            assertEquals(List.of("0", "1", "2"), streams(file));
        }
    }

    @Test
    void whatFollowsStartTlsIsAStreamOfItsOwn() throws Exception {
        try (var server = server()) {
            server.tls(new TlsPolicy(true, true), false);
            var imap = server.connect("imap");
            imap.ask("a1 STARTTLS");
            imap.ask("a2 CAPABILITY");
            imap.cut();
            var pop3 = server.connect("pop3");
            pop3.ask("STLS");
            pop3.ask("CAPA");
            var file = export(Selection.all(server.recording()));
            assertEquals(List.of(), tshark(file, "-Y", WRONG));
            assertEquals(List.of("0,a1,STARTTLS", "1,a2,CAPABILITY"), tshark(file, "-Y", "imap.request.command", "-T",
                    "fields", "-E", "separator=,", "-e", "tcp.stream", "-e", "imap.request_tag", "-e",
                    "imap.request.command"));
            assertEquals(List.of("2,STLS", "3,CAPA"), tshark(file, "-Y", "pop.request.command", "-T", "fields", "-E",
                    "separator=,", "-e", "tcp.stream", "-e", "pop.request.command"));
        }
    }

    @Test
    void aSessionThatIsCutOutIsWholeToo() throws Exception {
        try (var server = server()) {
            var imap = server.connect("imap");
            imap.ask("a1 LOGIN alice wonderland");
            var from = server.recording().last() + 1;
            imap.ask("a2 NOOP");
            var file = export(Selection.all(server.recording()).range(from, server.recording().last()));
            assertEquals(List.of(), tshark(file, "-Y", WRONG));
            assertEquals(List.of("40001"), tshark(file, "-Y", "imap.request_tag == \"a2\"", "-T", "fields", "-e",
                    "tcp.srcport"));
        }
    }

    @Test
    void addressesAreThoseOfTheTrace() throws Exception {
        try (var recording = Recording.inMemory()) {
            recording.record(1, "imap", 0, "", "", "", new What.Connected("[2001:db8::7%eth0]:50123", "[::1]:1143"));
            recording.record(1, "imap", 0, "", "", "", new What.Response(
                    Octets.of("* OK ready\r\n")));
            var file = export(Selection.all(recording));
            assertEquals(List.of(), tshark(file, "-Y", WRONG));
            assertEquals(List.of("::1,143,2001:db8::7,50123"), tshark(file, "-Y", "imap", "-T", "fields", "-E",
                    "separator=,", "-e", "ipv6.src", "-e", "tcp.srcport", "-e", "ipv6.dst", "-e", "tcp.dstport"));
        }
    }

    @Test
    void noSecretIsInIt() throws IOException {
        try (var server = server()) {
            server.connect("imap").ask("a1 LOGIN alice wonderland");
            var octets = new String(Exports.octets(Format.PCAPNG, Selection.all(server.recording())),
                    StandardCharsets.ISO_8859_1);
            assertTrue(octets.contains("a1 LOGIN alice **********\r\n"));
            assertFalse(octets.contains("wonderland"));
        }
    }

    private List<String> streams(Path file) throws Exception {
        return tshark(file, "-T", "fields", "-e", "tcp.stream").stream().distinct().collect(Collectors.toList());
    }

    private Path export(Selection selection) throws IOException {
        var file = folder.resolve("x.pcapng");
        Export.write(Format.PCAPNG, selection, file, Progress.NONE);
        return file;
    }

    private List<String> tshark(Path file, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-o", "tcp.check_checksum:TRUE", "-o",
                "ip.check_checksum:TRUE"));
        command.addAll(List.of(arguments));
        var output = folder.resolve("output");
        var errors = folder.resolve("errors");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "tshark is not installed: apt-get install tshark");
            return List.of();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "tshark did not end");
        assertEquals(0, process.exitValue(), Files.readString(errors));
        return Files.readAllLines(output);
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", "wonderland");
        server.deliver("alice", "Subject: short\r\n\r\n.dot\r\n");
        server.deliver("alice", "Subject: long\r\n\r\n" + "line of the mail\r\n".repeat(5_000));
        return server;
    }
}
