package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordingTest {
    /** Segments of ten events, a window of twenty: a short history crosses every border. */
    private static final RecordingLimits TINY = new RecordingLimits(1L << 30, 10, 1 << 20, 20, 1 << 20, 1 << 20);

    @TempDir
    Path folder;

    @AfterEach
    void noThreadIsLeft() {
        var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
        assertFalse(threads.anyMatch("mailscope-recorder"::equals), "a recorder is still running");
    }

    @Test
    void everyMomentIsWhatItsEventsMakeOfIt() throws IOException {
        for (var seed = 0; seed < 4; seed++) {
            var file = folder.resolve("history" + seed);
            var told = new Told();
            try (var recording = Recording.create(file, TINY)) {
                var history = new RandomTrace(seed);
                var store = RandomTrace.store(recording);
                for (var step = 0; step < 150; step++) {
                    history.step(recording, store);
                    told.follow(recording);
                }
                told.compare(recording);
            }
            try (var reopened = Recording.open(file)) {
                assertEquals(new Recording.Status(Recording.State.ENDED, "", Files.size(file), file),
                        reopened.status());
                assertEquals(told.last(), reopened.live());
                told.compare(reopened);
            }
        }
    }

    @Test
    void inMemoryEveryMomentOfTheWindowIsThereAndOlderOnesAreNot() {
        try (var recording = Recording.inMemory(TINY)) {
            var told = new Told();
            var history = new RandomTrace(1);
            var store = RandomTrace.store(recording);
            for (var step = 0; step < 200; step++) {
                history.step(recording, store);
                told.follow(recording);
            }
            assertTrue(recording.first() > 100, "the oldest events are kept: " + recording.first());
            assertTrue(recording.last() - recording.first() >= 10, "too few events are kept");
            told.compare(recording);
            assertNull(recording.event(1));
            var error = assertThrows(IllegalArgumentException.class, () -> recording.at(1));
            assertEquals("Event 1 is no longer in memory, which begins with " + recording.first() + ".",
                    error.getMessage());
        }
    }

    @Test
    void whereNothingIsKeptEventsAreNumberedAndTheNewestMomentIsKnown() {
        try (var recording = Recording.inMemory(RecordingLimits.NOTHING)) {
            var store = RandomTrace.store(recording);
            var history = new RandomTrace(4);
            for (var step = 0; step < 200; step++) {
                history.step(recording, store);
            }
            assertTrue(recording.last() > 100);
            assertEquals(recording.last() + 1, recording.first());
            assertEquals(List.of(), recording.events(1, 1_000));
            assertEquals(store.state(), recording.live().server());
            assertSame(recording.live(), recording.at(recording.last()));
            assertThrows(IllegalArgumentException.class, () -> recording.at(recording.last() - 1));
            assertEquals("no event is kept, as asked for", recording.status().reason());
        }
    }

    @Test
    void aLargeCheckpointIsFollowedByMoreEventsThanASmallOne() throws IOException {
        assertEquals(20, segments("small", 10), 2);
        // About 90 KB of messages, and at most four times as many events as a segment should have.
        assertEquals(5, segments("large", 2_000), 2);
    }

    private int segments(String name, int messages) throws IOException {
        var file = folder.resolve(name);
        try (var recording = Recording.create(file, TINY)) {
            RandomTrace.store(recording).transact(Cause.SERVER, t -> {
                t.createAccount("many");
                for (var i = 0; i < messages; i++) {
                    t.append("many", t.folder("many", "INBOX").id(), Flags.NONE, OffsetDateTime.now(),
                            Content.of(new byte[] { (byte) i, (byte) (i >> 8) }));
                }
                return null;
            });
            for (var i = 0; i < 200; i++) {
                recording.record(0, "", 0, "", "", "", new What.Remark("x"));
            }
        }
        try (var recording = Recording.open(file)) {
            var count = 0;
            for (var event = 1L; event <= recording.last(); event++) {
                count += recording.beginsSegment(event) ? 1 : 0;
            }
            return count;
        }
    }

    @Test
    void momentsCanBeAskedForWhileEventsCome() throws Exception {
        var told = new Told();
        var end = new AtomicBoolean();
        try (var recording = Recording.create(folder.resolve("busy"), TINY)) {
            var store = RandomTrace.store(recording);
            told.follow(recording);
            var asking = CompletableFuture.runAsync(() -> {
                var random = new Random(5);
                while (!end.get()) {
                    var number = random.nextLong(told.size());
                    assertEquals(told.moment(number), recording.at(number));
                }
            });
            var history = new RandomTrace(2);
            for (var step = 0; step < 1_000; step++) {
                history.step(recording, store);
                told.follow(recording);
            }
            end.set(true);
            asking.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void oldEventsAreReadFromTheFile() throws IOException {
        try (var recording = Recording.create(folder.resolve("old"), TINY)) {
            record(recording, 1);
            var firstEvent = recording.event(1);
            record(recording, 999);
            while (recording.event(1) == firstEvent) {
                Thread.onSpinWait();
            }
            assertEquals(firstEvent, recording.event(1));
            assertNotSame(firstEvent, recording.event(1));
            assertEquals(1, recording.first());
            assertEquals(numbers(1, 1_000), recording.events(0, 5_000).stream().map(TraceEvent::number).toList());
            assertEquals(numbers(491, 500), recording.events(491, 10).stream().map(TraceEvent::number).toList());
            assertEquals(List.of(), recording.events(1_001, 10));
        }
    }

    @Test
    void whatIsWrittenWaitsNoLonger() throws IOException {
        try (var recording = Recording.create(folder.resolve("queue"), RecordingLimits.DEFAULT)) {
            for (var round = 1; round <= 3; round++) {
                record(recording, 10);
                assertTrue(recording.waiting() >= 0);
                while (recording.stored() < 10 * round) {
                    Thread.onSpinWait();
                }
                assertEquals(0, recording.waiting());
            }
        }
    }

    @Test
    void outsideTheRecordingThereIsNoMoment() {
        try (var recording = Recording.inMemory()) {
            assertEquals(1, recording.first());
            assertEquals(0, recording.last());
            assertSame(Moment.START, recording.at(0));
            record(recording, 3);
            var error = assertThrows(IllegalArgumentException.class, () -> recording.at(4));
            assertEquals("There is no event 4; the last one is 3.", error.getMessage());
            assertThrows(IllegalArgumentException.class, () -> recording.at(-1));
        }
    }

    @Test
    void aCommitCarriesItsCauseAndItsSessionsColumns() {
        try (var recording = Recording.inMemory()) {
            var store = RandomTrace.store(recording);
            recording.record(7, "imap", 0, "Selected", "", "", new What.Connected("peer", "local"));
            var command = recording.record(7, "imap", 0, "Selected", "INBOX", "APPEND", new What.Command("a1"));
            var inbox = store.state().account("alice").orElseThrow().inbox();
            store.transact(new Cause(7, command, "APPEND"), t -> t.append("alice", inbox.id(), Flags.NONE,
                    OffsetDateTime.now(ZoneOffset.UTC), Content.of(new byte[5])));
            var event = recording.event(command + 1);
            assertEquals(List.of(7L, "imap", command, "Selected", "INBOX", "APPEND"), List.of(event.session(),
                    event.protocol(), event.cause(), event.phase(), event.folder(), event.command()));
            assertSame(store.state(), recording.live().server());
        }
    }

    @Test
    void oldestSegmentsGoAndWhatIsLeftStaysExact() throws IOException {
        var file = folder.resolve("dropping");
        var told = new Told();
        try (var recording = Recording.create(file, new RecordingLimits(40_000, 20, 8_192, 20, 1 << 20, 1 << 20))) {
            var history = new RandomTrace(11);
            var store = RandomTrace.store(recording);
            for (var step = 0; recording.first() < 500; step++) {
                history.step(recording, store);
                told.follow(recording);
                expungeSome(store, step);
                told.follow(recording);
            }
            told.follow(recording);
            assertNull(recording.event(1));
            assertThrows(IllegalArgumentException.class, () -> recording.at(1));
            while (recording.events(1, Integer.MAX_VALUE).stream()
                    .noneMatch(e -> e.what() instanceof What.Remark(var text) && text.contains("were dropped"))) {
                Thread.onSpinWait(); // the recorder says so after the commit; the time limit of the class ends this
            }
        }
        try (var reopened = Recording.open(file)) {
            assertTrue(reopened.first() >= 500);
            told.compare(reopened);
            for (var number = reopened.first() - 1; number <= reopened.last(); number++) {
                for (var account : reopened.at(number).server().accounts().values()) {
                    account.folders().values().forEach(f -> f.messages().values()
                            .forEach(m -> assertEquals(m.size(), m.content().octets().length)));
                }
            }
        }
    }

    @Test
    void bodiesThatNothingRefersToGo() throws IOException {
        var limits = new RecordingLimits(400_000, 10, 1 << 20, 20, 1 << 20, 1 << 20);
        try (var recording = Recording.create(folder.resolve("bodies"), limits)) {
            var store = RandomTrace.store(recording);
            var inbox = store.state().account("alice").orElseThrow().inbox().id();
            var kept = append(store, inbox, 50_000, 0);
            var gone = append(store, inbox, 50_000, 1);
            store.transact(Cause.SERVER, t -> t.expunge("alice", inbox, gone.uid()));
            var stored = firstFromFile(recording);
            assertEquals(2, stored.size());
            assertNotSame(kept.content(), stored.getFirst());
            assertEquals(50_000, stored.getFirst().octets().length);
            assertEquals(50_000, stored.getLast().octets().length);
            for (var round = 2; recording.first() < 50; round++) {
                var message = append(store, inbox, 20_000, round);
                store.transact(Cause.SERVER, t -> t.expunge("alice", inbox, message.uid()));
            }
            while (recording.stored() < recording.last()) {
                Thread.onSpinWait(); // until then it may still drop
            }
            assertTrue(recording.at(recording.first()).server().account("alice").orElseThrow().inbox()
                    .message(kept.uid()) != null);
            assertEquals(kept.content(), Content.of(stored.getFirst().octets()));
            var lost = assertThrows(UncheckedIOException.class, () -> stored.getLast().octets());
            assertTrue(lost.getMessage().contains("does not hold this mail, or no longer"), lost.getMessage());
        }
    }

    @Test
    void bodiesOfAFolderThatNobodyTouchesStay() throws IOException {
        var file = folder.resolve("untouched");
        var limits = new RecordingLimits(400_000, 10, 1 << 20, 20, 1 << 20, 1 << 20);
        long untouched;
        try (var recording = Recording.create(file, limits)) {
            var store = RandomTrace.store(recording);
            untouched = store.transact(Cause.SERVER, t -> t.createFolder("alice", "Untouched")).id();
            var inbox = store.state().account("alice").orElseThrow().inbox().id();
            for (var i = 0; i < 5; i++) {
                append(store, untouched, 2_000, i);
            }
            for (var round = 5; recording.first() < 200; round++) {
                append(store, inbox, 2_000, round);
                record(recording, 3);
            }
        }
        try (var reopened = Recording.open(file)) {
            var messages = reopened.at(reopened.last()).server().folder("alice", untouched).orElseThrow().messages();
            assertEquals(5, messages.size());
            messages.values().forEach(message -> assertEquals(2_000, message.content().octets().length));
        }
    }

    @Test
    void theFileStaysWithinItsLimit() throws IOException {
        var file = folder.resolve("limited");
        var limit = 4L << 20;
        try (var recording = Recording.create(file, new RecordingLimits(limit, 500, 1 << 18, 500, 1 << 20, 1 << 20))) {
            var store = RandomTrace.store(recording);
            var inbox = store.state().account("alice").orElseThrow().inbox().id();
            for (var round = 0; round < 600; round++) {
                var message = append(store, inbox, 30_000, round);
                store.transact(Cause.SERVER, t -> t.expunge("alice", inbox, message.uid()));
                record(recording, 20);
            }
        }
        assertTrue(Files.size(file) < limit * 2, "the file has " + Files.size(file) + " octets");
    }

    @Test
    void aLargeMailComesBackWhole() throws IOException {
        var file = folder.resolve("large");
        var octets = new byte[5_000_001];
        new Random(1).nextBytes(octets);
        try (var recording = Recording.create(file, TINY)) {
            recording.record(1, "imap", 0, "", "", "",
                    new What.Response(new Octets.Builder().slice(Content.of(octets), 1, 5_000_000).toOctets()));
        }
        try (var reopened = Recording.open(file)) {
            var response = (What.Response) reopened.event(1).what();
            var slice = (Octets.Slice) response.octets().pieces().getFirst();
            assertEquals(Content.of(octets), Content.of(slice.content().octets()));
            assertEquals(5_000_000, response.octets().size());
        }
    }

    @Test
    void onlyTheOwnerCanReadIt() throws IOException {
        var file = folder.resolve("new folder/private.mailtrace");
        try (var recording = Recording.create(file, TINY)) {
            assertEquals(file, recording.status().file());
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                assertEquals("rwx------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
            }
            var taken = assertThrows(IOException.class, () -> Recording.create(file, TINY));
            assertEquals(file + " exists already; a recording needs a new file", taken.getMessage());
        }
    }

    @Test
    void afterCloseTheNewestEventsAreStillThere() throws IOException {
        var recording = Recording.create(folder.resolve("closed"), TINY);
        record(recording, 100);
        recording.close();
        recording.close();
        assertEquals(Recording.State.CLOSED, recording.status().state());
        assertEquals(100, recording.last());
        assertTrue(recording.first() > 1);
        assertEquals(recording.last() - recording.first() + 1, recording.events(1, 1_000).size());
        assertEquals(101, recording.record(0, "", 0, "", "", "", new What.Remark("late")));
    }

    @Test
    void severalRecordingsDoNotDisturbEachOther() throws IOException {
        try (var one = Recording.create(folder.resolve("one"), TINY);
                var two = Recording.create(folder.resolve("two"), TINY)) {
            record(one, 50);
            record(two, 70);
            assertEquals(50, one.last());
            assertEquals(70, two.last());
        }
        try (var one = Recording.open(folder.resolve("one")); var two = Recording.open(folder.resolve("two"))) {
            assertEquals(50, one.last());
            assertEquals(70, two.last());
            var refusal = assertThrows(IllegalStateException.class, () -> record(one, 1));
            assertTrue(refusal.getMessage().endsWith("was opened for reading; nothing can be recorded into it."));
        }
    }

    private static void record(Recording recording, int events) {
        for (var i = 0; i < events; i++) {
            recording.record(1, "imap", 0, "Selected", "INBOX", "NOOP", new What.Command("a" + i));
        }
    }

    private static List<Long> numbers(long from, long to) {
        var numbers = new ArrayList<Long>();
        for (var number = from; number <= to; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static Message append(MailStore store, long folder, int size, int seed) {
        var octets = new byte[size];
        new Random(seed).nextBytes(octets);
        return store.transact(Cause.SERVER, t -> t.append("alice", folder, Flags.NONE,
                OffsetDateTime.now(ZoneOffset.UTC), Content.of(octets)));
    }

    // The contents of the first messages as the file has them, once they have left memory.
    private static List<Content> firstFromFile(Recording recording) {
        record(recording, 50);
        while (recording.stored() < recording.last()) {
            Thread.onSpinWait();
        }
        return recording.events(1, 10).stream().filter(e -> e.what() instanceof What.StateChanged)
                .flatMap(e -> ((What.StateChanged) e.what()).changes().stream())
                .filter(Change.MessageAdded.class::isInstance)
                .map(c -> ((Change.MessageAdded) c).message().content()).toList();
    }

    private static void expungeSome(MailStore store, int step) {
        var inbox = store.state().account("alice").orElseThrow().inbox();
        if (inbox.size() > 10 && step % 2 == 0) {
            store.transact(Cause.SERVER, t -> t.expunge("alice", inbox.id(), inbox.messages().firstKey()));
        }
    }

    /** What the events, taken as they came, make of the state: the plain fold that at() must agree with. */
    static final class Told {
        private final List<Moment> moments = new ArrayList<>(List.of(Moment.START));
        private final List<TraceEvent> events = new ArrayList<>();

        synchronized void follow(Recording recording) {
            for (var event : recording.events(moments.size(), Integer.MAX_VALUE)) {
                assertEquals(moments.size(), event.number());
                events.add(event);
                moments.add(moments.getLast().after(event));
            }
        }

        synchronized Moment moment(long number) {
            return moments.get((int) number);
        }

        synchronized TraceEvent event(long number) {
            return events.get((int) number - 1);
        }

        synchronized Moment last() {
            return moments.getLast();
        }

        synchronized int size() {
            return moments.size();
        }

        void compare(Recording recording) {
            // When the oldest segments go just as a new one has begun, its first event may be all there is.
            assertTrue(recording.last() >= recording.first());
            for (var number = recording.first() - 1; number <= recording.last() && number < size(); number++) {
                assertEquals(moment(number), recording.at(number), "moment " + number);
                if (number >= recording.first()) {
                    assertEquals(events.get((int) number - 1), recording.event(number));
                }
            }
        }
    }
}
