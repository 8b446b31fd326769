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
            flag(store, inbox, uid, 5_000);
            var late = Files.size(file);
            // Six times as much has been written. How much may not be written over yet depends on how fast the disk is.
            assertTrue(late < early * 9 / 2 + (1 << 20), early + " octets grew to " + late);
        }
    }

    /** Changes a message's flags again and again, for that many milliseconds. */
    private static void flag(MailStore store, long inbox, long uid, int millis) {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (var i = 0; System.nanoTime() < end; i++) {
            var flags = i % 2 == 0 ? Flags.SEEN : Flags.FLAGGED;
            store.transact(Cause.SERVER, t -> t.setFlags("alice", inbox, uid, flags));
            store.awaitKept();
        }
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
