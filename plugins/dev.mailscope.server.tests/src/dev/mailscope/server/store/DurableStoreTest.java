package dev.mailscope.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.CommitLog;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage.Arrival;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.RandomTrace;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurableStoreTest {
    private static final OffsetDateTime DATE = OffsetDateTime.of(2026, 11, 1, 8, 0, 0, 0, ZoneOffset.UTC);

    @TempDir
    Path top;

    @AfterEach
    void noThreadIsLeft() {
        var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
        assertFalse(threads.anyMatch("mailscope-store"::equals), "a store is still being written");
    }

    @Test
    void anyHistoryIsTheSameAfterOpeningAgain() throws IOException {
        for (var seed = 1; seed <= 4; seed++) {
            var folder = top.resolve("history" + seed);
            var history = new RandomTrace(seed);
            ServerState state = null;
            // A recording's store goes on from what the one before left; each time something more has happened.
            for (var round = 0; round < 4; round++) {
                try (var durable = DurableStore.open(folder);
                        var recording = Recording.inMemory(RecordingLimits.DEFAULT, durable.state())) {
                    if (state != null) {
                        assertSame(state, durable.state());
                    }
                    var store = new MailStore(recording, Clock.systemUTC(), durable.state(),
                            new HoldingStorage(durable));
                    if (state == null) {
                        RandomTrace.begin(store);
                    }
                    for (var step = 0; step < 150; step++) {
                        history.step(recording, store);
                    }
                    state = store.state();
                }
            }
            assertEquals(contents(state).size(), Files.list(folder.resolve(DurableStore.MAIL)).count());
        }
    }

    @Test
    void whatWasExpungedIsRememberedUpToTheLimitAndNoFurther() throws IOException {
        ServerState state;
        try (var durable = DurableStore.open(top.resolve("store"))) {
            var store = store(durable);
            var inbox = account(store);
            try (var hold = durable.hold(mail("again and again"))) {
                for (var round = 0; round < 3; round++) {
                    store.transact(Cause.SERVER, t -> {
                        for (var i = 0; i < Folder.REMEMBERED / 2 + 10; i++) {
                            var message = t.append("alice", inbox, Flags.NONE, DATE, hold.content());
                            t.expunge("alice", inbox, message.uid());
                        }
                        return null;
                    });
                }
            }
            state = store.state();
        }
        assertEquals(Folder.REMEMBERED, state.account("alice").orElseThrow().inbox().vanished().size());
        try (var durable = DurableStore.open(top.resolve("store"))) {
            assertSame(state, durable.state());
        }
    }

    @Test
    void aPasswordIsKeptAsVerifiersAlone() throws IOException {
        var credentials = new Credentials();
        credentials.setWithoutSecret("alice", "unguessable");
        try (var durable = DurableStore.open(top.resolve("store"))) {
            durable.keepPassword("alice", credentials.verifiers("alice"));
            durable.keepPassword("bob", credentials.verifiers("alice"));
            durable.forgetPassword("bob");
        }
        try (var durable = DurableStore.open(top.resolve("store"))) {
            assertEquals(List.of("alice"), List.copyOf(durable.passwords().keySet()));
            var again = new Credentials();
            again.set("alice", durable.passwords().get("alice"));
            assertTrue(again.verify("alice", "unguessable"));
            assertFalse(again.verify("alice", "guessed"));
        }
        assertFalse(octetsOf(top).contains("unguessable"));
    }

    @Test
    void aDeletedMailLeavesNoOctetBehind() throws IOException {
        try (var durable = DurableStore.open(top.resolve("store"))) {
            var store = store(durable);
            var inbox = account(store);
            var first = append(store, "SECRET-ONE " + "x".repeat(5_000));
            append(store, "SECRET-TWO");
            var copied = append(store, "SECRET-THREE");
            store.transact(Cause.SERVER, t -> t.createFolder("alice", "Copies"));
            store.transact(Cause.SERVER, t -> t.append("alice", t.folder("alice", "Copies").id(), Flags.NONE, DATE,
                    t.folder("alice", inbox).message(copied).content()));
            store.awaitKept();
            assertTrue(octetsOf(top).contains("SECRET-ONE") && octetsOf(top).contains("SECRET-THREE"));
            var shown = store.state().account("alice").orElseThrow().inbox().message(first).content();
            expunge(store, first);
            expunge(store, copied);
            assertFalse(octetsOf(top).contains("SECRET-ONE"));
            assertTrue(octetsOf(top).contains("SECRET-THREE"), "another folder has it still");
            assertTrue(new String(shown.octets(), StandardCharsets.UTF_8).contains("SECRET-ONE"),
                    "whoever is still sending it goes on");
            store.transact(Cause.SERVER, t -> {
                t.deleteFolder("alice", "Copies");
                return null;
            });
            store.awaitKept();
            assertFalse(octetsOf(top).contains("SECRET-THREE"));
            store.transact(Cause.SERVER, t -> {
                t.removeAccount("alice");
                return null;
            });
            store.awaitKept();
            assertFalse(octetsOf(top).contains("SECRET"));
        }
    }

    @Test
    void aMailThatIsRefusedLeavesNoFile() throws IOException {
        try (var durable = DurableStore.open(top.resolve("store"))) {
            var store = store(durable);
            account(store);
            try (var hold = durable.hold(mail("refused"))) {
                assertTrue(octetsOf(top).contains("refused"));
            }
            assertFalse(octetsOf(top).contains("refused"));
            assertThrows(IllegalStateException.class, () -> store.transact(Cause.SERVER,
                    t -> t.append("alice", t.folder("alice", "INBOX").id(), Flags.NONE, DATE, mail("not held"))));
        }
    }

    @Test
    void twoCannotHaveItOpen() throws IOException {
        var folder = top.resolve("store");
        try (var durable = DurableStore.open(folder)) {
            var refusal = assertThrows(IOException.class, () -> DurableStore.open(folder));
            assertEquals("the store " + folder + " is in use by another Mailscope", refusal.getMessage());
            account(store(durable));
        }
        try (var durable = DurableStore.open(folder)) {
            assertTrue(durable.state().account("alice").isPresent());
        }
    }

    @Test
    void onlyItsOwnerCanReadAnythingInIt() throws IOException {
        try (var durable = DurableStore.open(top.resolve("store"))) {
            var store = store(durable);
            account(store);
            append(store, "private");
        }
        try (var files = Files.walk(top.resolve("store"))) {
            for (var file : files.toList()) {
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
    }

    @Test
    void aFolderThatIsNoStoreIsLeftAlone() throws IOException {
        var folder = Files.createDirectory(top.resolve("documents"));
        Files.writeString(folder.resolve("letter.txt"), "Dear Bob");
        var refusal = assertThrows(IOException.class, () -> DurableStore.open(folder));
        assertTrue(refusal.getMessage().contains("documents is not empty"), refusal.getMessage());
        assertEquals(1, Files.list(folder).count());
        var file = assertThrows(IOException.class, () -> DurableStore.open(folder.resolve("letter.txt")));
        assertTrue(file.getMessage().contains("letter.txt is no folder"), file.getMessage());
    }

    @Test
    void whatIsDamagedIsNamedAndNothingIsChanged() throws IOException {
        var folder = top.resolve("store");
        String id;
        try (var durable = DurableStore.open(folder)) {
            var store = store(durable);
            account(store);
            for (var i = 0; i < 200; i++) {
                append(store, "number " + i);
            }
            id = store.state().account("alice").orElseThrow().inbox().message(7).content().id();
        }
        var whole = files(folder);
        var state = folder.resolve(DurableStore.STATE);
        // Each with what the message must name.
        damaged(folder, whole, () -> Files.delete(folder.resolve(DurableStore.MAIL).resolve(id)), id, "missing");
        damaged(folder, whole, () -> Files.writeString(folder.resolve(DurableStore.MAIL).resolve(id), "less"), id,
                "4 octets");
        damaged(folder, whole, () -> Files.delete(state), DurableStore.STATE, "missing");
        damaged(folder, whole, () -> Files.write(state, new byte[0]), DurableStore.STATE, "empty");
        damaged(folder, whole, () -> Files.writeString(state, "no store ".repeat(2_000)), DurableStore.STATE, "damaged");
        damaged(folder, whole, () -> {
            try (var file = new RandomAccessFile(state.toFile(), "rw")) {
                file.setLength(file.length() / 3);
            }
        }, DurableStore.STATE, "damaged");
        for (var part = 1; part < 12; part++) {
            var at = part;
            damaged(folder, whole, () -> {
                try (var file = new RandomAccessFile(state.toFile(), "rw")) {
                    file.seek(file.length() * at / 12);
                    file.write("damage".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
                }
            }, null, null);
        }
        try (var durable = DurableStore.open(folder)) {
            assertEquals(200, durable.state().account("alice").orElseThrow().inbox().size());
        }
    }

    private interface Damage {
        void doIt() throws IOException;
    }

    /** It is refused, or where what was written over was in use no more, whole. */
    private static void damaged(Path folder, Map<Path, byte[]> whole, Damage damage, String file, String what)
            throws IOException {
        damage.doIt();
        var before = files(folder);
        try (var opened = DurableStore.open(folder)) {
            assertEquals(null, file, "the damage is not seen");
            assertEquals(200, opened.state().account("alice").orElseThrow().inbox().size());
            opened.close();
        } catch (IOException e) {
            assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
            if (file != null) {
                assertTrue(e.getMessage().contains(file) && e.getMessage().contains(what), e.getMessage());
            }
            var after = files(folder);
            assertEquals(before.keySet(), after.keySet());
            before.forEach((path, octets) -> assertArrayEquals(octets, after.get(path), path.toString()));
        }
        for (var path : files(folder).keySet()) {
            Files.delete(path);
        }
        for (var path : whole.keySet()) {
            Files.write(path, whole.get(path));
        }
    }

    @Test
    void aNewerStoreIsRefused() throws IOException {
        var folder = top.resolve("store");
        DurableStore.open(folder).close();
        StateFileTest.setVersion(folder.resolve(DurableStore.STATE), 2);
        var refusal = assertThrows(IOException.class, () -> DurableStore.open(folder));
        assertEquals(folder.resolve(DurableStore.STATE) + " is written by a newer Mailscope: it has format 2, and this one"
                + " reads format 1", refusal.getMessage());
    }

    @Test
    void aDamagedMailIsNotShown() throws IOException {
        var folder = top.resolve("store");
        Content content;
        try (var durable = DurableStore.open(folder)) {
            var store = store(durable);
            account(store);
            append(store, "genuine");
            content = store.state().account("alice").orElseThrow().inbox().message(1).content();
        }
        var file = folder.resolve(DurableStore.MAIL).resolve(content.id());
        Files.writeString(file, Files.readString(file).replace("genuine", "GENUINE"));
        try (var durable = DurableStore.open(folder)) {
            var damaged = durable.state().account("alice").orElseThrow().inbox().message(1).content();
            var problem = assertThrows(UncheckedIOException.class, damaged::octets);
            assertTrue(problem.getMessage().contains(file + " is damaged"), problem.getMessage());
        }
    }

    @Test
    void aLargeMailIsSentPieceByPieceFromItsFile() throws IOException {
        var folder = top.resolve("store");
        var text = "0123456789abcdef".repeat(Content.LARGE / 5);
        try (var durable = DurableStore.open(folder)) {
            var store = store(durable);
            account(store);
            append(store, text);
        }
        try (var durable = DurableStore.open(folder)) {
            var content = durable.state().account("alice").orElseThrow().inbox().message(1).content();
            for (var range : List.of(new int[] {0, content.size()}, new int[] {1_000_003, 200_001},
                    new int[] {content.size() - 1, 1}, new int[] {7, 0})) {
                var out = new ByteArrayOutputStream();
                content.writeTo(out, range[0], range[1]);
                assertArrayEquals(Arrays.copyOfRange(mail(text).octets(), range[0], range[0] + range[1]),
                        out.toByteArray());
            }
            content.check();
            var file = folder.resolve(DurableStore.MAIL).resolve(content.id());
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(content.size() - 10);
            }
            assertThrows(IOException.class,
                    () -> content.writeTo(OutputStream.nullOutputStream(), 0, content.size()));
        }
    }

    @Test
    void aMailThatCameIntoAFileIsKeptByItsName() throws IOException {
        var folder = top.resolve("store");
        var octets = mail("it came piece by piece").octets();
        try (var durable = DurableStore.open(folder)) {
            var store = store(durable);
            account(store);
            // Two with the same octets: one file stays.
            try (var one = arrival(durable, octets); var other = arrival(durable, octets)) {
                assertEquals(mail("it came piece by piece"), one.content());
                assertEquals(Content.of(octets).sizeWithCrlf(), one.content().sizeWithCrlf());
                assertEquals(List.of("1.new", "2.new"), names(folder));
                other.content();
                assertEquals(List.of("1.new"), names(folder));
                append(store, one.content());
                assertEquals(List.of(one.content().id()), names(folder));
                assertArrayEquals(octets, other.content().octets());
                append(store, other.content());
            }
            try (var refused = arrival(durable, mail("refused").octets())) {
                var content = refused.content();
                store.hold(content).close();
                assertEquals(2, names(folder).size(), "it is still being shown");
                refused.close();
                assertEquals(1, names(folder).size());
                assertArrayEquals(mail("refused").octets(), content.octets(), "a small one stays in memory");
            }
            try (var half = durable.receive(100).orElseThrow()) {
                half.write(octets, 0, 10);
                assertArrayEquals(Arrays.copyOf(octets, 10), half.soFar().octets());
                half.write(octets, 10, 10);
                assertArrayEquals(Arrays.copyOf(octets, 20), half.content().octets());
            }
            // The same comes once more from memory, while it is there and has not been kept.
            try (var again = arrival(durable, mail("again").octets())) {
                again.content();
                append(store, "again");
            }
            assertEquals(2, names(folder).size());
        }
        try (var durable = DurableStore.open(folder)) {
            var inbox = durable.state().account("alice").orElseThrow().inbox();
            assertEquals(3, inbox.size());
            assertArrayEquals(octets, inbox.message(2).content().octets());
        }
    }

    private static Arrival arrival(DurableStore durable, byte[] octets) {
        var arrival = durable.receive(octets.length).orElseThrow();
        arrival.write(octets, 0, 7);
        arrival.write(octets, 7, octets.length - 7);
        return arrival;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve(DurableStore.MAIL))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    // ---- what all of them use

    static MailStore store(DurableStore durable) {
        return new MailStore(CommitLog.NONE, Clock.systemUTC(), durable.state(), durable);
    }

    /** Makes alice's account; gives the id of her INBOX. */
    static long account(MailStore store) {
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            return null;
        });
        return store.state().account("alice").orElseThrow().inbox().id();
    }

    static Content mail(String text) {
        return Content.of(("Subject: test\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a mail and waits until it is kept; gives its UID. */
    static long append(MailStore store, String text) {
        return append(store, mail(text));
    }

    /** The same. */
    static long append(MailStore store, Content mail) {
        try (var hold = store.hold(mail)) {
            var uid = store.transact(Cause.SERVER, t -> t.append("alice", t.folder("alice", "INBOX").id(), Flags.NONE,
                    DATE, hold.content()).uid());
            store.awaitKept();
            return uid;
        }
    }

    static void expunge(MailStore store, long uid) {
        store.transact(Cause.SERVER, t -> t.expunge("alice", t.folder("alice", "INBOX").id(), uid));
        store.awaitKept();
    }

    /** The octets of all files there, one character for each, and their names. */
    static String octetsOf(Path folder) throws IOException {
        var all = new StringBuilder();
        for (var file : files(folder).entrySet()) {
            all.append(file.getKey()).append('\n').append(new String(file.getValue(), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static Map<Path, byte[]> files(Path folder) throws IOException {
        var all = new TreeMap<Path, byte[]>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.put(file, Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static void assertSame(ServerState expected, ServerState found) {
        assertEquals(expected, found);
        var octets = contents(found);
        contents(expected).forEach((id, content) -> {
            assertEquals(id, Content.of(octets.get(id).octets()).id());
            assertEquals(content.isAscii(), octets.get(id).isAscii());
            assertEquals(content.sizeWithCrlf(), octets.get(id).sizeWithCrlf());
            assertEquals(content.hasNul(), octets.get(id).hasNul());
        });
    }

    private static Map<String, Content> contents(ServerState state) {
        var all = new TreeMap<String, Content>();
        state.accounts().values().forEach(account -> account.folders().values().forEach(folder -> folder.messages()
                .values().forEach(message -> all.put(message.content().id(), message.content()))));
        return all;
    }
}
