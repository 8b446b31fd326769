package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 512 })
    void aLiteralHoldsNoReplies(int chunk) {
        feed(reader(Protocol.IMAP, false), "* 1 FETCH (BODY[] {18}\r\na9 OK not a reply\n FLAGS ())\r\na1 OK done\r\n",
                chunk);
        assertEquals(List.of("S: * 1 FETCH (BODY[] {18}", "S: a9 OK not a reply", "S:  FLAGS ())", "S: a1 OK done"),
                lines);
        assertEquals(List.of(new Reply("*", ""), new Reply("a1", "OK")), replies);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 5, 512 })
    void linesUpToTheDotBelongToOneReply(int chunk) {
        feed(reader(Protocol.POP3, true), "+OK\r\n-ERR is only text\r\n..\r\n.\r\n", chunk);
        assertEquals(List.of("S: +OK", "S: -ERR is only text", "S: ..", "S: ."), lines);
        assertEquals(List.of(new Reply("", "OK")), replies);
    }

    @Test
    void aLargeLiteralIsCutAndSaysHowMuchMoreThereIs() {
        var more = 12_345;
        var size = ReplyReader.BODY_LIMIT + more;
        feed(reader(Protocol.IMAP, false), "* 1 FETCH (BODY[] {" + size + "}\r\n" + "x".repeat(size) + ")\r\na1 OK\r\n",
                1_000);
        assertEquals(List.of("* 1 FETCH (BODY[] {" + size + "}", "x".repeat(ReplyReader.BODY_LIMIT)),
                lines.subList(0, 2).stream().map(line -> line.substring(3)).toList());
        assertTrue(lines.get(2).contains(String.format("%,d", more)), lines.get(2));
        assertTrue(lines.get(2).startsWith("-- "), lines.get(2));
        assertEquals(List.of("S: )", "S: a1 OK"), lines.subList(3, lines.size()));
        assertEquals(new Reply("a1", "OK"), replies.getLast());
    }

    @Test
    void aLargeMessageOverPop3IsCutUpToItsDot() {
        var body = ("y".repeat(98) + "\r\n").repeat(1_000);
        feed(reader(Protocol.POP3, true), "+OK\r\n" + body + ".\r\n+OK bye\r\n", 777);
        var shown = lines.stream().filter(line -> line.startsWith("S: y")).count();
        assertEquals((ReplyReader.BODY_LIMIT + 99) / 100, shown);
        var note = lines.stream().filter(line -> line.startsWith("-- ")).findFirst().orElseThrow();
        assertTrue(note.contains(String.format("%,d", body.length() - shown * 100)), note);
        assertEquals(List.of("S: .", "S: +OK bye"), lines.subList(lines.size() - 2, lines.size()));
    }

    @Test
    void aLongLineIsCutAndALiteralAtItsEndStillFound() {
        var line = "* SEARCH " + "1 ".repeat(ReplyReader.LINE_LIMIT) + "{4}";
        feed(reader(Protocol.IMAP, false), line + "\r\na1 B\r\na1 OK\r\n", 100);
        assertTrue(lines.getFirst().length() < ReplyReader.LINE_LIMIT + 100);
        assertEquals(new Reply("a1", "OK"), replies.getLast());
        assertEquals(2, replies.size());
    }

    @Test
    void octetsThatAreNoTextAreShownAsNumbers() {
        assertEquals("Gr\u00FC\u00DFe", ReplyReader.text("Gr\u00FC\u00DFe\r".getBytes(StandardCharsets.UTF_8)));
        assertEquals("a\\xFFb\\x00", ReplyReader.text(new byte[] { 'a', (byte) 0xFF, 'b', 0 }));
        assertEquals("\\u202Etxt", ReplyReader.text("\u202Etxt".getBytes(StandardCharsets.UTF_8)));
        assertEquals("\\x1B[31m", ReplyReader.text("\u001B[31m".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatTheServerBeganIsShownWhenItGoes() {
        var reader = reader(Protocol.POP3, false);
        feed(reader, "+OK half a li", 100);
        reader.end();
        assertEquals(List.of("S: +OK half a li"), lines);
    }

    private ReplyReader reader(Protocol protocol, boolean moreLines) {
        var first = new boolean[] { moreLines };
        return new ReplyReader(protocol, line -> lines.add(line.toString()), replies::add, () -> {
            var now = first[0];
            first[0] = false;
            return now;
        }, true);
    }

    private static void feed(ReplyReader reader, String text, int chunk) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        for (var from = 0; from < octets.length; from += chunk) {
            var part = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + chunk));
            reader.feed(part, part.length);
        }
    }
}
