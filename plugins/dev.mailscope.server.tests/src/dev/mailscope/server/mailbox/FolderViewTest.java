package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;

class FolderViewTest {
    private static final OffsetDateTime DATE = OffsetDateTime.of(2026, 11, 1, 8, 0, 0, 0, ZoneOffset.UTC);
    private static final Content CONTENT = Content.of(new byte[] {'x', '\r', '\n'});

    private final MailStore store = new MailStore(CommitLog.NONE, Clock.systemUTC());
    private long id;

    @BeforeEach
    void threeMessages() {
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            return null;
        });
        id = store.state().account("alice").orElseThrow().inbox().id();
        append();
        append();
        append();
    }

    @Test
    void anExpungeWaitsUntilItMayBeTold() {
        var view = FolderView.open("alice", now(), false);
        expunge(2);
        var held = view.tell(now(), false, false);
        assertEquals(List.of(), held.notices());
        assertEquals(3, held.next().exists());
        assertEquals(List.of(2L), held.next().waitingExpunges(now()));
        assertEquals(3, held.next().sequence(3));
        assertNotNull(held.next().message(now(), 2), "still readable until its expunge is told");
        var told = held.next().tell(now(), true, false);
        assertEquals(List.of(new Notice.Expunged(2, 2)), told.notices());
        assertEquals(2, told.next().sequence(3));
        assertFalse(told.next().isBehind(now()));
    }

    @Test
    void arrivalsAreToldWhileExpungesWait() {
        var view = FolderView.open("alice", now(), false);
        expunge(1);
        append();
        var telling = view.tell(now(), false, false);
        assertEquals(List.of(new Notice.Arrived(4, 4, List.of(4L))), telling.notices());
        assertEquals(4, telling.next().sequence(4));
        var rest = telling.next().tell(now(), true, false);
        assertEquals(List.of(new Notice.Expunged(1, 1)), rest.notices());
        assertEquals(3, rest.next().sequence(4));
    }

    @Test
    void aMessageThatCameAndWentBetweenIsNeverTold() {
        var view = FolderView.open("alice", now(), false);
        append();
        expunge(4);
        var telling = view.tell(now(), true, false);
        assertEquals(List.of(), telling.notices());
    }

    @Test
    void aMessageIsRecentToTheFirstViewThatIsToldOfIt() {
        var one = claim(FolderView.open("alice", now(), false));
        var other = claim(FolderView.open("alice", now(), false));
        var looking = FolderView.open("alice", now(), true);
        assertEquals(3, one.recent());
        assertEquals(0, other.recent());
        assertEquals(0, looking.recent());
        append();
        looking = looking.tell(now(), true, false).next();
        other = claim(other);
        one = claim(one);
        append();
        one = claim(one);
        other = claim(other);
        looking = looking.tell(now(), true, false).next();
        assertEquals(List.of(1L, 2L, 3L, 5L), recent(one));
        assertEquals(List.of(4L), recent(other));
        assertEquals(List.of(4L), recent(looking), "who only looks was told first, and took it from nobody");
        expunge(5);
        assertEquals(List.of(1L, 2L, 3L, 5L), recent(one));
        assertEquals(3, one.tell(now(), true, false).next().recent());
    }

    private FolderView claim(FolderView view) {
        var from = now().recentFrom();
        store.transact(Cause.SERVER, t -> {
            t.claimRecent("alice", id);
            return null;
        });
        return view.tell(now(), from, News.ALL, false).next();
    }

    private static List<Long> recent(FolderView view) {
        assertEquals(view.recent(), Arrays.stream(view.uids()).filter(view::isRecent).count());
        return Arrays.stream(view.uids()).filter(view::isRecent).boxed().toList();
    }

    @Test
    void flagsKnownAlreadyAreNotToldAgain() {
        var view = FolderView.open("alice", now(), false);
        var changed = store.transact(Cause.SERVER, t -> t.setFlags("alice", id, 2, Flags.SEEN));
        assertEquals(1, view.tell(now(), true, false).notices().size());
        assertEquals(List.of(), view.knowing(changed).tell(now(), true, false).notices());
    }

    /**
     * A client that believes exactly what it is told agrees with its view at each step, and at the end with the folder.
     */
    @Test
    void aClientThatBelievesWhatItIsToldIsNeverWrong() {
        var random = new Random(7);
        var view = FolderView.open("alice", now(), false);
        var client = new ArrayList<>(List.of(1L, 2L, 3L));
        for (var i = 0; i < 5_000; i++) {
            var uid = 1 + random.nextInt((int) now().uidNext());
            switch (random.nextInt(5)) {
                case 0, 1 -> append();
                case 2, 3 -> expunge(uid);
                default -> store.transact(Cause.SERVER, t -> t.setFlags("alice", id, uid,
                        random.nextBoolean() ? Flags.SEEN : Flags.NONE));
            }
            if (random.nextInt(3) == 0) {
                var telling = view.tell(now(), random.nextBoolean(), false);
                view = telling.next();
                telling.notices().forEach(notice -> believe(client, notice));
                assertEquals(client, Arrays.stream(view.uids()).boxed().toList());
            }
        }
        var last = view.tell(now(), true, false);
        last.notices().forEach(notice -> believe(client, notice));
        assertEquals(List.copyOf(now().messages().keySet()), client);
        assertTrue(now().uidNext() > 1_000);
    }

    @Test
    void whoHasBeenToldAllSharesWhatTheFolderHas() {
        var view = FolderView.open("alice", now(), false);
        append();
        expunge(1);
        setFlags(2, Flags.SEEN);
        var part = view.tell(now(), false, false).next();
        assertEquals(List.of(1L, 2L, 3L, 4L), List.copyOf(part.told().keySet()));
        var all = part.tell(now(), true, false);
        assertSame(now().messages(), all.next().told());
        assertEquals(List.of(new Notice.Expunged(1, 1)), all.notices());
        assertSame(now().messages(), view.tell(now(), true, false).next().told());
    }

    /** To find them takes milliseconds in a folder of a hundred thousand messages. */
    @Test
    void uidsAreFoundOnceAsLongAsNoneGoes() {
        var view = FolderView.open("alice", now(), false);
        var uids = view.uids();
        setFlags(2, Flags.SEEN);
        var told = view.tell(now(), true, false).next();
        assertSame(uids, told.uids());
        assertSame(uids, told.knowing(now().message(1)).uids());
        append();
        assertArrayEquals(new long[] {1, 2, 3, 4}, told.tell(now(), true, false).next().uids());
        append();
        append();
        expunge(2);
        assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6}, told.tell(now(), false, false).next().uids());
        assertArrayEquals(new long[] {1, 3, 4, 5, 6}, told.tell(now(), true, false).next().uids());
        assertArrayEquals(new long[] {1, 2, 3}, view.uids());
    }

    @Test
    void messagesOneAfterTheOtherAreWhatEachLookGives() {
        for (var i = 0; i < 97; i++) {
            append();
        }
        var view = FolderView.open("alice", now(), false);
        for (var uid : List.of(1L, 40L, 41L, 100L)) {
            expunge(uid);
        }
        append();
        for (var wanted : List.of(IntStream.rangeClosed(1, 100), IntStream.of(40, 41, 42, 50), IntStream.of(1, 100),
                IntStream.of(41), IntStream.empty(), IntStream.rangeClosed(39, 100).filter(i -> i % 3 == 0))) {
            compare(view, wanted);
        }
    }

    @Test
    void messagesAreWhatEachLookGivesOnceAllIsToldAndAgain() {
        for (var i = 0; i < 97; i++) {
            append();
        }
        var view = FolderView.open("alice", now(), false);
        compare(view, IntStream.rangeClosed(1, 100));
        compare(view, IntStream.rangeClosed(11, 100).filter(i -> i % 7 != 0));
        setFlags(5, Flags.SEEN);
        compare(view, IntStream.rangeClosed(1, 100));
        // There is nothing to tell then, but it is another message.
        setFlags(5, Flags.NONE);
        view = view.tell(now(), true, false).next();
        assertFalse(view.isBehind(now()));
        compare(view, IntStream.rangeClosed(1, 100));
        expunge(50);
        compare(view, IntStream.rangeClosed(1, 100));
        view = view.tell(now(), true, false).next();
        compare(view, IntStream.rangeClosed(1, 99));
        compare(view, IntStream.rangeClosed(1, 99));
    }

    @Test
    void manyChangesAreToldByTheirSequenceNumbers() {
        store.transact(Cause.SERVER, t -> {
            for (var i = 0; i < 2_000; i++) {
                t.append("alice", id, Flags.NONE, DATE, CONTENT);
            }
            return null;
        });
        var view = FolderView.open("alice", now(), false);
        store.transact(Cause.SERVER, t -> {
            for (var uid = 2_000L; uid > 1; uid--) {
                t.setFlags("alice", id, uid, Flags.SEEN);
            }
            return t.expunge("alice", id, 1) && t.expunge("alice", id, 700);
        });
        for (var mayExpunge : new boolean[] {true, false}) {
            var telling = view.tell(now(), mayExpunge, false);
            var changes = telling.notices().stream().filter(Notice.FlagsChanged.class::isInstance)
                    .map(Notice.FlagsChanged.class::cast).toList();
            assertEquals(1_998, changes.size());
            changes.forEach(change -> assertEquals(change.uid(), telling.next().uid(change.sequence())));
        }
    }

    private void compare(FolderView view, IntStream wanted) {
        var sequences = wanted.toArray();
        var messages = new ArrayList<Message>();
        view.messages(now(), Sequences.of(sequences)).forEachRemaining(messages::add);
        assertEquals(Arrays.stream(sequences).mapToObj(i -> view.message(now(), view.uid(i))).toList(), messages);
        assertFalse(messages.contains(null));
    }

    private void setFlags(long uid, Flags flags) {
        store.transact(Cause.SERVER, t -> {
            t.setFlags("alice", id, uid, flags);
            return null;
        });
    }

    private static void believe(List<Long> client, Notice notice) {
        switch (notice) {
            case Notice.Expunged(var sequence, var uid) -> assertEquals(uid, client.remove(sequence - 1));
            case Notice.Arrived arrived -> {
                client.addAll(arrived.uids());
                assertEquals(client.size(), arrived.exists());
            }
            case Notice.FlagsChanged changed -> assertEquals(changed.uid(), client.get(changed.sequence() - 1));
        }
    }

    private Folder now() {
        return store.state().folder("alice", id).orElseThrow();
    }

    private void append() {
        store.transact(Cause.SERVER, t -> t.append("alice", id, Flags.NONE, DATE, CONTENT));
    }

    private void expunge(long uid) {
        store.transact(Cause.SERVER, t -> t.expunge("alice", id, uid));
    }
}
