package dev.mailscope.server.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** Captures with everything that can be odd about one. */
class CaptureTest {
    private static final String GREETING = "* OK ready\r\n";

    @TempDir
    private Path folder;

    @Test
    void everyLinkLayerIsReadInBothFormatsAndByteOrders() throws IOException {
        var links = Map.<Integer, UnaryOperator<byte[]>>of(
                101, ip -> ip,
                228, ip -> ip,
                0, Capture.behind(2, 0, 0, 0),
                108, Capture.behind(0, 0, 0, 2),
                1, Capture.behind(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7, 0x81, 0, 0, 5, 0x81, 0, 0, 6, 8, 0),
                113, Capture.behind(0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0),
                276, Capture.behind(8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        for (var link : links.entrySet()) {
            var capture = new Capture().link(link.getKey(), link.getValue());
            capture.line(143).open().server(GREETING).client("a NOOP\r\n").server("a OK done\r\n").close();
            for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                for (var file : List.of(capture.pcap(order, false), capture.pcap(order, true), capture.pcapng(order))) {
                    try (var made = imported(file)) {
                        assertEquals(List.of("a NOOP"), Imported.commands(made, 1), "link type " + link.getKey());
                        var noop = Imported.of(made, 1).stream()
                                .filter(event -> event.what() instanceof What.Received).findFirst().orElseThrow();
                        assertEquals(Capture.BEGAN + 4_000, noop.time());
                        assertEquals("the client closed the connection",
                                ((What.Closed) Imported.of(made, 1).getLast().what()).reason());
                    }
                }
            }
        }
    }

    @Test
    void ethernetPaddingIsNoData() throws IOException {
        var capture = new Capture().link(1, ip -> {
            var frame = Capture.behind(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7, 8, 0).apply(ip);
            return Arrays.copyOf(frame, Math.max(64, frame.length));
        });
        capture.line(143).open().server("* OK\r\n").client("a NOOP\r\n").close();
        try (var made = imported(capture.pcap())) {
            assertEquals("a NOOP\r\n", Imported.said(made, 1, true));
        }
    }

    @Test
    void extensionHeadersAreSkippedAndFragmentsReported() throws IOException {
        var capture = new Capture();
        var line = capture.line(40_000, 143, true, 1, 1).open().server(GREETING);
        var segment = capture.packets().getLast();
        line.client("a NOOP\r\n");
        var last = capture.packets().removeLast();
        var tcp = Arrays.copyOfRange(last, 40, last.length);
        var options = new byte[] {43, 0, 1, 4, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 9};
        capture.packet(Capture.ipv6(true, tcp, 0, options));
        capture.packet(Capture.ipv6(true, tcp, 44, new byte[] {6, 0, 0, 8, 0, 0, 0, 9}));
        capture.packet(Capture.ipv4(true, new byte[40], 0x2000));
        try (var made = imported(capture.pcap())) {
            assertEquals(List.of("a NOOP"), Imported.commands(made, 1));
            assertTrue(Imported.remarks(made).contains("2 packets are fragments of larger ones and were not read."),
                    Imported.remarks(made).toString());
        }
        assertTrue(segment.length > 0);
    }

    @Test
    void segmentsArePutInOrderAndTakenOnce() throws IOException {
        var capture = new Capture();
        // Numbers wrap around in the middle of what is said.
        var line = capture.line(40_000, 143, false, -6, Integer.MAX_VALUE - 3).open().server(GREETING);
        var first = line.client;
        line.send(true, first + 5, Capture.ACK, "P\r\n");
        line.send(true, first, Capture.ACK, "a NO");
        line.send(true, first, Capture.ACK, "a NO");
        line.send(true, first + 2, Capture.ACK, "NOO");
        line.send(true, first + 8, Capture.ACK, "b NOOP\r\n");
        line.client += 16;
        line.server("a OK\r\nb OK\r\n").close();
        try (var made = imported(capture.pcap())) {
            assertEquals("a NOOP\r\nb NOOP\r\n", Imported.said(made, 1, true));
            assertEquals(List.of("a NOOP", "b NOOP"), Imported.commands(made, 1));
            assertEquals(List.of("TCP, from the client: a segment of 3 octets came early, before 5 octets",
                    "TCP, from the client: 4 octets were sent again (retransmission)",
                    "TCP, from the client: a segment of 3 octets overlaps what came before by 2"),
                    Imported.remarks(made).stream().filter(text -> text.startsWith("TCP")).toList());
        }
    }

    @Test
    void aGapHidesWhatMayBeASecretAndKeepsLiteralsWhole() throws IOException {
        var capture = new Capture();
        var line = capture.line(143).open().server(GREETING);
        line.client("a LOG");
        line.client += 9; // "IN alice "
        line.client("password\r\n").server("a OK in\r\n");
        line.client("b SELECT INBOX\r\n").server("* 1 EXISTS\r\nb OK [READ-WRITE] open\r\nb");
        line.client("c FETCH 1 BODY[]\r\n").server("* 1 FETCH (BODY[] {30}\r\n0123456789");
        line.server += 10;
        line.server("0123456789)\r\nc OK done\r\n").client("d NOOP\r\n").server("d OK\r\n").close();
        try (var made = imported(capture.pcap())) {
            var all = Imported.said(made, 1, true);
            assertFalse(all.contains("password"), all);
            assertEquals(List.of("9 octets of the client are missing in the capture here",
                    "10 octets of the server are missing in the capture here"),
                    Imported.remarks(made).stream().filter(text -> text.contains("missing")).toList());
            assertTrue(Imported.said(made, 1, false).contains("0123456789??????????0123456789)"));
            assertTrue(Imported.commands(made, 1).contains("d NOOP"), Imported.commands(made, 1).toString());
            assertEquals(List.of("INBOX"), Imported.opened(made, 1));
        }
    }

    @Test
    void aCaptureMayBeginInTheMiddle() throws IOException {
        var capture = new Capture();
        capture.line(143).client("cret\r\n").server("a1 OK in\r\n").client("a2 UID FETCH 7 (FLAGS)\r\n")
                .server("* 3 FETCH (UID 7 FLAGS (\\Seen))\r\na2 OK\r\n");
        capture.line(40_001, 110, false, 1, 1).server("+OK\r\n").client("DELE 2\r\n").server("+OK\r\n")
                .client("QUIT\r\n")
                .server("+OK bye\r\n").close();
        try (var made = imported(capture.pcap())) {
            assertEquals("********a2 UID FETCH 7 (FLAGS)\r\n", Imported.said(made, 1, true));
            assertEquals(List.of("Selected"), Imported.phases(made, 1));
            var messages = made.live().server().account("unknown user of session 1").orElseThrow().folders()
                    .get("unknown folder of session 1").messages();
            assertEquals(3, messages.size());
            assertTrue(messages.get(7L).flags().seen());
            assertEquals(3, Imported.atTheEndOf(made, 1).sequence(7));
            var unknown = new String(messages.firstEntry().getValue().content().octets(), StandardCharsets.US_ASCII);
            assertTrue(unknown.contains("Its UID is not in the capture either"), unknown);
            assertEquals(List.of("Authorization", "Transaction", "Update"), Imported.phases(made, 2));
            assertTrue(Imported.remarks(made).stream().anyMatch(text -> text.contains("beginning of this session")));
        }
    }

    @Test
    void aResetAndAnotherConnectionBetweenTheSamePorts() throws IOException {
        var capture = new Capture();
        var first = capture.line(143).open().server(GREETING);
        first.send(false, first.server, Capture.RST, "");
        capture.line(40_000, 143, false, 77, 99).open().server(GREETING).client("z NOOP\r\n");
        capture.line(40_000, 143, false, 777, 999).open().server(GREETING).client("y NOOP\r\n");
        try (var made = imported(capture.pcap())) {
            assertEquals(List.of("the server reset the connection", "another connection between the same ports began",
                    "the capture ends here, and the connection was still open"),
                    Imported.events(made).stream().map(event -> event.what()).filter(What.Closed.class::isInstance)
                            .map(what -> ((What.Closed) what).reason()).toList());
            assertEquals(List.of("y NOOP"), Imported.commands(made, 3));
        }
    }

    @Test
    void protocolsAreKnownByWhatIsSaidAndOthersAreLeftOut() throws IOException {
        var capture = new Capture();
        capture.line(41_000, 8143, false, 1, 1).open().server(GREETING).client("a NOOP\r\n").close();
        capture.line(41_001, 143, false, 1, 1).open().server("+OK POP3 here\r\n").client("CAPA\r\n").close();
        capture.line(41_002, 80, false, 1, 1).open().client("GET / HTTP/1.1\r\n").server("+OK no\r\n").close();
        capture.line(41_003, 25, false, 1, 1).open().server("220 smtp\r\n").client("EHLO x\r\n").close();
        try (var made = imported(capture.pcap())) {
            assertEquals(List.of("imap", "pop3"), Imported.events(made).stream()
                    .filter(event -> event.what() instanceof What.Connected).map(event -> event.protocol()).toList());
        }
    }

    @Test
    void whatTlsEncryptsIsSaidToBeUnreadable() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING).client("a STARTTLS\r\n").server("a OK go\r\n")
                .client("\u0016\u0003\u0001xx")
                .server("\u0016\u0003\u0003yyy").close();
        capture.line(40_001, 110, false, 1, 1).open().server("+OK\r\n").client("STLS\r\n").server("+OK go\r\n")
                .client("\u0016\u0003\u0001xx").close();
        capture.line(40_002, 993, false, 1, 1).open().client("\u0016\u0003\u0001xx").server("\u0016\u0003\u0001yy")
                .close();
        try (var made = imported(capture.pcap())) {
            var remarks = Imported.remarks(made);
            assertTrue(remarks.contains("from here on nothing can be read: TLS began (STARTTLS), and what is encrypted"
                    + " cannot be read"), remarks.toString());
            assertTrue(remarks.contains("not read, because TLS began (STARTTLS), and what is encrypted cannot be read:"
                    + " 5 octets of the client and 6 of the server"), remarks.toString());
            assertTrue(remarks.stream().anyMatch(text -> text.contains("TLS began (STLS)")), remarks.toString());
            assertTrue(remarks.stream().anyMatch(text -> text.contains("encrypted by TLS from the beginning")));
        }
    }

    @Test
    void whatIsCompressedIsInflated() throws IOException {
        var capture = new Capture();
        var line = capture.line(143).open().server("* PREAUTH hello\r\n").client("a COMPRESS DEFLATE\r\n")
                .server("a OK\r\n");
        var client = new Deflater(9, true);
        var server = new Deflater(9, true);
        for (var i = 0; i < 3; i++) {
            line.client(deflated(client, "b" + i + " LIST \"\" *\r\n"));
            line.server(deflated(server, "* LIST () \"/\" folder" + i + "\r\nb" + i + " OK\r\n"));
        }
        client.end();
        server.end();
        try (var made = imported(capture.pcap())) {
            assertEquals(List.of("a COMPRESS", "b0 LIST", "b1 LIST", "b2 LIST"), Imported.commands(made, 1));
            assertTrue(Imported.held(made.live().server()).contains("folder2"));
        }
    }

    @Test
    void aBombIsNotInflated() throws IOException {
        var capture = new Capture();
        var line = capture.line(143).open().server("* PREAUTH hello\r\n").client("a COMPRESS DEFLATE\r\n")
                .server("a OK\r\n");
        var bomb = new Deflater(9, true);
        bomb.setInput(new byte[30 << 20]);
        var out = new byte[1 << 15];
        for (var count = bomb.deflate(out); count > 0; count = bomb.deflate(out)) {
            var data = Arrays.copyOf(out, count);
            line.send(false, line.server, Capture.ACK, data);
            line.server += count;
        }
        bomb.end();
        try (var made = imported(capture.pcap())) {
            assertTrue(Imported.remarks(made).stream().anyMatch(text -> text.contains("more than 100 times as large")),
                    Imported.remarks(made).toString());
        }
    }

    @Test
    void pipelinedCommandsAreReadInThePhaseTheyAreIn() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING)
                .client("a LOGIN alice secret\r\nb SELECT INBOX\r\nc FETCH 1 FLAGS\r\nd IDLE\r\n")
                .server("a OK\r\n* 1 EXISTS\r\nb OK [READ-ONLY]\r\n* 1 FETCH (FLAGS ())\r\nc OK\r\n+ idling\r\n")
                .server("* 2 EXISTS\r\n").client("DONE\r\n").server("d OK\r\n")
                .client("e APPEND INBOX {5}\r\n").server("e NO too much\r\n").client("f NOOP\r\n").server("f OK\r\n");
        try (var made = imported(capture.pcap())) {
            assertEquals(List.of("a LOGIN", "b SELECT", "c FETCH", "d IDLE", "d IDLE", "f NOOP"),
                    Imported.commands(made, 1));
            assertEquals("a LOGIN alice ********\r\nb SELECT INBOX\r\nc FETCH 1 FLAGS\r\nd IDLE\r\nDONE\r\n"
                    + "e APPEND INBOX {5}\r\nf NOOP\r\n", Imported.said(made, 1, true));
            assertEquals(List.of("INBOX read-only"), Imported.opened(made, 1));
            assertEquals(2, Imported.atTheEndOf(made, 1).told().size());
        }
    }

    @Test
    void challengesAndResponsesAreHiddenAndNameTheUser() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING).client("a AUTHENTICATE CRAM-MD5\r\n").server("+ PDEyMzQ+\r\n")
                .client("Ym9iIDAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm\r\n").server("a OK\r\n");
        capture.line(40_001, 110, false, 1, 1).open().server("+OK\r\n").client("AUTH PLAIN\r\n").server("+ \r\n")
                .client("AGNhcm9sAHNlY3JldA==\r\n").server("+OK\r\n");
        try (var made = imported(capture.pcap())) {
            assertEquals("a AUTHENTICATE CRAM-MD5\r\n********", Imported.said(made, 1, true));
            assertEquals(GREETING + "+ ********\r\na OK\r\n", Imported.said(made, 1, false));
            assertEquals("AUTH PLAIN\r\n********", Imported.said(made, 2, true));
            assertEquals(List.of("bob", "carol"), List.copyOf(made.live().server().accounts().keySet()));
        }
    }

    @Test
    void oneServersNumberOfMessagesIsBounded() throws IOException {
        var capture = new Capture();
        for (var i = 0; i < 3; i++) {
            capture.line(42_000 + i, 143, false, 1, 1).open().server("* PREAUTH\r\n").client("a SELECT f" + i + "\r\n")
                    .server("* 4000000000 EXISTS\r\na OK\r\n").client("b DELE\r\n").close();
        }
        try (var made = imported(capture.pcap())) {
            assertTrue(Imported.remarks(made).stream().anyMatch(text -> text.contains("more mail than can be kept")));
        }
    }

    @Test
    void aThousandStreamsAtOnce() throws IOException {
        var capture = new Capture();
        var lines = new ArrayList<Capture.Line>();
        for (var i = 0; i < 1_000; i++) {
            lines.add(capture.line(20_000 + i, 143, false, i, i).open().server(GREETING));
        }
        lines.forEach(line -> line.client("a NOOP\r\n").server("a OK\r\n"));
        try (var made = imported(capture.pcap())) {
            assertEquals(1_000, Imported.events(made).stream().filter(event -> event.command().equals("NOOP")
                    && event.what() instanceof What.Command).count());
        }
    }

    @Test
    void whatIsNoCaptureIsSaidSo() throws IOException {
        var text = write("Subject: no capture\r\n".getBytes());
        assertEquals(text + " is no capture: it begins neither as pcap nor as pcapng", failure(text));
        var empty = write(new byte[0]);
        assertEquals(empty + " is no capture: it begins neither as pcap nor as pcapng", failure(empty));
        var none = folder.resolve("none");
        assertEquals(none + " does not exist", failure(none));
        var silent = write(new Capture().pcap());
        assertEquals(silent + " has no session of POP3 or IMAP in it, nor any TCP segment that can be read",
                failure(silent));
        assertFalse(Files.exists(folder.resolve("made.mailtrace")));
    }

    @Test
    void aCutOrDamagedCaptureIsReadUpToThere() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING).client("a NOOP\r\n").server("a OK\r\n");
        var whole = capture.pcap();
        try (var made = imported(Arrays.copyOf(whole, whole.length - 3))) {
            assertEquals(List.of("a NOOP"), Imported.commands(made, 1));
            assertTrue(Imported.remarks(made).getLast()
                    .endsWith("could not be read to its end: it is cut off after octet "
                    + (whole.length - 3) + "."), Imported.remarks(made).toString());
        }
        var absurd = new ByteArrayOutputStream();
        absurd.writeBytes(whole);
        absurd.writeBytes(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0).putInt(0x7FFF_FFFF)
                .array());
        try (var made = imported(absurd.toByteArray())) {
            assertTrue(Imported.remarks(made).getLast()
                    .contains("claims to have 2147483647 octets, which no packet has"),
                    Imported.remarks(made).toString());
        }
    }

    @Test
    void anImportCanBeCalledOffAndLeavesNothing() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING);
        var file = write(capture.pcap());
        var made = folder.resolve("made.mailtrace");
        for (var asked = 0; asked < 2; asked++) {
            var most = asked == 0 ? 0 : 90;
            assertThrows(CancellationException.class, () -> CaptureImport.capture(file, made,
                    (done, all) -> done * 100 <= all * most));
            assertFalse(Files.exists(made));
        }
        Files.writeString(made, "mine");
        assertThrows(IOException.class, () -> CaptureImport.capture(file, made, Progress.NONE));
        assertArrayEquals("mine".getBytes(), Files.readAllBytes(made));
    }

    @Test
    void anImportedRecordingSaysSo() throws IOException {
        var capture = new Capture();
        capture.line(143).open().server(GREETING);
        try (var made = imported(capture.pcap()); var live = Recording.inMemory()) {
            assertTrue(CaptureImport.isImported(made));
            live.record(0, "", 0, "", "", "", new What.Remark("started"));
            assertFalse(CaptureImport.isImported(live));
        }
        assertTrue(CaptureImport.isCapture(write(capture.pcap())));
        assertFalse(CaptureImport.isCapture(write("no".getBytes())));
    }

    private static String deflated(Deflater deflater, String text) {
        deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
        var out = new byte[1_000];
        var count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return new String(out, 0, count, StandardCharsets.ISO_8859_1);
    }

    private String failure(Path file) {
        return assertThrows(IOException.class, () -> CaptureImport.capture(file, folder.resolve("made.mailtrace"),
                Progress.NONE)).getMessage();
    }

    private Path write(byte[] octets) throws IOException {
        return Files.write(Files.createTempFile(folder, "x", ".pcap"), octets);
    }

    private Recording imported(byte[] octets) throws IOException {
        var capture = write(octets);
        var made = folder.resolve(capture.getFileName() + ".mailtrace");
        CaptureImport.capture(capture, made, Progress.NONE);
        return Recording.open(made);
    }
}
