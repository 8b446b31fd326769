package dev.mailscope.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.trace.BinaryOutput;
import dev.mailscope.server.trace.OctetsType;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StateFileTest {
    /** The least that MVStore writes at once, in octets. */
    private static final int BLOCK = 4_096;

    @TempDir
    Path top;

    @Test
    void itDoesNotGrowWithWhatChangesAgainAndAgain() throws IOException {
        var folder = top.resolve("store");
        try (var durable = DurableStore.open(folder)) {
            var store = DurableStoreTest.store(durable);
            var inbox = DurableStoreTest.account(store);
            var uid = DurableStoreTest.append(store, "flagged");
            var file = folder.resolve(DurableStore.STATE);
            flag(store, inbox, uid, 1_000);
            var early = Files.size(file);
            var changes = flag(store, inbox, uid, 5_000);
            var late = Files.size(file);
            // Each change writes some three blocks of its own. What was freed half a second ago is written over; how
            // much waits for that depends on how fast the disk is, and may become more.
            assertTrue(late - early < changes * BLOCK * 3 / 2,
                    early + " octets grew to " + late + " with " + changes + " changes");
        }
    }

    /** Changes a message's flags again and again, for that many milliseconds; gives how often. */
    private static long flag(MailStore store, long inbox, long uid, int millis) {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var changes = 0L;
        for (; System.nanoTime() < end; changes++) {
            var flags = changes % 2 == 0 ? Flags.SEEN : Flags.FLAGGED;
            store.transact(Cause.SERVER, t -> t.setFlags("alice", inbox, uid, flags));
            store.awaitKept();
        }
        return changes;
    }

    /** Lets the file say that it has that format. */
    static void setVersion(Path file, int version) {
        try (var store = MVStore.open(file.toString())) {
            var about = store.openMap("store", new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                    .valueType(OctetsType.INSTANCE));
            var header = new BinaryOutput();
            header.text("Mailscope store");
            header.number(version);
            about.put(0L, header.seal());
            store.commit();
        }
    }
}
