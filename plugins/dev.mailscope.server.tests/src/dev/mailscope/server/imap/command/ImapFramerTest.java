package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Range;

class ImapFramerTest {
    private static final Predicate<Frame.LiteralAnnounced> ACCEPT = announced -> announced.overLimit() == null;
    private static final Predicate<Frame.LiteralAnnounced> REFUSE = announced -> false;

    @Test
    void lineBecomesCommand() {
        assertEquals(List.of("C a NOOP\\r\\n"), frames("a NOOP\r\n", ACCEPT));
    }

    @Test
    void bareLineFeedEndsLine() {
        assertEquals(List.of("C a NOOP\\n", "C b NOOP\\r\\n"), frames("a NOOP\nb NOOP\r\n", ACCEPT));
    }

    @Test
    void emptyLineIsCommandOfItsOwn() {
        assertEquals(List.of("C \\r\\n", "C a NOOP\\r\\n"), frames("\r\na NOOP\r\n", ACCEPT));
    }

    @Test
    void synchronizingLiteralIsAnnouncedAndRead() {
        assertEquals(List.of("? 5", "C a LOGIN {5}\\r\\n<alice> secret\\r\\n"),
                frames("a LOGIN {5}\r\nalice secret\r\n", ACCEPT));
    }

    @Test
    void literalMayHoldLineEndsAndAnnouncements() {
        assertEquals(List.of("? 8", "C a X {8}\\r\\n<{3}\\r\\nabc>\\r\\n", "C b Y\\r\\n"),
                frames("a X {8}\r\n{3}\r\nabc\r\nb Y\r\n", ACCEPT));
    }

    @Test
    void bareLineFeedEndsAnAnnouncementToo() {
        assertEquals(List.of("?+ 3", "C a X {3+}\\n<abc>\\n"), frames("a X {3+}\nabc\n", ACCEPT));
    }

    @Test
    void emptyLiteralsFollowEachOther() {
        assertEquals(List.of("?+ 0", "?+ 0", "C a LOGIN {0+}\\r\\n<> {0+}\\r\\n<>\\r\\n"),
                frames("a LOGIN {0+}\r\n {0+}\r\n\r\n", ACCEPT));
    }

    @Test
    void refusedSynchronizingLiteralEndsCommand() {
        assertEquals(List.of("? 310", "C b NOOP\\r\\n"), frames("a APPEND x {310}\r\nb NOOP\r\n", REFUSE));
    }

    @Test
    void refusedNonSynchronizingLiteralIsDiscardedWithTheRest() {
        assertEquals(List.of("?+ 5", "D 7", "C b NOOP\\r\\n"), frames("a X {5+}\r\n12345\r\nb NOOP\r\n", REFUSE));
    }

    @Test
    void furtherLiteralsOfRefusedCommandAreDiscardedToo() {
        var input = "a X {5+}\r\n12345 {9+}\r\nz NOOP\r\n! (\\Seen)\r\nb NOOP\r\n";
        assertEquals(List.of("?+ 5", "D " + (5 + 7 + 9 + 10), "C b NOOP\\r\\n"), frames(input, REFUSE));
    }

    @Test
    void synchronizingLiteralWithinRefusedCommandEndsIt() {
        assertEquals(List.of("?+ 5", "D 12", "C b NOOP\\r\\n"),
                frames("a X {5+}\r\n12345 {99}\r\nb NOOP\r\n", REFUSE));
    }

    @Test
    void hugeLiteralSizeSaturates() {
        assertEquals(List.of("? " + Long.MAX_VALUE + " over", "C b NOOP\\r\\n"),
                frames("a X {99999999999999999999}\r\nb NOOP\r\n", ACCEPT));
    }

    @Test
    void numberOfLiteralsIsLimited() {
        var framer = new ImapFramer(100, 2, 100);
        assertEquals(List.of("?+ 1", "?+ 1", "?+ 1 over", "D 3", "C b\\r\\n"),
                frames(framer, bytes("a {1+}\r\nx{1+}\r\nx{1+}\r\nx\r\nb\r\n"), 1000, ACCEPT));
    }

    @Test
    void octetsOfAllLiteralsAreLimitedTogether() {
        var framer = new ImapFramer(100, 9, 10);
        assertEquals(List.of("?+ 6", "?+ 5 over", "D 7", "?+ 9", "C b {9+}\\r\\n<987654321>\\r\\n"), frames(framer,
                bytes("a {6+}\r\n123456{5+}\r\n12345\r\nb {9+}\r\n987654321\r\n"), 1000, ACCEPT));
    }

    @Test
    void literalOverLimitCannotBeAccepted() {
        var framer = new ImapFramer(100, 9, 10);
        feed(framer, "a {11}\r\n");
        framer.next();
        assertThrows(IllegalStateException.class, framer::accept);
    }

    @Test
    void tooLongLineIsReportedOnceAndSkipped() {
        var framer = new ImapFramer(10, 9, 100);
        assertEquals(List.of("T 10 a NOOP xxx", "C b NOOP\\r\\n"),
                frames(framer, bytes("a NOOP xxxyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\nb NOOP\r\n"), 1000,
                        ACCEPT));
    }

    @Test
    void lineOfExactlyTheLimitIsAllowed() {
        assertEquals(List.of("C a NOOP..\\r\\n"), frames(new ImapFramer(10, 9, 100), bytes("a NOOP..\r\n"), 1, ACCEPT));
    }

    @Test
    void limitCountsTextOfTheWholeCommand() {
        assertEquals(List.of("?+ 3", "T 12 a {3+}\\r\\n<123>1234", "C b\\r\\n"),
                frames(new ImapFramer(12, 9, 100), bytes("a {3+}\r\n12312345\r\nb\r\n"), 1000, ACCEPT));
    }

    @Test
    void literalAnnouncedByTooLongLineIsSkipped() {
        var framer = new ImapFramer(10, 9, 100);
        assertEquals(List.of("T 10 a NOOP xxx", "C b NOOP\\r\\n"),
                frames(framer, bytes("a NOOP xxxyyyyyyyyyyyyyyyyy {8+}\r\nz LOGOUT\r\nb NOOP\r\n"), 1000, ACCEPT));
    }

    @Test
    void announcementAcrossTheLimitIsSeen() {
        var framer = new ImapFramer(10, 9, 100);
        assertEquals(List.of("T 10 a NOOP {00", "C b NOOP\\r\\n"),
                frames(framer, bytes("a NOOP {008+}\r\nz LOGOUT\r\nb NOOP\r\n"), 1000, ACCEPT));
    }

    @Test
    void synchronizingLiteralAnnouncedByTooLongLineIsNotAwaited() {
        var framer = new ImapFramer(10, 9, 100);
        assertEquals(List.of("T 10 a NOOP xxx", "C b NOOP\\r\\n"),
                frames(framer, bytes("a NOOP xxxyyyy {8}\r\nb NOOP\r\n"), 1000, ACCEPT));
    }

    @Test
    void whatOnlyLooksLikeAnAnnouncementIsText() {
        for (var line : List.of("a {}", "a {+}", "a {5", "a 5}", "a {5-}", "a {5++}", "a {5} ", "a {x5}", "}", "+}",
                "5}", "a {123456789012345678901}")) {
            assertEquals(List.of("C " + line + "\\r\\n"), frames(line + "\r\n", ACCEPT), line);
        }
    }

    @Test
    void expectedLineIsTakenAsItIs() {
        var framer = new ImapFramer();
        feed(framer, "a AUTHENTICATE PLAIN\r\n");
        assertEquals("C a AUTHENTICATE PLAIN\\r\\n", show(framer.next()));
        framer.expectLine();
        feed(framer, "x {5}\r\nb NOOP\r\n");
        var line = (Frame.Line) framer.next();
        assertArrayEquals(bytes("x {5}"), line.text());
        assertArrayEquals(bytes("x {5}\r\n"), line.wire());
        assertEquals("C b NOOP\\r\\n", show(framer.next()));
    }

    @Test
    void expectedLineMayBeEmpty() {
        for (var end : List.of("\r\n", "\n")) {
            var framer = new ImapFramer();
            framer.expectLine();
            feed(framer, end);
            assertEquals(0, ((Frame.Line) framer.next()).text().length);
        }
    }

    @Test
    void expectedLineCanBeTooLong() {
        var framer = new ImapFramer(10, 9, 100);
        framer.expectLine();
        assertEquals(List.of("T 10 0123456789", "C b NOOP\\r\\n"),
                frames(framer, bytes("0123456789abcdefghij {7+}\r\nb NOOP\r\n"), 1000, ACCEPT));
    }

    @Test
    void lineIsExpectedOnlyBetweenCommands() {
        var framer = new ImapFramer();
        feed(framer, "a {3}\r\n");
        framer.next();
        assertThrows(IllegalStateException.class, framer::expectLine);
    }

    @Test
    void nothingComesUntilAnnouncementIsAnswered() {
        var framer = new ImapFramer();
        feed(framer, "a {3}\r\n123\r\n");
        assertEquals("? 3", show(framer.next()));
        assertNull(framer.next());
        framer.accept();
        assertEquals("C a {3}\\r\\n<123>\\r\\n", show(framer.next()));
        assertThrows(IllegalStateException.class, framer::accept);
        assertThrows(IllegalStateException.class, framer::refuse);
    }

    @Test
    void discardBufferedDropsWhatFollowedStartTls() {
        var framer = new ImapFramer();
        feed(framer, "a STARTTLS\r\nb NOOP\r\nc LOG");
        assertEquals("C a STARTTLS\\r\\n", show(framer.next()));
        assertEquals(13, framer.discardBuffered());
        assertNull(framer.next());
        feed(framer, "d NOOP\r\n");
        assertEquals("C d NOOP\\r\\n", show(framer.next()));
    }

    @Test
    void discardBufferedDropsAnUnfinishedLiteral() {
        var framer = new ImapFramer();
        feed(framer, "a {9+}\r\n123");
        framer.next();
        framer.accept();
        assertNull(framer.next());
        assertEquals(11, framer.discardBuffered());
        feed(framer, "456789\r\n");
        assertEquals("C 456789\\r\\n", show(framer.next()));
    }

    @Test
    void pendingIsTheUnfinishedCommand() {
        var framer = new ImapFramer();
        assertEquals(0, framer.pending().length());
        feed(framer, "a NOOP\r\nb LOGIN {5+}\r\nalice {6+}\r\nsec");
        framer.next();
        framer.next();
        framer.accept();
        framer.next();
        framer.accept();
        assertNull(framer.next());
        assertEquals("b LOGIN {5+}\r\nalice {6+}\r\nsec", text(framer.pending().wire()));
        feed(framer, "ret\r");
        assertNull(framer.next());
        assertEquals("b LOGIN {5+}\r\nalice {6+}\r\nsecret\r", text(framer.pending().wire()));
        feed(framer, "\n");
        assertNotNull(framer.next());
        assertEquals(0, framer.pending().length());
    }

    @Test
    void pendingEndsWithTheFirstLine() {
        var framer = new ImapFramer();
        feed(framer, "a LOGOUT\r\nb LOGIN alice secret\r\n");
        assertEquals("a LOGOUT\r\n", text(framer.pending().wire()));
    }

    @Test
    void largeLiteralBecomesContent() {
        for (var size : new int[] {RawCommand.Literal.STORED_FROM - 1, RawCommand.Literal.STORED_FROM, 100_000}) {
            var framer = new ImapFramer();
            feed(framer, "a {" + size + "}\r\n" + "x".repeat(size) + "\r\n");
            framer.next();
            framer.accept();
            var raw = ((Frame.Command) framer.next()).raw();
            var literal = (RawCommand.Literal) raw.parts().get(1);
            assertEquals(size >= RawCommand.Literal.STORED_FROM, literal.stored() != null);
            assertEquals(size, literal.content().size());
            assertEquals(raw.parts().get(0).length(), literal.offset());
        }
    }

    @Test
    void everyOctetHasAnOffset() {
        var input = "a X {5+}\r\n12\r\n5 {3}\r\nxyz end\n";
        var framer = new ImapFramer();
        feed(framer, input);
        framer.next();
        framer.accept();
        framer.next();
        framer.accept();
        var raw = ((Frame.Command) framer.next()).raw();
        assertEquals(input.length(), raw.length());
        for (var i = 0; i < input.length(); i++) {
            assertEquals(input.charAt(i), raw.at(i));
        }
        assertArrayEquals(bytes(input), raw.wire());
    }

    @Test
    void anyChunksGiveTheSameFrames() {
        var text = new StringBuilder();
        for (var i = 0; i < 40; i++) {
            text.append("a").append(i).append(" NOOP\r\nb APPEND INBOX {").append(100 * i).append("+}\r\n")
                    .append("m\r\n\0{3}\r\n".repeat(100 * i / 9 + 1), 0, 100 * i)
                    .append(" (x)\nc LOGIN {3}\r\nabc x\r\n")
                    .append("d ").append("long".repeat(20 * i)).append(i % 2 == 0 ? " {20+}\r\n" : "\r\n")
                    .append(i % 2 == 0 ? "z LOGOUT\r\nz LOGOUT\r\n and the rest {2}\r\n" : "");
        }
        var input = bytes(text.toString());
        Predicate<Frame.LiteralAnnounced> some = announced -> announced.overLimit() == null && announced.size() != 700;
        var whole = frames(new ImapFramer(1000, 1, 3000), input, input.length, some);
        assertEquals(40, whole.stream().filter(frame -> frame.contains(" NOOP")).count());
        assertEquals(List.of("D", "T"), whole.stream().map(frame -> frame.substring(0, 1))
                .filter(kind -> kind.equals("D") || kind.equals("T")).distinct().sorted().toList());
        for (var chunk = 1; chunk <= 512; chunk++) {
            assertEquals(whole, frames(new ImapFramer(1000, 1, 3000), input, chunk, some), "chunks of " + chunk);
        }
    }

    @Test
    void singleOctetsTakeLinearTime() {
        var line = bytes("a " + "x".repeat(2_000_000) + "\r\n");
        var literal = bytes("a {2000000+}\r\n" + "x".repeat(2_000_000) + "\r\n");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertEquals(1, frames(new ImapFramer(5_000_000, 9, 5_000_000), line, 1, ACCEPT).size());
            assertEquals(2, frames(new ImapFramer(5_000_000, 9, 5_000_000), literal, 1, ACCEPT).size());
            assertEquals(1, frames(new ImapFramer(1000, 9, 5_000_000), line, 1, ACCEPT).size());
        });
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ImapFramer(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImapFramer(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImapFramer(1, 1, -1));
    }

    private static List<String> frames(String input, Predicate<Frame.LiteralAnnounced> answer) {
        return frames(new ImapFramer(), bytes(input), 1, answer);
    }

    private static List<String> frames(ImapFramer framer, byte[] input, int chunk,
            Predicate<Frame.LiteralAnnounced> answer) {
        var frames = new ArrayList<String>();
        for (var at = 0; at < input.length; at += chunk) {
            framer.feed(input, at, Math.min(chunk, input.length - at));
            for (var frame = framer.next(); frame != null; frame = framer.next()) {
                frames.add(show(frame));
                if (frame instanceof Frame.LiteralAnnounced announced) {
                    if (answer.test(announced)) {
                        framer.accept();
                    } else {
                        framer.refuse();
                    }
                }
            }
        }
        return frames;
    }

    private static String show(Frame frame) {
        return switch (frame) {
            case Frame.Command(var raw) -> "C " + show(raw);
            case Frame.LiteralAnnounced(var soFar, var size, var nonSync, var over) ->
                (nonSync ? "?+ " : "? ") + size + (over == null ? "" : " over");
            case Frame.Discarded(var soFar, var octets) -> "D " + octets;
            case Frame.Line(var wire) -> "L " + escape(wire);
            case Frame.TooLong(var limit, var prefix) -> "T " + limit + " " + show(prefix);
        };
    }

    private static String show(RawCommand raw) {
        var text = new StringBuilder();
        for (var part : raw.parts()) {
            var octets = escape(raw.octets(new Range(part.offset(), part.length())));
            text.append(part instanceof RawCommand.Literal ? "<" + octets + ">" : octets);
        }
        return text.toString();
    }

    private static String escape(byte[] octets) {
        return text(octets).replace("\r", "\\r").replace("\n", "\\n");
    }

    private static void feed(ImapFramer framer, String text) {
        framer.feed(bytes(text), 0, text.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
