package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingFailureTest {
    private static final RecordingLimits TINY = new RecordingLimits(1L << 30, 10, 1 << 20, 20, 1 << 20, 1 << 20);

    @TempDir
    Path folder;

    @AfterEach
    void noThreadIsLeft() {
        var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
        assertFalse(threads.anyMatch("mailscope-recorder"::equals), "a recorder is still running");
    }

    @Test
    void whenTheDiskIsFullRecordingEndsVisiblyAndEventsGoOn() throws IOException {
        var disk = new WeakDisk(100_000, true);
        var told = new RecordingTest.Told();
        var file = folder.resolve("full");
        long kept;
        var limits = new RecordingLimits(1L << 30, 10, 1 << 20, 150, 1 << 20, 1 << 20);
        try (var recording = Recording.create(file, limits, disk)) {
            var history = new RandomTrace(21);
            var store = RandomTrace.store(recording);
            while (recording.status().state() == Recording.State.RECORDING) {
                for (var step = 0; step < 20; step++) {
                    history.step(recording, store);
                }
                told.follow(recording);
                waitUntilStored(recording);
            }
            assertEquals("it could not be written: No space left on device", recording.status().reason());
            assertEquals(Recording.State.ENDED, recording.status().state());
            told.follow(recording);
            assertTrue(recording.events(recording.first(), Integer.MAX_VALUE).stream().anyMatch(
                    e -> e.what() instanceof What.Remark(var text) && text.contains("has ended: it could not be")));
            told.compare(recording);
            assertEquals(1, recording.first());
            for (var step = 0; step < 300; step++) {
                history.step(recording, store);
                told.follow(recording);
            }
            assertTrue(recording.first() > 1, "what is not written is kept for ever");
            told.compare(recording);
            kept = recording.last();
        }
        try (var reopened = Recording.open(file)) {
            assertTrue(reopened.last() > 0 && reopened.last() < kept);
            told.compare(reopened);
        }
    }

    @Test
    void aCrashInTheMiddleOfAWriteLosesOnlyWhatWasNotWritten() throws IOException {
        for (var cut : new int[] {50_000, 90_001, 150_003}) {
            var disk = new WeakDisk(cut, false);
            var told = new RecordingTest.Told();
            var crashed = folder.resolve("crashed" + cut);
            var whole = folder.resolve("live" + cut);
            long safe;
            try (var recording = Recording.create(whole, TINY, disk)) {
                var history = new RandomTrace(cut);
                disk.stored = recording::stored;
                var store = RandomTrace.store(recording);
                while (!disk.isGone()) {
                    for (var step = 0; step < 50; step++) {
                        history.step(recording, store);
                    }
                    told.follow(recording);
                    waitUntilStored(recording);
                }
                Files.copy(whole, crashed);
                safe = disk.storedBefore;
            }
            try (var reopened = Recording.open(crashed)) {
                assertTrue(reopened.last() >= safe && safe > 0, reopened.last() + " of " + safe + " events are left");
                cutOffAt(reopened);
                told.compare(reopened);
                assertEquals(told.moment(reopened.last()), reopened.live());
            }
        }
    }

    @Test
    void anEventIsInTheFileWithinASecondOrSo() throws IOException {
        var file = folder.resolve("soon");
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            recording.record(0, "", 0, "", "", "", new What.Remark("started"));
            var copy = folder.resolve("copy");
            var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            var last = 0L;
            while (last == 0) {
                assertTrue(System.nanoTime() < end, "the event is still not in the file");
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                try (var opened = Recording.open(copy)) {
                    last = opened.last();
                }
            }
            assertEquals(1, last);
        }
    }

    @Test
    void aTruncatedRecordingOpensUpToTheDamageAndSaysWhere() throws IOException {
        var file = folder.resolve("whole");
        var told = new RecordingTest.Told();
        try (var recording = Recording.create(file, TINY)) {
            var history = new RandomTrace(31);
            var store = RandomTrace.store(recording);
            for (var round = 0; round < 8; round++) {
                for (var step = 0; step < 50; step++) {
                    history.step(recording, store);
                }
                told.follow(recording);
                waitUntilStored(recording);
            }
        }
        var octets = Files.readAllBytes(file);
        for (var percent : new int[] {99, 70, 40}) {
            var cut = folder.resolve("cut" + percent);
            Files.write(cut, Arrays.copyOf(octets, octets.length / 100 * percent));
            try (var reopened = Recording.open(cut)) {
                cutOffAt(reopened);
                told.compare(reopened);
            }
        }
    }

    @Test
    void aHoleInTheMiddleIsSkippedAndNamed() throws IOException {
        var file = folder.resolve("hole");
        var told = new RecordingTest.Told();
        try (var recording = Recording.create(file, TINY)) {
            var history = new RandomTrace(41);
            var store = RandomTrace.store(recording);
            for (var step = 0; step < 200; step++) {
                history.step(recording, store);
                told.follow(recording);
            }
        }
        damage(file, "events.101", 101);
        try (var opened = Recording.open(file)) {
            var numbers = opened.events(1, Integer.MAX_VALUE).stream().map(TraceEvent::number).toList();
            assertFalse(numbers.contains(101L));
            assertTrue(numbers.contains(100L) && numbers.contains(111L));
            var damage = opened.status().reason();
            assertTrue(damage.startsWith("events 101 to "), damage);
            assertEquals(told.moment(100), opened.at(100));
            assertEquals(told.moment(120), opened.at(120));
            var error = assertThrows(IllegalArgumentException.class, () -> opened.at(105));
            assertEquals("The state at event 105 cannot be told: " + damage + ".", error.getMessage());
        }
    }

    @Test
    void behindAHoleTheStateIsNotGuessed() throws IOException {
        var file = folder.resolve("gap");
        var limits = new RecordingLimits(1L << 30, 1_000, 1 << 20, 4_000, 16 << 20, 1 << 20);
        try (var recording = Recording.create(file, limits)) {
            for (var i = 0; i < 1_500; i++) {
                recording.record(0, "", 0, "", "", "", new What.Remark("event " + i));
            }
        }
        long hole;
        try (var store = new MVStore.Builder().fileName(file.toString()).open()) {
            hole = map(store, "events.1").higherKey(1L);
        }
        damage(file, "events.1", hole);
        try (var opened = Recording.open(file)) {
            assertEquals(hole - 1, opened.at(hole - 1).number());
            var error = assertThrows(IllegalArgumentException.class, () -> opened.at(1_000 - 1));
            assertTrue(error.getMessage().contains("events " + hole + " to "), error.getMessage());
            assertEquals(1_001, opened.at(1_001).number());
            assertEquals("event 998", ((What.Remark) opened.event(999).what()).text());
        }
    }

    @Test
    void whateverIsDamagedNothingIsMadeUp() throws IOException {
        var file = folder.resolve("damaged");
        var told = new RecordingTest.Told();
        try (var recording = Recording.create(file, TINY)) {
            var history = new RandomTrace(51);
            var store = RandomTrace.store(recording);
            for (var step = 0; step < 150; step++) {
                history.step(recording, store);
                told.follow(recording);
            }
        }
        var octets = Files.readAllBytes(file);
        var opened = 0;
        for (var at = 0; at < octets.length; at += octets.length / 30) {
            var damaged = octets.clone();
            Arrays.fill(damaged, at, Math.min(octets.length, at + 64), (byte) 0xA5);
            Files.write(folder.resolve("copy"), damaged);
            try (var reopened = Recording.open(folder.resolve("copy"))) {
                opened++;
                for (var event : reopened.events(1, Integer.MAX_VALUE)) {
                    assertEquals(told.moment(event.number()).number(), event.number());
                    momentOrRefusal(told, reopened, event.number());
                }
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(folder.resolve("copy").toString()), e.getMessage());
            }
        }
        assertTrue(opened > 5, "only " + opened + " damaged files opened at all");
    }

    @Test
    void whatIsNoRecordingIsRefusedByName() throws IOException {
        refused(new byte[0], "is no recording of Mailscope");
        refused("Dear diary".getBytes(StandardCharsets.UTF_8), "is no recording of Mailscope, or damaged");
        refused(new byte[30_000], "is no recording of Mailscope, or damaged");
        var other = folder.resolve("other.mv");
        try (var store = new MVStore.Builder().fileName(other.toString()).open()) {
            store.openMap("recording").put("a", "b");
        }
        refused(Files.readAllBytes(other), "is no recording of Mailscope");
        assertThrows(IOException.class, () -> Recording.open(folder));
        assertThrows(IOException.class, () -> Recording.open(folder.resolve("missing")));
    }

    @Test
    void aNewerFormatIsRefusedByName() throws IOException {
        var file = folder.resolve("newer");
        Recording.create(file, TINY).close();
        setVersion(file, TraceFile.VERSION + 1);
        var refusal = assertThrows(IOException.class, () -> Recording.open(file));
        assertEquals(file + " was written by a newer version of Mailscope: its format is 4, this one reads up to 3",
                refusal.getMessage());
    }

    /** A version that does not know runs of responses must refuse what may have some, not take them for damage. */
    @Test
    void whatHasRunsSaysThatItIsNewerAndThoseBeforeAreRead() throws IOException {
        var file = folder.resolve("before");
        try (var recording = Recording.create(file, TINY)) {
            recording.record(0, "", 0, "", "", "", new What.Remark("kept"));
        }
        assertEquals(TraceFile.VERSION, version(file));
        assertTrue(TraceFile.VERSION >= EventCodec.VERSION);
        for (var earlier : new int[] {1, 2}) {
            setVersion(file, earlier);
            try (var recording = Recording.open(file)) {
                assertEquals(new What.Remark("kept"), recording.event(1).what());
            }
        }
    }

    private static void setVersion(Path file, int version) {
        try (var store = new MVStore.Builder().fileName(file.toString()).open()) {
            var header = new BinaryOutput();
            header.text("Mailscope recording");
            header.number(version);
            map(store, "recording").put(0L, header.seal());
        }
    }

    private static long version(Path file) throws IOException {
        try (var store = new MVStore.Builder().fileName(file.toString()).open()) {
            var header = new BinaryInput(map(store, "recording").get(0L));
            header.text();
            return header.number();
        }
    }

    @Test
    void aLiveRecordingIsLockedAndSaysSo() throws IOException {
        var file = folder.resolve("live");
        try (var recording = Recording.create(file, TINY)) {
            assertEquals(Recording.State.RECORDING, recording.status().state());
            var refusal = assertThrows(IOException.class, () -> Recording.open(file));
            assertEquals(file + " is being recorded; it can be opened when that has ended", refusal.getMessage());
        }
    }

    @Test
    void whoeverAsksForRoomWaitsUntilThereIsSome() throws Exception {
        var disk = new WeakDisk(Integer.MAX_VALUE, true);
        var limits = new RecordingLimits(1L << 30, 1_000, 1 << 20, 20, 1 << 20, 100_000);
        try (var recording = Recording.create(folder.resolve("slow"), limits, disk)) {
            recording.awaitRoom();
            disk.hold();
            // Never blocks, however much waits: until the recorder waits for the disk, and then more than may wait.
            while (!disk.isWaitedFor() || recording.waiting() <= limits.queueBytes()) {
                recording.record(0, "", 0, "", "", "", new What.Remark("event"));
            }
            var released = new CountDownLatch(1);
            var waiting = Thread.ofVirtual().start(() -> {
                recording.awaitRoom();
                released.countDown();
            });
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertEquals(1, released.getCount());
            assertEquals(recording.last() + 1, recording.record(0, "", 0, "", "", "", new What.Remark("another")));
            disk.release();
            assertTrue(released.await(30, TimeUnit.SECONDS), "still waiting for room");
        }
    }

    @Test
    void whoeverWaitsForRoomIsReleasedWhenTheDiskFails() throws Exception {
        var disk = new WeakDisk(30_000, true);
        var limits = new RecordingLimits(1L << 30, 1_000, 1 << 20, 20, 1 << 20, 1_000);
        try (var recording = Recording.create(folder.resolve("failing"), limits, disk)) {
            while (recording.status().state() == Recording.State.RECORDING) {
                recording.awaitRoom();
                recording.record(0, "", 0, "", "", "", new What.Remark("event"));
            }
            recording.awaitRoom();
            assertNotNull(recording.event(recording.last()));
            assertInstanceOf(What.Remark.class, recording.event(recording.last()).what());
        }
    }

    private static MVMap<Long, byte[]> map(MVStore store, String name) {
        return store.openMap(name, new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
    }

    // Turns one bit of a block.
    private static void damage(Path file, String map, long key) {
        try (var store = new MVStore.Builder().fileName(file.toString()).open()) {
            var segment = map(store, map);
            var block = segment.get(key).clone();
            block[block.length / 2] ^= 1;
            segment.put(key, block);
        }
    }

    private static void cutOffAt(Recording reopened) {
        var reason = reopened.status().reason();
        assertTrue(reason.matches("the recording was cut off and ends with event " + reopened.last()
                + " \\(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\)"), reason);
    }

    private static void waitUntilStored(Recording recording) {
        while (recording.status().state() == Recording.State.RECORDING && recording.stored() < recording.last()) {
            Thread.onSpinWait();
        }
    }

    private void refused(byte[] octets, String why) throws IOException {
        var file = folder.resolve("strange");
        Files.write(file, octets);
        var refusal = assertThrows(IOException.class, () -> Recording.open(file));
        assertTrue(refusal.getMessage().startsWith(file + " " + why), refusal.getMessage());
    }

    static void momentOrRefusal(RecordingTest.Told told, Recording recording, long number) {
        var moment = momentOrNull(recording, number);
        if (moment != null) {
            assertEquals(told.moment(number), moment);
        }
    }

    static Moment momentOrNull(Recording recording, long number) {
        try {
            return recording.at(number);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("cannot be told"), e.getMessage());
            return null;
        }
    }

    /**
     * A disk that takes only so many octets: after that it reports an error, or, as in a crash, half of a write and
     * then nothing more arrives. It can also be held, so that whoever writes waits.
     */
    static final class WeakDisk implements TraceFile.Disk {
        private final boolean fails;
        private volatile CountDownLatch held = new CountDownLatch(0);
        private volatile long left;
        private volatile boolean gone;
        private volatile boolean waitedFor;
        private volatile LongSupplier stored;
        private volatile long storedBefore;

        WeakDisk(long most, boolean fails) {
            this.left = most;
            this.fails = fails;
        }

        void hold() {
            held = new CountDownLatch(1);
        }

        void release() {
            held.countDown();
        }

        boolean isWaitedFor() {
            return waitedFor;
        }

        boolean isGone() {
            return gone;
        }

        @Override
        public SingleFileStore open(Path file) {
            var store = new SingleFileStore(Map.of()) {
                @Override
                protected void writeFully(SFChunk chunk, long position, ByteBuffer octets) {
                    write(octets, part -> super.writeFully(chunk, position, part));
                }
            };
            store.open(file.toString(), false, null);
            return store;
        }

        private interface Writing {
            void write(ByteBuffer octets);
        }

        private void write(ByteBuffer octets, Writing writing) {
            try {
                waitedFor |= held.getCount() > 0;
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (gone) {
                octets.position(octets.limit());
                return;
            }
            left -= octets.remaining();
            if (left >= 0) {
                writing.write(octets);
            } else if (fails) {
                throw DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "Writing failed",
                        new IOException("No space left on device"));
            } else {
                var end = octets.limit();
                octets.limit(octets.position() + octets.remaining() / 2);
                writing.write(octets);
                octets.limit(end);
                octets.position(end);
                storedBefore = stored.getAsLong();
                gone = true;
            }
        }
    }
}
