package dev.mailscope.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
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
            for (var i = 0; i < 3_000; i++) {
                var flags = i % 2 == 0 ? Flags.SEEN : Flags.FLAGGED;
                store.transact(Cause.SERVER, t -> t.setFlags("alice", inbox, uid, flags));
                store.awaitKept();
            }
            var size = Files.size(folder.resolve(DurableStore.STATE));
            assertTrue(size < 40 << 20, size + " octets for one message");
        }
        var size = Files.size(folder.resolve(DurableStore.STATE));
        assertTrue(size < 1 << 20, size + " octets for one message when it is closed");
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
