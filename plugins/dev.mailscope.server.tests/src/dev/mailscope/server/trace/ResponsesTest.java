package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResponsesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = { 10, 600, 16_384 })
    void eachIsAnEventOfItsOwnAndComesBackAsItWas(int segmentEvents) throws IOException {
        var limits = new RecordingLimits(1L << 30, segmentEvents, 1 << 20, 4 * segmentEvents, 1 << 20, 1 << 20);
        var expected = new ArrayList<String>();
        var file = folder.resolve("many");
        List<Long> times;
        try (var recording = Recording.create(file, limits)) {
            var random = new Random(segmentEvents);
            var earlier = new ArrayList<List<String>>();
            recording.record(7, "imap", 0, "Not Authenticated", "", "", new What.Connected("127.0.0.1:9", "x"));
            expected.add("7 imap 0 Not Authenticated   connected");
            for (var round = 0; round < 40; round++) {
                recording.awaitRoom();
                var made = new Responses.Builder();
                var again = round % 4 == 3;
                var lines = again ? earlier.get(random.nextInt(earlier.size())) : lines(round, random);
                earlier.add(lines);
                var first = expected.size() + 1;
                for (var line : lines) {
                    add(made, line);
                    expected.add("7 imap " + (first - 1) + " Selected Work FETCH " + line);
                }
                assertEquals(first, recording.record(7, "imap", first - 1L, "Selected", "Work", "FETCH", made));
                assertEquals(expected.size(), recording.last());
                if (round % 3 == 0) {
                    recording.record(8, "pop3", 0, "Transaction", "INBOX", "NOOP", new What.Command("a"));
                    expected.add("8 pop3 0 Transaction INBOX NOOP command");
                }
                assertEquals(expected.getLast(), text(recording.event(expected.size())));
            }
            compare(expected, recording);
            times = times(recording);
        }
        try (var recording = Recording.open(file)) {
            assertEquals("", recording.status().reason());
            compare(expected, recording);
            var read = times(recording);
            assertEquals(times.size(), read.size());
            for (var i = 0; i < read.size(); i++) {
                assertEquals(times.get(i), read.get(i), "the time of event " + (i + 1));
            }
        }
    }

    private static List<String> lines(int round, Random random) {
        return IntStream.range(0, 1 + random.nextInt(round % 10 == 0 ? 2_000 : 5))
                .mapToObj(i -> "* " + random.nextInt(1 << random.nextInt(1, 20)) + " FETCH (FLAGS ())\r\n").toList();
    }

    @Test
    void whatIsMadeAgainIsInTheFileOnceAndStaysWhileSomethingRefersToIt() throws IOException {
        var file = folder.resolve("again");
        var random = new Random(3);
        var lines = IntStream.range(0, 300).mapToObj(i -> "* " + i + " FETCH (EMAILID (" + random.nextLong()
                + random.nextLong() + "))\r\n").toList();
        var made = new Responses.Builder();
        lines.forEach(line -> add(made, line));
        var rounds = 2_000;
        try (var recording = Recording.create(file, new RecordingLimits(60_000, 1_000, 1 << 20, 1_000, 1 << 20,
                1 << 20))) {
            for (var i = 0; i < rounds; i++) {
                recording.awaitRoom();
                recording.record(7, "imap", 0, "Selected", "Work", "FETCH", made);
                recording.record(7, "imap", 0, "Selected", "Work", "FETCH", new What.Remark("round " + i));
            }
        }
        var copy = folder.resolve("copy");
        try (var recording = Recording.open(file)) {
            assertTrue(recording.first() > 1, "some were dropped");
            assertTrue(recording.last() - recording.first() > 100_000, () -> "events " + recording.first() + " to "
                    + recording.last());
            compareLines(lines, recording);
            RecordingCopy.write(recording, copy, Progress.NONE);
        }
        assertTrue(Files.size(copy) < 200_000, () -> "the copy has " + copy.toFile().length() + " octets");
        try (var recording = Recording.open(copy)) {
            compareLines(lines, recording);
        }
    }

    /** Responses of these lines, in this order, and remarks between. */
    private static void compareLines(List<String> lines, Recording recording) {
        assertEquals("", recording.status().reason());
        var next = -1;
        for (var event : recording.events(recording.first(), Integer.MAX_VALUE)) {
            if (event.what() instanceof What.Response(var octets)) {
                var line = new String(octets.toBytes(), StandardCharsets.US_ASCII);
                next = next < 0 ? lines.indexOf(line) : next;
                assertEquals(lines.get(next), line);
                next = (next + 1) % lines.size();
            }
        }
        for (var number = recording.first(); number <= recording.last(); number += 9_973) {
            assertEquals(number, recording.event(number).number());
            assertEquals(number, recording.at(number).number());
        }
    }

    @Test
    void onlyWhatIsTheSameInAllIsTheSame() {
        for (var other : List.of(made("ab".repeat(600) + "c"), made("ab".repeat(599) + "a", "bc"),
                made("ba".repeat(600), "c"))) {
            var repeats = new Repeats(1 << 20);
            var first = repeats.of(made("ab".repeat(600), "c"));
            assertNotSame(first, repeats.of(other));
            assertFalse(first.isRepeated());
        }
        var repeats = new Repeats(1 << 20);
        var first = repeats.of(made("ab".repeat(600), "c"));
        assertSame(first, repeats.of(made("ab".repeat(600), "c")));
        assertTrue(first.isRepeated());
        assertNotSame(repeats.of(made("short")), repeats.of(made("short")));
    }

    @Test
    void whatWasMadeLongAgoIsForgotten() {
        var repeats = new Repeats(16 << 20);
        var first = repeats.of(made("x".repeat(60_000)));
        for (var i = 0; i < 300; i++) {
            repeats.of(made(i + "y".repeat(60_000)));
        }
        assertSame(first, repeats.of(made("x".repeat(60_000))));
        for (var i = 0; i < 2_000; i++) {
            repeats.of(made(i + "z".repeat(60_000)));
        }
        assertNotSame(first, repeats.of(made("x".repeat(60_000))));
    }

    private static Responses.Builder made(String... lines) {
        var made = new Responses.Builder();
        for (var line : lines) {
            add(made, line);
        }
        return made;
    }

    @Test
    void whereNothingIsKeptTheyAreNumbered() {
        try (var recording = Recording.inMemory(RecordingLimits.NOTHING)) {
            var made = new Responses.Builder();
            add(made, "* 1 EXISTS\r\n");
            add(made, "* 2 EXISTS\r\n");
            add(made, "* 3 EXISTS\r\n");
            assertEquals(1, recording.record(1, "imap", 0, "Selected", "INBOX", "NOOP", made));
            assertEquals(4, recording.record(1, "imap", 0, "Selected", "INBOX", "NOOP", made));
            assertEquals(6, recording.last());
            assertEquals(List.of(), recording.events(1, 10));
        }
    }

    @Test
    void whatIsRecordedStaysWhenItsBuilderIsUsedAgain() {
        try (var recording = Recording.inMemory()) {
            var made = new Responses.Builder();
            add(made, "* 1 EXISTS\r\n");
            add(made, "* 2 EXISTS\r\n");
            recording.record(1, "imap", 0, "Selected", "INBOX", "NOOP", made);
            made.clear();
            add(made, "* BYE\r\n");
            assertEquals("* 1 EXISTS", recording.event(1).what() instanceof What.Response(var octets)
                    ? octets.firstLine(80) : "");
            assertEquals(1, made.count());
        }
    }

    @Test
    void whereOneIsFullDoesNotDependOnWhatWasHandedOverBefore() {
        var ends = new ArrayList<List<Integer>>();
        for (var pauses : List.of(List.<Integer>of(), List.of(100, 101, 700), List.of(1_999))) {
            var made = new Responses.Builder();
            var full = new ArrayList<Integer>();
            for (var i = 0; i < 2_000; i++) {
                add(made, "* " + i + " FETCH (UID " + i + " FLAGS ())\r\n");
                if (made.isFull()) {
                    full.add(i);
                    made.clear();
                } else if (pauses.contains(i)) {
                    made.clear();
                }
            }
            ends.add(full);
        }
        assertTrue(ends.getFirst().size() > 3);
        assertEquals(List.of(ends.getFirst(), ends.getFirst(), ends.getFirst()), ends);
    }

    @Test
    void whatIsNotWholeIsTakenOutAgain() {
        var made = new Responses.Builder();
        add(made, "* 1 EXISTS\r\n");
        write(made, "* 1 FETCH (BODY[] {3}\r\n");
        assertEquals("* 1 FETCH (BODY[] {3}\r\n", new String(made.takeUnfinished(), StandardCharsets.US_ASCII));
        assertEquals("* 1 EXISTS\r\n", new String(made.array(), 0, made.length(), StandardCharsets.US_ASCII));
        assertFalse(made.isFull());
    }

    @Test
    void whatTheyTakeInMemoryIsBounded() {
        var most = 1L << 16;
        try (var recording = Recording.inMemory(new RecordingLimits(1, 1, 1, 1 << 20, most, 1))) {
            var made = new Responses.Builder();
            for (var i = 0; i < 100; i++) {
                add(made, "* 1 FETCH (FLAGS (\\Seen))\r\n");
            }
            for (var i = 0; i < 1_000; i++) {
                recording.record(1, "imap", 0, "Selected", "INBOX", "FETCH", made);
            }
            var kept = recording.last() - recording.first() + 1;
            assertTrue(kept > 100 && kept * made.length() / made.count() <= most, kept + " events are kept");
        }
    }

    @Test
    void aRecordingThatWasOpenedTakesNone() throws IOException {
        var file = folder.resolve("ended");
        Recording.create(file, RecordingLimits.DEFAULT).close();
        var made = new Responses.Builder();
        add(made, "* 1 EXISTS\r\n");
        add(made, "* 2 EXISTS\r\n");
        try (var recording = Recording.open(file)) {
            assertThrows(IllegalStateException.class,
                    () -> recording.record(1, "imap", 0, "Selected", "INBOX", "NOOP", made));
        }
    }

    private static void compare(List<String> expected, Recording recording) {
        assertEquals(expected, recording.events(1, Integer.MAX_VALUE).stream().map(ResponsesTest::text).toList());
        var random = new Random(1);
        for (var i = 0; i < 50; i++) {
            var number = 1 + random.nextInt(expected.size());
            assertEquals(expected.get(number - 1), text(recording.event(number)));
            var moment = recording.at(number);
            assertEquals(number, moment.number());
            assertEquals(List.of(7L), List.copyOf(moment.sessions().keySet()));
            var page = recording.events(number, 3);
            assertEquals(expected.subList(number - 1, Math.min(expected.size(), number + 2)),
                    page.stream().map(ResponsesTest::text).toList());
        }
    }

    private static void add(Responses.Builder made, String line) {
        write(made, line);
        made.end();
    }

    private static void write(Responses.Builder made, String text) {
        var octets = text.getBytes(StandardCharsets.US_ASCII);
        made.write(octets, 0, octets.length);
    }

    private static String text(TraceEvent event) {
        return event.session() + " " + event.protocol() + " " + event.cause() + " " + event.phase() + " "
                + event.folder() + " " + event.command() + " " + (event.what() instanceof What.Response(var octets)
                ? new String(octets.toBytes(), StandardCharsets.US_ASCII) : event.what().kind());
    }

    private static List<Long> times(Recording recording) {
        return recording.events(1, Integer.MAX_VALUE).stream().map(TraceEvent::time).toList();
    }
}
