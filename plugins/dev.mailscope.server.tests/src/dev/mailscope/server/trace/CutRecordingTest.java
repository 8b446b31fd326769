package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.MailStore;

/** Recordings that had reached their size limit, so that new events lie where old ones were, and then lost a part. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutRecordingTest {
    private static final RecordingLimits LIMITS = new RecordingLimits(200_000, 40, 16_384, 40, 1 << 20, 1 << 20);

    private final RecordingTest.Told told = new RecordingTest.Told();
    private byte[] octets;
    @TempDir
    private Path folder;

    @BeforeAll
    void record(@TempDir Path own) throws IOException {
        octets = record(own.resolve("whole"), told);
    }

    @Test
    void aRecordingAtItsLimitOpensUpToTheDamageWhereverItIsCut() throws IOException {
        var opened = 0;
        var damaged = 0;
        for (var part = 1; part < 20; part++) {
            var cut = folder.resolve("cut" + part);
            Files.write(cut, Arrays.copyOf(octets, octets.length / 20 * part));
            try (var recording = Recording.open(cut)) {
                opened++;
                damaged += compare(told, recording) ? 0 : 1;
            } catch (IOException e) {
                assertEquals(cut + " is no recording of Mailscope, or damaged beyond reading", e.getMessage());
            }
        }
        assertTrue(opened >= 10, "only " + opened + " opened at all");
        assertTrue(damaged > 0, "MVStore alone has opened them all");
    }

    @Test
    void aRecordingAtItsLimitOpensAroundAHoleInItsFile() throws IOException {
        var opened = 0;
        for (var part = 1; part < 20; part++) {
            var torn = folder.resolve("torn" + part);
            var copy = octets.clone();
            Arrays.fill(copy, copy.length / 20 * part, copy.length / 20 * part + 6_000, (byte) 0xA5);
            Files.write(torn, copy);
            try (var recording = Recording.open(torn)) {
                opened++;
                compare(told, recording);
            } catch (IOException e) {
                assertEquals(torn + " is no recording of Mailscope, or damaged beyond reading", e.getMessage());
            }
        }
        assertTrue(opened >= 15, "only " + opened + " opened at all");
    }

    // Whatever can be read is as it was, and what cannot is named. True when it is complete from its first to its last.
    private static boolean compare(RecordingTest.Told told, Recording recording) {
        var events = recording.events(1, Integer.MAX_VALUE);
        var complete = events.size() == recording.last() - recording.first() + 1;
        var words = recording.status().reason();
        assertTrue(words.isEmpty() || words.startsWith("the recording was cut off and ends with event "
                + recording.last()), words);
        assertEquals(!complete, words.contains("damaged"), words);
        assertTrue(events.size() > 1, words);
        for (var event : events) {
            if (!hasLost(event)) {
                assertEquals(told.event(event.number()), event);
            }
            assertFalse(EventText.line(event).isEmpty());
            RecordingFailureTest.momentOrRefusal(told, recording, event.number());
        }
        assertEquals(told.moment(recording.last()), recording.at(recording.last()));
        return complete;
    }

    private static boolean hasLost(TraceEvent event) {
        return switch (event.what()) {
            case What.Response(var octets) -> new String(octets.toBytes(), StandardCharsets.ISO_8859_1).contains(Octets.LOST);
            case What.Received(var octets) -> new String(octets.toBytes(), StandardCharsets.ISO_8859_1).contains(Octets.LOST);
            default -> false;
        };
    }

    private static byte[] record(Path file, RecordingTest.Told told) throws IOException {
        try (var recording = Recording.create(file, LIMITS)) {
            var history = new RandomTrace(61);
            var store = RandomTrace.store(recording);
            for (var step = 0; recording.first() < 700; step++) {
                history.step(recording, store);
                if (step % 2 == 0) {
                    expungeOldest(store);
                }
                told.follow(recording);
                if (step % 60 == 0) {
                    while (recording.stored() < recording.last()) {
                        Thread.onSpinWait(); // a commit, so that the file has many of them
                    }
                }
            }
            told.follow(recording);
        }
        return Files.readAllBytes(file);
    }

    private static void expungeOldest(MailStore store) {
        var inbox = store.state().account("alice").orElseThrow().inbox();
        if (inbox.size() > 10) {
            store.transact(Cause.SERVER, t -> t.expunge("alice", inbox.id(), inbox.messages().firstKey()));
        }
    }
}
