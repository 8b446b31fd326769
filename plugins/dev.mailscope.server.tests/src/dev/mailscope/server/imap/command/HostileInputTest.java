package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Whatever octets come: never an exception, every offset within the command, and the next command unharmed. */
class HostileInputTest {
    private static final List<String> SEEDS = List.of("a LOGIN alice secret\r\n",
            "a LOGIN {5+}\r\nalice {6}\r\nsecret\r\n",
            "a AUTHENTICATE PLAIN AHMzY3JldA==\r\n", "a LIST \"\" &AOk-%\r\n",
            "a STATUS \"a\\\\b\" (UNSEEN UIDNEXT)\r\n",
            "a APPEND x (\\Seen) \" 1-Feb-2024 13:05:00 +0100\" {3+}\r\nabc\r\n", "a APPEND x ~{3+}\r\na\0b\r\n",
            "a APPEND x CATENATE (URL \"/a;UIDVALIDITY=1/;UID=2\" TEXT {3+}\r\nabc UTF8 (~{1+}\r\nx) URL"
                    + " {1+}\r\na)\r\n",
            "a ID (\"n\" NIL)\r\n",
            "a UID FETCH 1:*,7 (FLAGS BODY.PEEK[1.HEADER.FIELDS (A \"B\")]<0.9>)\r\n",
            "a SEARCH CHARSET UTF-8 OR NOT FROM {2+}\r\nxy (SINCE 1-Feb-2024 1:9) LARGER 7\r\n",
            "a STORE 1:2 -FLAGS.SILENT (\\Seen $x)\r\n", "a UID COPY 1 INBOX\r\n", "a NOOP\r\n");
    private static final String LETTERS = "\0\t\r\n \"\\(){}[]<>*%&+-.,:0159aAz\u007f\u00c3\u00a4\u00ff";

    @Test
    void changedCommandsAreReadOrRefused() {
        var random = new Random(2683);
        var kinds = new int[2];
        for (var round = 0; round < 60_000; round++) {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (var i = random.nextInt(4); i > 0; i--) {
                var at = random.nextInt(text.length());
                var c = random.nextInt(8) == 0 ? (char) random.nextInt(256)
                        : LETTERS.charAt(random.nextInt(LETTERS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            for (var raw : commands(text.toString(), random)) {
                kinds[check(raw) ? 0 : 1]++;
            }
        }
        assertTrue(kinds[0] > 1_000 && kinds[1] > 1_000, kinds[0] + " read, " + kinds[1] + " refused");
    }

    @Test
    void randomOctetsAreRefused() {
        var random = new Random(2180);
        for (var round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(60); i > 0; i--) {
                text.append(random.nextBoolean() ? (char) random.nextInt(256)
                        : LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            commands(text + "\r\n", random).forEach(HostileInputTest::check);
        }
    }

    @Test
    void everyBeginningOfACommandIsBad() {
        for (var seed : SEEDS) {
            for (var length = 0; length < seed.length(); length++) {
                var raw = CommandText.raw(seed.substring(0, length));
                assertEquals(length, raw.length());
                assertTrue(!check(raw), seed.substring(0, length));
            }
            assertTrue(check(CommandText.raw(seed)), seed);
        }
    }

    // Also replays in odd chunks, and requires that a command sent behind the input is found whatever came before.
    private static List<RawCommand> commands(String text, Random random) {
        var framer = new ImapFramer(200, 3, 300);
        // Enough octets to fill a literal that was accepted, and lines to end whatever is open.
        var octets = (text + "\r\n" + "x".repeat(300) + "\r\n" + "\r\n".repeat(4) + "end NOOP\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var raws = new ArrayList<RawCommand>();
        var huge = false;
        for (int at = 0, chunk; at < octets.length; at += chunk) {
            chunk = Math.min(1 + random.nextInt(20), octets.length - at);
            framer.feed(octets, at, chunk);
            for (var frame = framer.next(); frame != null; frame = framer.next()) {
                switch (frame) {
                    case Frame.Command(var raw) -> raws.add(raw);
                    case Frame.LiteralAnnounced announced -> {
                        raws.add(announced.soFar());
                        if (announced.overLimit() == null && random.nextInt(4) > 0) {
                            framer.accept();
                        } else {
                            huge |= announced.nonSync() && announced.size() > 100;
                            framer.refuse();
                        }
                    }
                    case Frame.TooLong(var limit, var prefix) -> raws.add(prefix);
                    case Frame.Discarded(var soFar, var count) -> raws.add(soFar);
                    case Frame.Line line -> throw new AssertionError("no line was expected");
                }
            }
            raws.add(framer.pending());
        }
        var pending = framer.pending().length() > 0;
        assertTrue(huge || pending || raws.stream()
                .anyMatch(raw -> new String(raw.wire(), StandardCharsets.ISO_8859_1).endsWith("end NOOP\r\n")), text);
        return raws;
    }

    // True when the command is well-formed.
    private static boolean check(RawCommand raw) {
        var parsed = CommandParser.parse(raw);
        for (var secret : parsed.secrets()) {
            assertTrue(secret.end() <= raw.length());
        }
        return switch (parsed) {
            case Parsed.Ok ok -> true;
            case Parsed.Bad bad -> {
                assertTrue(bad.offset() >= 0 && bad.offset() <= raw.length(), bad.message());
                assertTrue(bad.rest().end() <= raw.length());
                assertTrue(bad.found().end() <= raw.length());
                assertTrue(bad.message().length() > 10 && bad.message().chars().allMatch(c -> c >= ' ' && c <= '~'));
                assertTrue(bad.messageQuoting(raw).startsWith(bad.message()));
                yield false;
            }
        };
    }
}
