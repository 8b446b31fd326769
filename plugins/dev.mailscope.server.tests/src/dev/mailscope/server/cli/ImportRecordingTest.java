package dev.mailscope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.transcript.TestServer;

class ImportRecordingTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void makesARecordingBesideTheCaptureOrWhereItIsTold() throws IOException {
        var capture = folder.resolve("wire.pcapng");
        try (var server = new TestServer()) {
            server.connect("imap").ask("a1 LOGOUT");
            Export.write(Format.PCAPNG, Selection.all(server.recording()), capture, Progress.NONE);
        }
        assertEquals(0, Main.run("import", capture.toString()));
        var made = folder.resolve("wire.mailtrace");
        long events;
        try (var recording = Recording.open(made)) {
            events = recording.last();
        }
        assertTrue(events > 5);
        assertEquals(made + ": " + events + " events of 1 session\n", output.toString(StandardCharsets.UTF_8));
        assertEquals(0, Main.run("import", capture.toString(), "-o", folder.resolve("other.mailtrace").toString()));
        assertTrue(Files.exists(folder.resolve("other.mailtrace")));
        assertEquals(2, Main.run("import", capture.toString()));
        assertEquals("mailscope: " + made + " exists already; a recording needs a new file\n",
                errors.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatTheServerOfServeSaidComesTrueAgain() throws IOException {
        var transcript = folder.resolve("talk.transcript");
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            server.start();
            var address = server.address("imap");
            try (var client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream().write("a CAPABILITY\r\nb LOGIN alice secret\r\nc CAPABILITY\r\nd LOGOUT\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readAllBytes();
            }
            Export.write(Format.TRANSCRIPT, Selection.all(server.trace()), transcript, Progress.NONE);
        }
        assertEquals(0, Main.run("import", transcript.toString()));
        var lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size(), () -> "what differs: " + lines);
    }

    @Test
    void aTranscriptIsRunAndWhatDiffersListedAndTheExitCodeSaysSo() throws IOException {
        var transcript = Files.writeString(folder.resolve("talk.transcript"), "account alice wonderland\nO1: pop3\n"
                + "S1: +OK ...\nC1: USER alice\nS1: +OK ...\nC1: PASS wonderland\n"
                + "S1: +OK The maildrop has 2 ...\nX1:\n");
        assertEquals(1, Main.run("import", transcript.toString()));
        var lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.getFirst().matches(".*talk\\.mailtrace: \\d+ events of 1 session"), lines.getFirst());
        assertEquals(transcript + ", line 7: expected \"+OK The maildrop has 2 ...\", got \"+OK The maildrop has 0"
                + " messages (0 octets).\"", lines.get(1));
        assertEquals("What the server did differs once from what the transcript expects.", lines.get(2));
        try (var recording = Recording.open(folder.resolve("talk.mailtrace"))) {
            assertTrue(recording.last() > 5, "it is kept");
        }
    }

    @Test
    void whatIsNothingThatCanBeImportedIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("x.pcap"), "nothing");
        assertEquals(2, Main.run("import", file.toString()));
        assertEquals("mailscope: " + file + " is neither a capture (pcap or pcapng) nor a transcript nor a recording\n",
                errors.toString(StandardCharsets.UTF_8));
    }
}
