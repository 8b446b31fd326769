package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;

class BoundedStorageTest {
    private static final OffsetDateTime DATE = OffsetDateTime.of(2026, 11, 1, 8, 0, 0, 0, ZoneOffset.UTC);
    private static final int LARGE = 10_000;

    private volatile boolean isShort;

    @Test
    void moreThanThereIsRoomForIsRefusedAndLessIsNot() {
        var store = store(2 * LARGE + 5_000, true);
        append(store, LARGE);
        append(store, LARGE);
        var before = store.state();
        assertRefused(store, t -> append(t, LARGE));
        assertRefused(store, t -> {
            for (var i = 0; i < 5; i++) {
                t.createFolder("alice", "folder" + i);
            }
            t.annotate("alice", "alice", inbox(t), "/private/comment", Optional.of("x".repeat(4_000)));
        });
        assertSame(before, store.state());
        run(store, t -> t.setFlags("alice", inbox(t), 1, Flags.DELETED));
        run(store, t -> t.expunge("alice", inbox(t), 1));
        append(store, LARGE);
    }

    @Test
    void whatGoesMakesRoomForWhatComes() {
        var store = store(LARGE + 5_000, true);
        append(store, LARGE);
        run(store, t -> {
            append(t, LARGE);
            t.expunge("alice", inbox(t), 1);
        });
        assertEquals(1, store.state().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void whatIsTooLargeFromTheBeginningCanOnlyShrink() {
        var large = store(10 * LARGE, true);
        append(large, LARGE);
        append(large, LARGE);
        var store = new MailStore(CommitLog.NONE, Clock.systemUTC(), large.state(),
                new BoundedStorage(Storage.MEMORY, true, large.state(), LARGE, () -> isShort));
        assertRefused(store, t -> append(t, 1));
        run(store, t -> t.setFlags("alice", inbox(t), 2, Flags.SEEN));
        run(store, t -> t.expunge("alice", inbox(t), 1));
        run(store, t -> t.expunge("alice", inbox(t), 2));
        append(store, LARGE / 2);
    }

    @Test
    void whoMovesMailAwayMayDoSo() {
        var large = store(10 * LARGE, true);
        append(large, LARGE);
        append(large, LARGE);
        run(large, t -> t.createFolder("alice", "Trash"));
        var store = new MailStore(CommitLog.NONE, Clock.systemUTC(), large.state(),
                new BoundedStorage(Storage.MEMORY, true, large.state(), LARGE, () -> isShort));
        run(store, t -> {
            var message = t.account("alice").inbox().message(1);
            t.append("alice", t.account("alice").folder("Trash").orElseThrow().id(), message.flags(),
                    message.internalDate(), message.content());
            t.expunge("alice", inbox(t), 1);
        });
        assertEquals(1, store.state().account("alice").orElseThrow().folder("Trash").orElseThrow().size());
    }

    @Test
    void mailThatIsElsewhereTakesTheRoomOfItsPlaceOnly() {
        var store = store(5_000, false);
        append(store, LARGE);
        append(store, LARGE);
        assertRefused(store, t -> {
            for (var i = 0; i < 10; i++) {
                append(t, 1);
            }
        });
    }

    @Test
    void halfOfItIsEnoughWhileMemoryIsShort() {
        var store = store(4 * LARGE, true);
        append(store, LARGE);
        isShort = true;
        assertRefused(store, t -> append(t, LARGE));
        run(store, t -> t.createFolder("alice", "small"));
        isShort = false;
        append(store, LARGE);
    }

    /** What is told anew after each commit is what all of the state comes to. */
    @Test
    void itIsNeverMiscounted() {
        var random = new Random(11);
        for (var withMail : new boolean[] {true, false}) {
            var footprint = new Footprint(withMail, random.nextBoolean());
            var store = new MailStore(CommitLog.NONE, Clock.systemUTC(), ServerState.EMPTY, new Storage() {
                private long taken;

                @Override
                public Hold hold(Content content) {
                    return MEMORY.hold(content);
                }

                @Override
                public void admit(Commit commit) {
                    taken = footprint.after(commit, taken);
                    assertEquals(footprint.of(commit.after()), taken, () -> commit.changes().toString());
                }

                @Override
                public void committed(Commit commit) {
                    // it is counted
                }

                @Override
                public void awaitKept(long version) {
                    // it is
                }
            });
            run(store, t -> t.createAccount("alice"));
            run(store, t -> t.createAccount("bob"));
            for (var i = 0; i < 3_000; i++) {
                run(store, t -> {
                    for (var n = random.nextInt(3); n >= 0; n--) {
                        change(t, random);
                    }
                });
            }
            assertTrue(store.state().account("alice").orElseThrow().folders().size() > 3);
            run(store, t -> t.removeAccount("bob"));
        }
    }

    private static void change(Transaction t, Random random) {
        var name = "f" + random.nextInt(8);
        var folder = t.account("alice").folder(name).filter(Folder::selectable);
        if (folder.isEmpty()) {
            t.createFolder("alice", name + (random.nextInt(4) == 0 ? "/below" + random.nextInt(1_000_000) : ""));
            return;
        }
        var id = folder.get().id();
        var uid = 1 + random.nextInt((int) folder.get().uidNext());
        switch (random.nextInt(12)) {
            case 0 -> {
                if (random.nextInt(4) == 0 && !t.account("alice").hasChildren(name)) {
                    t.deleteFolder("alice", name);
                }
            }
            case 1 -> t.renameFolder("alice", name, "renamed" + random.nextInt(1_000_000_000));
            case 2 -> t.subscribe("alice", name, random.nextBoolean());
            case 3 -> t.annotate("alice", "alice", id, "/private/comment", random.nextBoolean() ? Optional.empty()
                    : Optional.of("x".repeat(random.nextInt(100))));
            case 4 -> t.annotate("bob", "alice", id, "/private/comment", Optional.of("y" + random.nextInt(1_000)));
            case 5 -> t.annotateServer("alice", "/private/comment", Optional.of("z".repeat(random.nextInt(100))));
            case 6 -> t.setAccess("alice", id, "bob", random.nextBoolean() ? Optional.empty()
                    : Optional.of(Rights.of(Right.READ)));
            case 7 -> t.setFlags("alice", id, uid, Flags.of("k" + random.nextInt(50)));
            case 8 -> t.expunge("alice", id, uid);
            default -> t.append("alice", id, Flags.NONE, DATE, Content.of(new byte[random.nextInt(500)]));
        }
    }

    private MailStore store(long most, boolean withMail) {
        var store = new MailStore(CommitLog.NONE, Clock.systemUTC(), ServerState.EMPTY,
                new BoundedStorage(Storage.MEMORY, withMail, ServerState.EMPTY, most, () -> isShort));
        run(store, t -> t.createAccount("alice"));
        return store;
    }

    private static void assertRefused(MailStore store, Consumer<Transaction> work) {
        var refused = assertThrows(MailboxException.class, () -> run(store, work));
        assertEquals(MailboxException.Reason.LIMIT, refused.reason());
        assertEquals("Accounts and mail count for 0 MiB of the server's memory, and there is no room for more:"
                + " delete something.", refused.getMessage());
    }

    private static void append(MailStore store, int octets) {
        run(store, t -> append(t, octets));
    }

    private static void append(Transaction t, int octets) {
        t.append("alice", inbox(t), Flags.NONE, DATE, Content.of(new byte[octets]));
    }

    private static long inbox(Transaction t) {
        return t.account("alice").inbox().id();
    }

    private static void run(MailStore store, Consumer<Transaction> work) {
        store.transact(Cause.SERVER, t -> {
            work.accept(t);
            return null;
        });
    }
}
