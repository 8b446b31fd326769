package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notes and bookmarks on the events of a recording. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotesTest {
    /** Another program that has a file open for reading until its input ends. */
    private static final String HOLDER = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;

            class Holder {
                public static void main(String[] args) throws Exception {
                    try (var channel = FileChannel.open(Path.of(args[0]));
                            var lock = channel.lock(0, Long.MAX_VALUE, true)) {
                        System.out.print('!');
                        System.out.flush();
                        System.in.read();
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aLiveRecordingKeepsThemInItsFile() throws IOException {
        var file = folder.resolve("live");
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            record(recording, 20);
            recording.note(3, "why?\nsecond line");
            recording.note(7, "");
            recording.note(9, "taken away again");
            recording.removeNote(9);
            recording.note(3, "because");
            assertEquals(List.of(3L, 7L), List.copyOf(recording.notes().keySet()));
            assertThrows(IllegalArgumentException.class, () -> recording.note(21, "no such event"));
            assertThrows(IllegalArgumentException.class, () -> recording.note(1, "x".repeat(Note.LONGEST + 1)));
        }
        try (var opened = Recording.open(file)) {
            assertEquals("", opened.status().reason());
            assertEquals(List.of(3L, 7L), List.copyOf(opened.notes().keySet()));
            assertEquals("because", opened.notes().get(3L).text());
            assertEquals(opened.event(3).time(), opened.notes().get(3L).eventTime());
            assertTrue(opened.notes().get(7L).isBookmark());
        }
    }

    @Test
    void aNoteIsInTheFileThoughNothingElseHappens() throws IOException {
        var file = folder.resolve("quiet");
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            record(recording, 1);
            while (recording.stored() < 1) {
                Thread.onSpinWait();
            }
            recording.note(1, "quiet");
            var copy = folder.resolve("copy");
            for (var notes = List.<Note>of(); notes.isEmpty();) { // the time limit of the class ends this
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                try (var opened = Recording.open(copy)) {
                    notes = List.copyOf(opened.notes().values());
                }
            }
        }
    }

    @Test
    void anOpenedRecordingKeepsThemInItsFileAtOnce() throws IOException {
        var file = recorded("opened", 300);
        var octets = Files.size(file);
        try (var opened = Recording.open(file)) {
            for (var round = 0; round < 20; round++) {
                opened.note(100 + round, "note " + round);
            }
            opened.removeNote(100);
            opened.note(101, "changed");
            assertEquals(300, opened.events(1, 1_000).size());
            assertEquals("event 150", ((What.Remark) opened.event(151).what()).text());
            assertEquals(200, opened.at(200).number());
        }
        assertTrue(Files.size(file) < octets + (1 << 20), "from " + octets + " to " + Files.size(file) + " octets");
        try (var again = Recording.open(file)) {
            assertEquals(19, again.notes().size());
            assertEquals("changed", again.notes().get(101L).text());
            assertEquals("", again.status().reason());
            assertEquals(300, again.events(1, 1_000).size());
        }
    }

    @Test
    void whereTheFileCannotBeWrittenNothingChangesAndItSaysWhy() throws IOException {
        var file = recorded("readonly", 10);
        var posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        } else {
            assertTrue(file.toFile().setReadOnly());
        }
        var before = Files.readAllBytes(file);
        try (var opened = Recording.open(file)) {
            var refusal = assertThrows(IOException.class, () -> opened.note(3, "no"));
            assertEquals(file + " is read-only: no note can be kept in it", refusal.getMessage());
            assertTrue(opened.notes().isEmpty());
            assertEquals(10, opened.events(1, 100).size());
        }
        assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
    }

    @Test
    void whileAnotherProgramReadsTheFileItSaysSoAndGoesOn() throws Exception {
        var file = recorded("shared", 10);
        var program = Files.writeString(folder.resolve("Holder.java"), HOLDER);
        var other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(), file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var opened = Recording.open(file)) {
            assertEquals('!', other.getInputStream().read(), "the other program has opened it");
            var refusal = assertThrows(IOException.class, () -> opened.note(3, "no"));
            assertEquals(file + " is open in another program; notes can be written when that has closed it",
                    refusal.getMessage());
            assertTrue(opened.notes().isEmpty());
            assertEquals(10, opened.events(1, 100).size());
            other.getOutputStream().close();
            assertTrue(other.waitFor(30, TimeUnit.SECONDS));
            opened.note(3, "yes");
        } finally {
            other.destroyForcibly();
        }
        try (var again = Recording.open(file)) {
            assertEquals("yes", again.notes().get(3L).text());
        }
    }

    @Test
    void theyStayWhenTheirEventsGoAtTheSizeLimit() throws IOException {
        var file = folder.resolve("limit");
        try (var recording = Recording.create(file, new RecordingLimits(40_000, 20, 8_192, 20, 1 << 20, 1 << 20))) {
            record(recording, 10);
            recording.note(2, "the first thing that went wrong");
            while (recording.first() < 100) {
                record(recording, 10);
            }
        }
        try (var opened = Recording.open(file)) {
            assertTrue(opened.first() > 2);
            var note = opened.notes().get(2L);
            assertEquals("the first thing that went wrong", note.text());
            assertTrue(note.eventInstant().isBefore(opened.event(opened.first()).instant()));
            opened.removeNote(2);
            assertTrue(opened.notes().isEmpty());
        }
    }

    @Test
    void inMemoryTheyAreKeptWithTheRecording() throws IOException {
        try (var recording = Recording.inMemory()) {
            record(recording, 3);
            recording.note(2, "here");
            assertEquals("here", recording.notes().get(2L).text());
        }
    }

    @Test
    void thereAreOnlySoMany() throws IOException {
        try (var recording = Recording.inMemory()) {
            record(recording, Notes.MOST + 1);
            for (var event = 1; event <= Notes.MOST; event++) {
                recording.note(event, "");
            }
            var refusal = assertThrows(IllegalArgumentException.class, () -> recording.note(Notes.MOST + 1, ""));
            assertEquals("A recording has at most 10000 notes and bookmarks.", refusal.getMessage());
            recording.note(1, "one that is there can be changed");
        }
    }

    @Test
    void oneOfANewerVersionOrDamagedIsNamedAndTheOthersAreThere() throws IOException {
        var file = recorded("newer", 10);
        try (var opened = Recording.open(file)) {
            opened.note(2, "old");
            opened.note(3, "new");
            opened.note(4, "damaged");
        }
        change(file, 3, 1);
        change(file, 4, -1);
        try (var opened = Recording.open(file)) {
            assertEquals(List.of(2L), List.copyOf(opened.notes().keySet()));
            assertEquals("the note on event 3 is of format 2, which is newer than 1; "
                    + "the note on event 4 is damaged: the checksum is wrong", opened.status().reason());
        }
    }

    // Adds one to the version and seals it anew, or spoils the seal.
    private static void change(Path file, long event, int by) {
        try (var store = new MVStore.Builder().fileName(file.toString()).open()) {
            MVMap<Long, byte[]> notes = store.openMap("notes", new MVMap.Builder<Long, byte[]>()
                    .keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
            var row = notes.get(event).clone();
            if (by > 0) {
                var out = new BinaryOutput();
                row[BinaryOutput.SEAL + 1]++;
                out.raw(Arrays.copyOfRange(row, BinaryOutput.SEAL, row.length));
                row = out.seal();
            } else {
                row[row.length - 1] ^= 1;
            }
            notes.put(event, row);
        }
    }

    @Test
    void intoADamagedFileNothingIsWritten() throws IOException {
        var file = recorded("damaged", 2_000);
        var octets = Files.readAllBytes(file);
        Arrays.fill(octets, 0, 3 * 4_096, (byte) 0);
        Files.write(file, octets);
        try (var opened = Recording.open(file)) {
            assertFalse(opened.status().reason().isEmpty());
            var event = opened.last();
            var refusal = assertThrows(IOException.class, () -> opened.note(event, "no"));
            assertTrue(refusal.getMessage().startsWith(file + " is damaged: nothing is written into it"),
                    refusal.getMessage());
        }
        assertTrue(Arrays.equals(octets, Files.readAllBytes(file)));
    }

    @Test
    void inAClosedRecordingNothingIsNoted() throws IOException {
        var opened = Recording.open(recorded("closed", 3));
        opened.close();
        assertThrows(IOException.class, () -> opened.removeNote(2));
    }

    private Path recorded(String name, int events) throws IOException {
        var file = folder.resolve(name);
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            record(recording, events);
        }
        return file;
    }

    private static void record(Recording recording, int events) {
        for (var i = 0; i < events; i++) {
            recording.record(0, "", 0, "", "", "", new What.Remark("event " + i));
        }
    }
}
