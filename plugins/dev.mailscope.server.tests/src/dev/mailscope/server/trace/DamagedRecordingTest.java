package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.MailStore;

/**
 * Files that have lost a part or had octets changed, of a recording below its size limit and of one that had reached
 * it, so that new events lie where old ones were. Whatever can be read is as it was recorded, whatever cannot is named.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedRecordingTest {
    private static final RecordingLimits SMALL = new RecordingLimits(1L << 30, 40, 16_384, 40, 1 << 20, 1 << 20);
    private static final int PARTS = 24;

    /** A recording, and what it told while it was made. */
    private record Made(byte[] octets, RecordingTest.Told told) {
    }

    private Made below;
    private Made limited;
    @TempDir
    private Path folder;

    @BeforeAll
    void record(@TempDir Path own) throws IOException {
        below = record(own.resolve("below"), SMALL, 700);
        limited = record(own.resolve("limited"), SMALL.withBytes(200_000), Integer.MAX_VALUE);
    }

    @Test
    void cutAnywhereItOpensUpToTheDamage() throws IOException {
        var last = 0L;
        for (var part = PARTS / 4; part < PARTS; part++) {
            var end = check(below, Arrays.copyOf(below.octets, (int) ((long) below.octets.length * part / PARTS)));
            assertTrue(end >= last && end > 0, "of " + part + " parts it reads up to " + end + ", of fewer to " + last);
            last = end;
        }
    }

    @Test
    void cutAnywhereAfterItHadReachedItsLimitItStillOpens() throws IOException {
        var opened = 0;
        for (var part = 1; part < PARTS; part++) {
            var cut = Arrays.copyOf(limited.octets, (int) ((long) limited.octets.length * part / PARTS));
            opened += check(limited, cut) > 0 ? 1 : 0;
        }
        assertTrue(opened >= PARTS * 2 / 3, "only " + opened + " opened");
    }

    @Test
    void aHoleAnywhereIsSkippedAndNamed() throws IOException {
        for (var made : new Made[] {below, limited}) {
            var opened = 0;
            for (var part = 0; part < PARTS; part++) {
                var torn = made.octets.clone();
                var at = (int) ((long) torn.length * part / PARTS);
                Arrays.fill(torn, at, Math.min(torn.length, at + 6_000), (byte) 0xA5);
                opened += check(made, torn) > 0 ? 1 : 0;
            }
            assertEquals(PARTS, opened, "one hole has closed the whole file");
        }
    }

    @Test
    void aChangedOctetAnywhereChangesNothingElse() throws IOException {
        var random = new Random(5);
        for (var round = 0; round < 60; round++) {
            var made = round % 2 == 0 ? below : limited;
            var changed = made.octets.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertTrue(check(made, changed) > 0, "one octet has closed the whole file");
        }
    }

    @Test
    void aTextThatIsNoChunkAndOneThatClaimsTheWholeFileCostNoTime() throws IOException {
        var octets = new byte[4_000 * 4_096];
        for (var block = 0; block < octets.length; block += 4_096) {
            var header = "chunk:1,len:fffffff,pages:1\n".getBytes();
            System.arraycopy(header, 0, octets, block, header.length);
        }
        assertEquals(0, check(below, octets));
    }

    @Test
    void whatIsMissingIsSaidBeforeAnybodyLooks() throws IOException {
        var file = folder.resolve("large");
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            for (var i = 0; i < 20_000; i++) {
                recording.record(0, "", 0, "", "", "", new What.Remark("event " + i));
            }
        }
        var torn = Files.readAllBytes(file);
        Arrays.fill(torn, 0, 8_192, (byte) 0);
        Arrays.fill(torn, torn.length / 4, torn.length * 3 / 4, (byte) 0xA5);
        Files.write(file, torn);
        try (var recording = Recording.open(file)) {
            var words = recording.status().reason();
            assertTrue(words.matches("the file is damaged: the last event that can be read is " + recording.last()
                    + " \\(.*\\), which ends at octet [1-9]\\d* of " + torn.length + "; events? .*"), words);
        }
    }

    @Test
    void whatIsLeftIsSavedAsAFileOfItsOwn() throws IOException {
        var torn = limited.octets.clone();
        Arrays.fill(torn, 0, 3 * 4_096, (byte) 0);
        var file = Files.write(folder.resolve("torn"), torn);
        var copy = folder.resolve("copy");
        try (var from = Recording.open(file)) {
            RecordingCopy.write(from, copy, (done, all) -> true);
            try (var to = Recording.open(copy)) {
                assertEquals(from.events(1, Integer.MAX_VALUE), to.events(1, Integer.MAX_VALUE));
                assertEquals(from.first(), to.first());
                assertEquals(from.last(), to.last());
                var told = 0;
                var lost = 0;
                for (var event : from.events(1, Integer.MAX_VALUE)) {
                    var moment = RecordingFailureTest.momentOrNull(from, event.number());
                    // One before a hole may be known only from the checkpoint behind it, which has no event here.
                    var copied = RecordingFailureTest.momentOrNull(to, event.number());
                    if (copied != null) {
                        told++;
                        assertEquals(moment, copied);
                    } else {
                        lost += moment == null ? 0 : 1;
                    }
                }
                assertTrue(told > 100 && lost < 10, told + " moments are left, " + lost + " lost");
            }
        }
    }

    // Opens it, reads all there is, and gives the number of the last event; 0 when it is refused.
    private long check(Made made, byte[] octets) throws IOException {
        var file = Files.write(folder.resolve("damaged"), octets);
        try (var recording = Recording.open(file)) {
            var events = recording.events(1, Integer.MAX_VALUE);
            var words = recording.status().reason();
            for (var event : events) {
                EventText.line(event);
                // As it closes, a recording may have something to say itself.
                if (!isLost(event) && event.number() < made.told.size()) {
                    assertEquals(made.told.event(event.number()), event);
                }
                if (event.number() % 50 == 0) {
                    RecordingFailureTest.momentOrRefusal(made.told, recording, event.number());
                }
            }
            var whole = events.size() == recording.last() - recording.first() + 1;
            assertTrue(whole || words.contains("damaged"), words + " but " + events.size() + " events");
            var isShort = recording.last() < made.told.last().number();
            assertTrue(!isShort || words.contains("event " + recording.last())
                    || words.contains("read is " + recording.last())
                    || words.contains("events " + (recording.last() + 1) + " to "),
                    recording.last() + " of " + made.told.last().number() + ", " + words);
            assertEquals(recording.last(), events.getLast().number(), words);
            return recording.last();
        } catch (IOException e) {
            assertTrue(e.getMessage().startsWith(file + " is no recording of Mailscope"), e.getMessage());
            return 0;
        }
    }

    private static boolean isLost(TraceEvent event) {
        return switch (event.what()) {
            case What.Received(var octets) -> isLost(octets);
            case What.Response(var octets) -> isLost(octets);
            case What.Replaced(var octets, var toClient) -> isLost(octets);
            default -> false;
        };
    }

    private static boolean isLost(Octets octets) {
        OctetText.hex(octets, 2_000);
        return new String(octets.toBytes(), StandardCharsets.ISO_8859_1).contains(Octets.LOST);
    }

    private static Made record(Path file, RecordingLimits limits, long events) throws IOException {
        var told = new RecordingTest.Told();
        try (var recording = Recording.create(file, limits)) {
            var history = new RandomTrace(61);
            var store = RandomTrace.store(recording);
            for (var step = 0; recording.first() < 700 && recording.last() < events; step++) {
                history.step(recording, store);
                if (step % 2 == 0) {
                    expungeOldest(store);
                }
                told.follow(recording);
                if (step % 150 == 0) {
                    while (recording.stored() < recording.last()) {
                        Thread.onSpinWait(); // a commit, so that the file has many of them
                    }
                }
            }
            told.follow(recording);
        }
        return new Made(Files.readAllBytes(file), told);
    }

    private static void expungeOldest(MailStore store) {
        var inbox = store.state().account("alice").orElseThrow().inbox();
        if (inbox.size() > 10) {
            store.transact(Cause.SERVER, t -> t.expunge("alice", inbox.id(), inbox.messages().firstKey()));
        }
    }
}
