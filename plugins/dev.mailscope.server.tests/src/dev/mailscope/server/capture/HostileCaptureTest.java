package dev.mailscope.server.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

/** Captures with octets flipped, cut out, said again and shuffled: a clear message, or a recording that can be read. */
class HostileCaptureTest {
    private static final int ROUNDS = 120;

    @TempDir
    private Path folder;

    @Test
    void damagedCapturesGiveARecordingOrAMessage() throws IOException {
        var whole = capture();
        var random = new Random(20260101);
        var imported = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var octets = damaged(whole, random);
            var file = Files.write(folder.resolve("x.pcapng"), octets);
            var made = folder.resolve("made.mailtrace");
            try {
                CaptureImport.capture(file, made, Progress.NONE);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
                assertFalse(Files.exists(made), "round " + round);
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + ": " + e, e);
            }
            imported++;
            try (var recording = Recording.open(made)) {
                assertEquals("", recording.status().reason());
                assertTrue(CaptureImport.isImported(recording));
                recording.at(recording.last());
            }
            Files.delete(made);
        }
        assertTrue(imported > ROUNDS / 4, imported + " were imported");
    }

    @Test
    void noPasswordIsKeptWhateverIsMissing() throws IOException {
        for (var skipped = 0; skipped < 40; skipped++) {
            var capture = new Capture();
            var imap = capture.line(143).open().server("* OK\r\n");
            var pop3 = capture.line(40_001, 110, false, 1, 1).open().server("+OK\r\n");
            var text = "a1 LOGIN alice {9}\r\nwOnd3rl4n\r\na2 LOGIN \"alice\" \"wOnd3rl4n\"\r\n";
            said(imap, text, skipped);
            said(pop3, "USER alice\r\nPASS wOnd3rl4n\r\nAPOP alice wOnd3rl4n\r\n", skipped);
            var file = Files.write(folder.resolve("x.pcap"), capture.pcap());
            var made = folder.resolve("secret" + skipped + ".mailtrace");
            CaptureImport.capture(file, made, Progress.NONE);
            try (var recording = Recording.open(made)) {
                for (var event : Imported.events(recording)) {
                    var words = event.what() instanceof What.Received(var octets)
                            ? new String(octets.toBytes(), StandardCharsets.ISO_8859_1) : event.what().toString();
                    for (var part : new String[] {"wOnd", "3rl4", "rl4n"}) {
                        assertFalse(words.contains(part) || event.command().contains(part), skipped + ": " + event
                                + words);
                    }
                }
            }
        }
    }

    @Test
    void valuesOfAnyShapeAreNoError() {
        var random = new Random(7);
        var alphabet = "* 12 FETCH (UID \"a\\\"b\" BODY[]<0> {3}~[](){}NIL\\Seen ".getBytes(StandardCharsets.US_ASCII);
        for (var round = 0; round < 20_000; round++) {
            var octets = new byte[random.nextInt(60)];
            for (var i = 0; i < octets.length; i++) {
                octets[i] = random.nextInt(20) == 0 ? (byte) (random.nextBoolean() ? '\n' : random.nextInt(256))
                        : alphabet[random.nextInt(alphabet.length)];
            }
            var framer = new ResponseFramer();
            var size = framer.take(octets).stream().mapToInt(response -> {
                response.values().forEach(Value::number);
                return response.wire().size();
            }).sum();
            var rest = framer.rest();
            assertEquals(octets.length, size + (rest == null ? 0 : rest.wire().size()));
        }
    }

    @Test
    void whatIsKeptIsBounded() {
        var knowledge = new Knowledge(Map.of(), false);
        assertEquals(200_000, knowledge.room(300_000));
        assertEquals(0, knowledge.room(1));
        assertTrue(knowledge.isCut());
    }

    private static void said(Capture.Line line, String text, int skipped) {
        for (var from = 0; from < text.length(); from += 7) {
            var piece = text.substring(from, Math.min(text.length(), from + 7));
            if (from / 7 % 40 == skipped % 12 || skipped > 12 && from / 7 == skipped % 5) {
                line.client += piece.length();
            } else {
                line.client(piece);
            }
        }
        line.server(".\r\n").close();
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var octets = whole.clone();
        for (var i = random.nextInt(8); i >= 0; i--) {
            var at = random.nextInt(octets.length);
            switch (random.nextInt(4)) {
                case 0 -> octets[at] = (byte) random.nextInt(256);
                case 1 -> octets = Arrays.copyOf(octets, Math.max(200, at));
                case 2 -> octets[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    var from = random.nextInt(octets.length);
                    System.arraycopy(whole, Math.min(from, whole.length - 1), octets, at,
                            Math.min(random.nextInt(200), Math.min(octets.length - at, whole.length - from)));
                }
            }
        }
        return octets;
    }

    private byte[] capture() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            for (var i = 1; i <= 3; i++) {
                server.deliver("alice", "Subject: " + i + "\r\n\r\nbody\r\n");
            }
            var imap = server.connect("imap");
            for (var line : new String[] {"a1 LOGIN alice wonderland", "a2 LIST \"\" *", "a3 SELECT INBOX",
                "a4 FETCH 1:* (UID FLAGS BODY[])", "a5 STORE 1 +FLAGS (\\Deleted)", "a6 COPY 2 INBOX", "a7 EXPUNGE",
                "a8 CREATE x", "a9 RENAME x y", "a10 DELETE y", "a11 CLOSE", "a12 LOGOUT"}) {
                imap.ask(line);
            }
            var pop3 = server.connect("pop3");
            for (var line : new String[] {"USER alice", "PASS wonderland", "UIDL", "RETR 1", "DELE 1", "QUIT"}) {
                pop3.ask(line);
            }
            var file = folder.resolve("whole.pcapng");
            Export.write(Format.PCAPNG, Selection.all(server.recording()), file, Progress.NONE);
            return Files.readAllBytes(file);
        }
    }
}
