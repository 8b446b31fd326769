package dev.mailscope.server.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.transcript.SocketlessServer;

/** What a file is is decided by its content, whatever it is called; its name helps where its content is damaged. */
class FileKindTest {
    @TempDir
    private Path folder;
    private Path recorded;

    @BeforeEach
    void record() throws IOException {
        recorded = folder.resolve("some.mailtrace");
        try (var recording = Recording.create(recorded, RecordingLimits.DEFAULT);
                var server = new SocketlessServer(recording)) {
            server.account("alice", "wonderland");
            server.connect("imap").ask("a LOGIN alice wonderland");
        }
    }

    @Test
    void eachKindIsKnownByItsContent() throws IOException {
        assertEquals(FileKind.CAPTURE, FileKind.of(exported(Format.PCAPNG)));
        assertEquals(FileKind.TRANSCRIPT, FileKind.of(exported(Format.TRANSCRIPT)));
        assertEquals(FileKind.RECORDING, FileKind.of(Files.copy(recorded, folder.resolve("copy"))));
    }

    @Test
    void whatIsDamagedIsKnownByItsName() throws IOException {
        assertEquals(FileKind.RECORDING, FileKind.of(Files.writeString(folder.resolve("x.mailtrace"), "no")));
        assertEquals(FileKind.TRANSCRIPT, FileKind.of(Files.writeString(folder.resolve("x.transcript"), "no")));
    }

    @Test
    void whatIsNothingOfAllThisIsRefusedInWords() throws IOException {
        var file = Files.writeString(folder.resolve("x.txt"), "Dear diary");
        assertEquals(file + " is neither a capture (pcap or pcapng) nor a transcript nor a recording", problem(file));
        assertEquals(folder + " is no file", problem(folder));
        assertEquals("there is no file " + folder.resolve("none"), problem(folder.resolve("none")));
    }

    @Test
    void eachIsMadeARecordingButOneThatIs() throws IOException {
        for (var format : new Format[] {Format.PCAPNG, Format.TRANSCRIPT}) {
            var made = folder.resolve(format + ".mailtrace");
            assertTrue(Import.make(exported(format), made, Progress.NONE).isAsExpected());
            try (var recording = Recording.open(made)) {
                assertTrue(recording.events(1, 1_000).stream().anyMatch(event -> event.command().equals("LOGIN")));
            }
        }
        var made = folder.resolve("made.mailtrace");
        assertEquals(recorded + " is a recording already", assertThrows(IOException.class,
                () -> Import.make(recorded, made, Progress.NONE)).getMessage());
        assertFalse(Files.exists(made));
    }

    private Path exported(Format format) throws IOException {
        var file = folder.resolve(format + ".x");
        try (var recording = Recording.open(recorded)) {
            Export.write(format, Selection.all(recording), file, Progress.NONE);
        }
        return file;
    }

    private static String problem(Path file) {
        return assertThrows(IOException.class, () -> FileKind.of(file)).getMessage();
    }
}
