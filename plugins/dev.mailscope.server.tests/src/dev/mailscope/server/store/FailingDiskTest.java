package dev.mailscope.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.StorageException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingDiskTest {
    private static final Logger LOG = Logger.getLogger("dev.mailscope.server.store");
    private static final long MIB = 1 << 20;

    @TempDir
    Path top;
    private Path folder;

    @BeforeEach
    void quiet() throws IOException {
        folder = Files.createDirectory(top.resolve("store"));
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void noThreadIsLeft() {
        LOG.setLevel(null);
        var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
        assertFalse(threads.anyMatch("mailscope-store"::equals), "a store is still being written");
    }

    @Test
    void aMailThatDoesNotFitIsRefusedAndAllElseGoesOn() throws IOException {
        var disk = new FullDisk(folder, 6 * MIB);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            DurableStoreTest.account(store);
            var small = DurableStoreTest.append(store, "small");
            var before = store.state();
            var refusal = assertThrows(MailboxException.class,
                    () -> DurableStoreTest.append(store, "x".repeat(3 << 20)));
            assertEquals(MailboxException.Reason.LIMIT, refusal.reason());
            assertTrue(refusal.getMessage().contains("No space left on device"), refusal.getMessage());
            assertEquals(before, store.state());
            assertEquals(1, Files.list(folder.resolve(DurableStore.MAIL)).count(), "half a mail is left");
            flag(store, small, Flags.SEEN);
            store.awaitKept();
            disk.size(10 * MIB);
            DurableStoreTest.append(store, "x".repeat(3 << 20));
        }
        try (var durable = DurableStore.open(folder)) {
            var inbox = durable.state().account("alice").orElseThrow().inbox();
            assertEquals(2, inbox.size());
            assertTrue(inbox.message(1).flags().seen());
        }
    }

    @Test
    void aLargeMailThatDoesNotFitIsRefusedAtOnceAndOneThatGrowsAsSoonAsItDoesNot() throws IOException {
        var disk = new FullDisk(folder, 8 * MIB);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            DurableStoreTest.account(store);
            var refusal = assertThrows(MailboxException.class, () -> durable.receive(5 * MIB));
            assertTrue(refusal.getMessage().contains("the disk has no room for 5242880 octets"), refusal.getMessage());
            try (var one = durable.receive(2 * MIB).orElseThrow()) {
                assertThrows(MailboxException.class, () -> durable.receive(2 * MIB), "what is announced counts");
                one.write(new byte[1 << 20], 0, 1 << 20);
                assertThrows(MailboxException.class, () -> durable.receive(2 * MIB), "so does what is there");
            }
            try (var endless = durable.receive(0).orElseThrow()) {
                for (var i = 0; i < 8; i++) {
                    endless.write(new byte[1 << 20], 0, 1 << 20);
                }
                assertEquals("No space left on device", endless.failure().orElseThrow());
                assertEquals(0, files(), "what is of no use is still there");
                assertEquals(8 * MIB, endless.content().size());
            }
            durable.receive(2 * MIB).orElseThrow().close();
            assertEquals(0, files());
            DurableStoreTest.append(store, "small");
        }
    }

    private long files() throws IOException {
        try (var files = Files.list(folder.resolve(DurableStore.MAIL))) {
            return files.count();
        }
    }

    @Test
    void whenNotEvenTheStateCanGrowMailCanStillBeDeletedAndThenItGoesOn() throws Exception {
        var disk = new FullDisk(folder, Long.MAX_VALUE);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            var inbox = DurableStoreTest.account(store);
            var large = DurableStoreTest.append(store, "x".repeat(6 << 20));
            var small = DurableStoreTest.append(store, "small");
            disk.size(disk.used());
            var flags = 0;
            // Until the reserve is given up; nobody notices.
            while (Files.exists(folder.resolve(DurableStore.RESERVE))) {
                flag(store, small, flags++ % 2 == 0 ? Flags.SEEN : Flags.FLAGGED);
                store.awaitKept();
            }
            var refusal = assertThrows(MailboxException.class, () -> DurableStoreTest.append(store, "one more"));
            assertTrue(refusal.getMessage().contains("only deleting is possible"), refusal.getMessage());
            assertThrows(MailboxException.class, () -> store.transact(Cause.SERVER,
                    t -> t.createFolder("alice", "More")));
            flag(store, large, Flags.DELETED);
            DurableStoreTest.expunge(store, large);
            assertTrue(store.state().folder("alice", inbox).orElseThrow().message(large) == null);
            await(() -> Files.exists(folder.resolve(DurableStore.RESERVE)));
            awaitAppend(store);
        }
        try (var durable = DurableStore.open(folder)) {
            assertEquals(2, durable.state().account("alice").orElseThrow().inbox().size());
        }
    }

    @Test
    void whenNothingCanBeWrittenNobodyIsToldOkAndItGoesOnWhenItCanBe() throws Exception {
        var disk = new FullDisk(folder, Long.MAX_VALUE);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            DurableStoreTest.account(store);
            var uid = DurableStoreTest.append(store, "small");
            disk.broken(true);
            flag(store, uid, Flags.SEEN);
            var failure = assertThrows(StorageException.class, store::awaitKept);
            assertEquals("The store cannot be written: Input/output error.", failure.getMessage());
            assertThrows(StorageException.class, () -> flag(store, uid, Flags.FLAGGED));
            disk.broken(false);
            await(() -> {
                try {
                    store.awaitKept();
                    return true;
                } catch (StorageException e) {
                    return false;
                }
            });
            awaitAppend(store);
        }
        try (var durable = DurableStore.open(folder)) {
            assertTrue(durable.state().account("alice").orElseThrow().inbox().message(1).flags().seen());
            assertEquals(2, durable.state().account("alice").orElseThrow().inbox().size());
        }
    }

    @Test
    void aStoreThatIsClosedWhileItCannotBeWrittenKeepsWhatItHad() throws IOException {
        var disk = new FullDisk(folder, Long.MAX_VALUE);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            DurableStoreTest.account(store);
            var uid = DurableStoreTest.append(store, "small");
            disk.broken(true);
            flag(store, uid, Flags.SEEN);
            assertThrows(StorageException.class, store::awaitKept);
        }
        try (var durable = DurableStore.open(folder)) {
            var message = durable.state().account("alice").orElseThrow().inbox().message(1);
            assertEquals(Flags.NONE, message.flags());
            assertTrue(new String(message.content().octets()).contains("small"));
        }
    }

    @Test
    void otherSessionsGoOnWhileOneWaitsForTheDisk() throws Exception {
        var disk = new FullDisk(folder, Long.MAX_VALUE);
        try (var durable = DurableStore.open(folder, disk)) {
            var store = DurableStoreTest.store(durable);
            DurableStoreTest.account(store);
            var before = System.nanoTime();
            var commits = 400;
            for (var i = 0; i < commits; i++) {
                var name = "name" + i;
                store.transact(Cause.SERVER, t -> {
                    t.subscribe("alice", name, true);
                    return null;
                });
            }
            var committed = System.nanoTime() - before;
            store.awaitKept();
            var kept = System.nanoTime() - before;
            assertTrue(committed < kept, "a transaction waits for the disk");
            assertEquals(commits, store.state().account("alice").orElseThrow().subscriptions().size());
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "it does not come");
            Thread.onSpinWait();
        }
    }

    /** The next mail fits again: the reserve is seen to be there only a moment after its file is. */
    private static void awaitAppend(MailStore store) throws Exception {
        await(() -> {
            try {
                DurableStoreTest.append(store, "after all");
                return true;
            } catch (MailboxException e) {
                return false;
            }
        });
    }

    private static void flag(MailStore store, long uid, Flags flags) {
        store.transact(Cause.SERVER,
                t -> t.setFlags("alice", t.folder("alice", "INBOX").id(), uid, flags));
    }
}
