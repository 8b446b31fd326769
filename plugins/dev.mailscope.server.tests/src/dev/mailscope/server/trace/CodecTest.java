package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;

class CodecTest {
    private final Map<String, Content> stored = new HashMap<>();

    @Test
    void everyKindOfEventComesBackAsItWas() throws IOException {
        var values = new RandomTrace(7);
        var kinds = new HashSet<Class<?>>();
        for (var round = 0; round < 200; round++) {
            var events = new ArrayList<TraceEvent>();
            for (var number = 0; number < 20; number++) {
                events.add(values.anyEvent(1_000L * round + number));
            }
            var back = EventCodec.decode(encode(events), this::fetch);
            assertEquals(events, back);
            for (var i = 0; i < events.size(); i++) {
                assertSamePieces(events.get(i).what(), back.get(i).what());
                kindsOf(back.get(i).what(), kinds);
            }
        }
        assertEquals(Set.of(), missing(kinds), "kinds that never occurred");
    }

    @Test
    void contentsAreWrittenOnceAndTold() throws IOException {
        var mail = Content.of(new byte[50_000]);
        var octets = new Octets.Builder().slice(mail, 10, 20).text("x").slice(mail, 0, 50_000).toOctets();
        var event = new TraceEvent(1, 2, 3, "imap", 0, "Selected", "INBOX", "FETCH", new What.Response(octets));
        var block = encode(List.of(event, event));
        assertEquals(Set.of(mail.id()), stored.keySet());
        assertEquals(true, block.length < 200, "a block of " + block.length + " octets holds the mail itself");
        assertEquals(List.of(event, event).size(), EventCodec.decode(block, this::fetch).size());
    }

    @Test
    void everyDamagedOctetIsNoticed() throws IOException {
        var values = new RandomTrace(8);
        var block = encode(List.of(values.anyEvent(1), values.anyEvent(2)));
        for (var i = 0; i < block.length; i++) {
            var damaged = block.clone();
            damaged[i] ^= 0x20;
            assertThrows(IOException.class, () -> EventCodec.decode(damaged, this::fetch), "octet " + i);
        }
    }

    @Test
    void whatAStrangerMadeUpIsAnErrorAndNothingElse() {
        var random = new Random(9);
        for (var round = 0; round < 20_000; round++) {
            var values = new BinaryOutput();
            var octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            values.octet(1 + random.nextInt(EventCodec.VERSION));
            values.raw(octets);
            var block = values.seal();
            decodeOrRefuse(() -> EventCodec.decode(block, this::made));
            decodeOrRefuse(() -> MomentCodec.decode(block, this::made));
        }
    }

    @Test
    void moreThingsThanThereAreOctetsAreRefusedBeforeRoomIsMadeForThem() throws IOException {
        var out = new BinaryOutput();
        out.number(Integer.MAX_VALUE);
        out.octet(0);
        var in = new BinaryInput(out.seal());
        var refusal = assertThrows(IOException.class, in::count);
        assertEquals("damaged: 2147483647 things in 1 octets", refusal.getMessage());
    }

    @Test
    void aNewerFormatIsRefused() {
        var out = new BinaryOutput();
        out.octet(EventCodec.VERSION + 1);
        var block = out.seal();
        var refusal = assertThrows(IOException.class, () -> EventCodec.decode(block, this::fetch));
        assertEquals("events of format 4, which is newer than 3", refusal.getMessage());
    }

    @Test
    void eventsOfTheFormatBeforeAreRead() throws IOException {
        var event = new TraceEvent(7, 1_000, 3, "imap", 5, "Selected", "INBOX", "FETCH",
                new What.Response(Octets.of("* 1 FETCH".getBytes(StandardCharsets.US_ASCII))));
        var block = encode(List.of(event));
        assertEquals(EventCodec.VERSION, block[BinaryOutput.SEAL]);
        var before = new BinaryOutput();
        before.octet(1);
        before.raw(Arrays.copyOfRange(block, BinaryOutput.SEAL + 1, block.length));
        assertEquals(List.of(event), EventCodec.decode(before.seal(), this::fetch));
    }

    @Test
    void aRunComesBackAsItsEventsWhateverBlocksItIsIn() throws IOException {
        var random = new Random(12);
        for (var round = 0; round < 300; round++) {
            var made = new Responses.Builder();
            for (var i = 1 + random.nextInt(40); i > 0; i--) {
                var octets = new byte[random.nextInt(300)];
                random.nextBytes(octets);
                made.write(octets, 0, octets.length);
                made.end();
            }
            var from = random.nextInt(made.count());
            var responses = made.toResponses();
            if (round % 2 == 0) {
                responses.repeat();
            }
            var run = new Run(100, 5_000, 3, "imap", 98, "Selected", "INBOX", "FETCH", responses, from, made.count());
            var first = new TraceEvent(99, 4_000, 4, "pop3", 0, "Update", "", "", new What.Remark("before"));
            var next = new TraceEvent(100 + run.count(), 5_001, 3, "imap", 98, "Selected", "INBOX", "FETCH",
                    new What.Remark("behind"));
            var back = new ArrayList<TraceEvent>();
            var block = new EventCodec.Block(this::keep);
            block.add(first);
            for (var done = 0; done < run.count();) {
                done = block.add(run, done, 2_000);
                if (block.size() >= 2_000) {
                    assertTrue(block.steps() <= block.count());
                    assertEquals(100 + done, block.first() + block.count());
                    back.addAll(EventCodec.decode(block.seal(), this::fetch));
                }
            }
            block.add(next);
            back.addAll(EventCodec.decode(block.seal(), this::fetch));
            var all = new ArrayList<>(List.of(first));
            for (var i = 0; i < run.count(); i++) {
                all.add(run.event(100 + i));
            }
            all.add(next);
            assertEquals(all, back);
        }
    }

    @Test
    void responsesThatAreLostAreSaidToBeAndTooManyRefused() throws IOException {
        var made = new Responses.Builder();
        for (var i = 0; i < 10; i++) {
            made.write(new byte[20_000], 0, 20_000);
            made.end();
        }
        var responses = made.toResponses().content();
        assertEquals(10, EventCodec.decode(again(responses, 0, 10, 1), this::fetch).size());
        assertEquals(3, EventCodec.decode(again(responses, 7, 3, 1), this::fetch).size());
        for (var count : new int[] {0, 300_000, Integer.MAX_VALUE}) {
            assertEquals("damaged: " + count + " responses in a block of 0 events", assertThrows(IOException.class,
                    () -> EventCodec.decode(again(responses, 0, count, 1), this::fetch)).getMessage());
        }
        assertThrows(IOException.class, () -> EventCodec.decode(again(responses, 0, 10, 30_000), this::fetch));
        for (var block : List.of(again(responses, 0, 11, 1), again(responses, 10, 11, 1),
                again(responses, Integer.MAX_VALUE, 11, 1), again(Content.of(new byte[50]), 0, 11, 1))) {
            assertLost(EventCodec.decode(block, this::fetch));
        }
        assertLost(EventCodec.decode(again(responses, 0, 11, 1), (id, size) -> Content.stored(id, size, () -> {
            throw new UncheckedIOException(new IOException("it is gone"));
        })));
    }

    /** Eleven events whose octets are lost, and nothing else. */
    private static void assertLost(List<TraceEvent> events) {
        assertEquals(11, events.size());
        for (var i = 0; i < events.size(); i++) {
            assertEquals(new TraceEvent(i + 1, 5, 7, "imap", 0, "Selected", "INBOX", "FETCH",
                    new What.Response(Octets.of("(a response that this recording has lost)\r\n"))), events.get(i));
        }
    }

    /** A block with that many runs of so many of the responses in a content. */
    private byte[] again(Content responses, int first, int count, int times) {
        var to = new Encoder(this::keep);
        to.out().octet(EventCodec.VERSION);
        to.out().number(1);
        for (var i = 0; i < times; i++) {
            to.out().signed(5);
            to.out().number(7);
            to.name("imap");
            to.out().signed(1);
            to.name("Selected");
            to.name("INBOX");
            to.name("FETCH");
            to.out().octet(25);
            to.content(responses);
            to.out().number(first);
            to.out().number(count);
        }
        return to.seal();
    }

    @Test
    void manyResponsesAreFewStepsAndHaveTheirColumnsOnce() {
        var made = new Responses.Builder();
        for (var i = 0; i < 1_000; i++) {
            made.write(new byte[5], 0, 5);
            made.end();
        }
        var block = new EventCodec.Block(this::keep);
        assertEquals(1_000, block.add(new Run(1, 5_000, 3, "imap", 1, "Selected", "INBOX", "FETCH", made.toResponses(),
                0, 1_000), 0, 1 << 20));
        assertEquals(1_000, block.count());
        assertEquals(9, block.steps());
        assertTrue(block.size() < 6_050, () -> block.size() + " octets");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMomentOfAFormatBeforeIsRead(int version) throws IOException {
        try (var recording = Recording.inMemory()) {
            new MailStore(recording, Clock.systemUTC()).transact(Cause.SERVER, t -> {
                t.createAccount("alice");
                return null;
            });
            var moment = recording.live();
            var inbox = moment.server().account("alice").orElseThrow().inbox();
            var out = new BinaryOutput();
            out.octet(version);
            out.number(moment.number());
            out.number(moment.server().version());
            out.number(moment.server().modSeq());
            out.number(moment.server().lastUidValidity());
            out.number(moment.server().lastFolderId());
            out.number(1);
            out.number(0);
            out.text("alice");
            out.number(1);
            out.number(inbox.id());
            out.number(0);
            out.text("INBOX");
            out.number(inbox.uidValidity());
            out.number(1);
            out.number(inbox.modSeq());
            out.number(1);
            out.bool(true);
            // no messages, none gone or forgotten, no keywords, no uses; no subscriptions, no sessions
            // in version 3 no limits, and no notes of the account's or of the server
            for (var none = 0; none < (version == 2 ? 7 : 11); none++) {
                out.number(0);
            }
            assertEquals(moment, MomentCodec.decode(out.seal(), this::fetch));
        }
    }

    @Test
    void momentsComeBackAsTheyWere() throws IOException {
        for (var seed = 0; seed < 5; seed++) {
            var history = new RandomTrace(seed);
            try (var recording = Recording.inMemory()) {
                var store = RandomTrace.store(recording);
                for (var step = 0; step < 200; step++) {
                    history.step(recording, store);
                    if (step % 10 == 0) {
                        var moment = recording.live();
                        assertEquals(moment,
                                MomentCodec.decode(new MomentEncoder().encode(moment, this::keep), this::fetch));
                    }
                }
            }
        }
    }

    /** What the server holds is taken over from the moment before where it is the same. */
    @Test
    void whatWasEncodedBeforeChangesNothing() throws IOException {
        var history = new RandomTrace(3);
        var encoder = new MomentEncoder();
        var server = ServerState.EMPTY;
        var same = 0;
        var again = 0;
        var told = new ToldOf();
        try (var recording = Recording.inMemory()) {
            var store = RandomTrace.store(recording);
            for (var step = 0; step < 200; step++) {
                history.step(recording, store);
                var moment = recording.live();
                same += moment.server() == server ? 1 : 0;
                server = moment.server();
                var toldByAnother = new ArrayList<Content>();
                assertArrayEquals(new MomentEncoder().encode(moment, toldByAnother::add),
                        encoder.encode(moment, told), "after step " + step);
                assertEquals(toldByAnother, told.contents);
                again += told.again;
            }
        }
        assertEquals(same, Math.clamp(same, 10, 190), "both are to occur");
        assertTrue(again > 200, "nothing is taken over: " + again);
    }

    private static final class ToldOf implements MomentEncoder.Uses {
        private final List<Content> contents = new ArrayList<>();
        private int again;

        @Override
        public void of(Content content) {
            contents.add(content);
        }

        @Override
        public void again(int first) {
            contents.subList(first, contents.size()).clear();
            again = first;
        }
    }

    @Test
    void momentsComeBackAsTheyWereBesideAnyOtherMoment() throws IOException {
        var random = new Random(11);
        for (var seed = 0; seed < 5; seed++) {
            var history = new RandomTrace(seed);
            var moments = new ArrayList<Moment>();
            try (var recording = Recording.inMemory()) {
                var store = RandomTrace.store(recording);
                for (var step = 0; step < 200; step++) {
                    history.step(recording, store);
                    moments.add(recording.live());
                }
            }
            for (var moment : moments) {
                var near = moments.get(random.nextInt(moments.size()));
                assertEquals(moment,
                        MomentCodec.decode(new MomentEncoder().encode(moment, this::keep), this::fetch, near));
            }
        }
    }

    @Test
    void whatIsNoDifferentInAnotherMomentIsShared() throws IOException {
        try (var recording = Recording.inMemory()) {
            var store = new MailStore(recording, Clock.systemUTC());
            var mail = Content.of(new byte[10]);
            store.transact(Cause.SERVER, t -> {
                t.createAccount("alice");
                for (var uid = 1; uid <= 20; uid++) {
                    t.append("alice", 1, Flags.SEEN, OffsetDateTime.now(store.clock()), mail);
                }
                return null;
            });
            var near = recording.live();
            var messages = near.server().account("alice").orElseThrow().inbox().messages();
            var same = MomentCodec.decode(new MomentEncoder().encode(near, this::keep), this::fetch, near);
            assertSame(messages, same.server().account("alice").orElseThrow().inbox().messages());
            store.transact(Cause.SERVER, t -> {
                t.setFlags("alice", 1, 7, Flags.FLAGGED);
                return null;
            });
            var next = MomentCodec.decode(new MomentEncoder().encode(recording.live(), this::keep), this::fetch, near);
            var changed = next.server().account("alice").orElseThrow().inbox();
            assertEquals(Flags.FLAGGED, changed.message(7).flags());
            assertSame(messages.get(8L), changed.message(8));
            assertEquals(recording.live(), next);
        }
    }

    @Test
    void whatASessionWasToldIsReadAsAFormatBeforeWroteIt() throws IOException {
        try (var recording = Recording.inMemory()) {
            var store = new MailStore(recording, Clock.systemUTC());
            store.transact(Cause.SERVER, t -> {
                t.createAccount("alice");
                t.append("alice", 1, Flags.SEEN, OffsetDateTime.now(store.clock()), Content.of(new byte[10]));
                t.append("alice", 1, Flags.SEEN, OffsetDateTime.now(store.clock()), Content.of(new byte[10]));
                return null;
            });
            recording.record(1, "", 0, "", "", "", new What.Connected("", ""));
            recording.record(1, "", 0, "", "", "", new What.ViewOpened("", 0, "", false));
            var moment = recording.live();
            var held = moment.server().account("alice").orElseThrow().inbox().messages();
            var session = moment.sessions().get(1L);
            var knowing = new Moment(moment.number(), moment.server(), moment.sessions().plus(1L,
                    new SessionState(1, "", "", "", "", "alice", 1, "", false, held.minus(1L), session.marked(), 0,
                            "")),
                    moment.devices());
            var now = new MomentEncoder().encode(knowing, this::keep);
            assertEquals(knowing, MomentCodec.decode(now, this::fetch));
            // Its end, in reverse: no devices; nobody logged in, which version 5 did not say; connected at 0, nothing
            // marked; no other message; UID 1 untold, one.
            var end = Arrays.asList(0, null, 0, 0, 0, 1, 1, 3);
            for (var i = 0; i < end.size(); i++) {
                assertEquals(end.get(i) == null ? now[now.length - 1 - i] : (int) end.get(i), now[now.length - 1 - i],
                        "octet " + i + " from the end");
            }
            var before = new BinaryOutput();
            before.octet(5);
            before.raw(Arrays.copyOfRange(now, BinaryOutput.SEAL + 1, now.length - end.size()));
            // Message by message: one, which is as it is held, with UID 2.
            for (var octet : List.of(2, 1, 1, 2, 0, 0, 0)) {
                before.octet(octet);
            }
            assertEquals(knowing, MomentCodec.decode(before.seal(), this::fetch));
        }
    }

    @Test
    void aSessionThatKnowsItsWholeFolderSharesItsMessages() throws IOException {
        try (var recording = Recording.inMemory()) {
            var history = new RandomTrace(3);
            var store = RandomTrace.store(recording);
            for (var step = 0; step < 100; step++) {
                history.step(recording, store);
            }
            var inbox = store.state().account("alice").orElseThrow().inbox();
            recording.record(99, "pop3", 0, "Transaction", "", "", new What.Connected("a", "b"));
            recording.record(99, "pop3", 0, "Transaction", "INBOX", "",
                    new What.ViewOpened("alice", inbox.id(), "INBOX", false));
            var back = MomentCodec.decode(new MomentEncoder().encode(recording.live(), this::keep), this::fetch);
            assertSame(back.server().account("alice").orElseThrow().inbox().messages(),
                    back.sessions().get(99L).told());
        }
    }

    @Test
    void aSessionThatIsToldOfAllSharesItsMessagesAgain() {
        try (var recording = Recording.inMemory()) {
            var store = new MailStore(recording, Clock.systemUTC());
            store.transact(Cause.SERVER, t -> {
                t.createAccount("alice");
                for (var uid = 1; uid <= 4; uid++) {
                    t.append("alice", 1, Flags.NONE, OffsetDateTime.now(store.clock()), Content.of(new byte[10]));
                }
                return null;
            });
            recording.record(1, "imap", 0, "", "", "", new What.Connected("a", "b"));
            recording.record(1, "imap", 0, "", "", "", new What.ViewOpened("alice", 1, "INBOX", false));
            store.transact(Cause.SERVER, t -> {
                t.setFlags("alice", 1, 1, Flags.SEEN);
                t.setFlags("alice", 1, 2, Flags.SEEN);
                return null;
            });
            var inbox = store.state().account("alice").orElseThrow().inbox();
            var notices = new ArrayList<Notice>();
            for (var uid = 1; uid <= 2; uid++) {
                notices.add(new Notice.FlagsChanged(uid, uid, Flags.SEEN, false, inbox.message(uid).modSeq()));
            }
            recording.record(1, "imap", 0, "", "", "", new What.Told(notices.subList(0, 1)));
            var part = recording.live().sessions().get(1L).told();
            assertEquals(Flags.NONE, part.get(2L).flags());
            assertSame(inbox.message(1), part.get(1L));
            recording.record(1, "imap", 0, "", "", "", new What.Told(notices));
            assertSame(inbox.messages(), recording.live().sessions().get(1L).told());
        }
    }

    private byte[] encode(List<TraceEvent> events) {
        var block = new EventCodec.Block(this::keep);
        events.forEach(block::add);
        return block.seal();
    }

    private void keep(Content content) {
        stored.put(content.id(), content);
    }

    private Content fetch(String id, int size) {
        var content = stored.get(id);
        assertEquals(content.size(), size);
        return Content.stored(id, size, content::octets);
    }

    private Content made(String id, int size) {
        return Content.stored(id, size, () -> new byte[0]);
    }

    private interface Decoding {
        void run() throws IOException;
    }

    private static void decodeOrRefuse(Decoding decoding) {
        try {
            decoding.run();
        } catch (IOException e) {
            assertEquals(true, e.getMessage() != null);
        }
    }

    private static void assertSamePieces(What expected, What actual) {
        var before = octetsOf(expected);
        var after = octetsOf(actual);
        assertEquals(before.stream().map(Object::getClass).toList(), after.stream().map(Object::getClass).toList());
        for (var i = 0; i < before.size(); i++) {
            if (!(before.get(i) instanceof Octets.Inline)) {
                assertEquals(before.get(i), after.get(i));
            }
        }
    }

    private static List<Octets.Piece> octetsOf(What what) {
        return what instanceof What.Received(var octets) ? octets.pieces()
                : what instanceof What.Response(var octets) ? octets.pieces()
                        : what instanceof What.Replaced(var octets, var toClient) ? octets.pieces() : List.of();
    }

    private static void kindsOf(What what, Set<Class<?>> kinds) {
        kinds.add(what.getClass());
        if (what instanceof What.StateChanged(var version, var changes)) {
            changes.forEach(change -> kinds.add(change.getClass()));
        } else if (what instanceof What.Told(var notices)) {
            notices.forEach(notice -> kinds.add(notice.getClass()));
        } else {
            octetsOf(what).forEach(piece -> kinds.add(piece.getClass()));
        }
    }

    private static Set<Class<?>> missing(Set<Class<?>> seen) {
        var all = new HashSet<Class<?>>();
        List.of(What.class, Change.class, Notice.class, Octets.Piece.class).forEach(type -> collect(type, all));
        all.removeAll(seen);
        return all;
    }

    private static void collect(Class<?> type, Set<Class<?>> into) {
        if (type.isSealed()) {
            for (var sub : type.getPermittedSubclasses()) {
                collect(sub, into);
            }
        } else {
            into.add(type);
        }
    }
}
