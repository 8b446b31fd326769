package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFilesTest {
    @TempDir
    Path folder;

    @Test
    void theOldestGoSoThatThereIsRoomForOneMore() throws IOException {
        for (var name : Set.of("2026-01-03-000000.mailtrace", "2026-01-01-000000.mailtrace",
                "2026-01-02-000000.mailtrace", "2026 lab.mailtrace", "notes.txt")) {
            Files.createFile(folder.resolve(name));
        }
        RecordingFiles.trim(folder, 3);
        assertEquals(Set.of("2026-01-02-000000.mailtrace", "2026-01-03-000000.mailtrace", "2026 lab.mailtrace",
                "notes.txt"), names(), "what the user has named stays");
        RecordingFiles.trim(folder, 10);
        assertEquals(4, names().size());
        RecordingFiles.trim(folder, 1);
        assertEquals(Set.of("2026 lab.mailtrace", "notes.txt"), names());
    }

    @Test
    void anotherInTheSameSecondHasANameOfItsOwn() throws IOException {
        var names = new TreeSet<String>();
        for (var i = 0; i < 3; i++) {
            names.add(Files.createFile(RecordingFiles.next(folder, 10)).getFileName().toString());
        }
        assertEquals(3, names.size());
        assertEquals(names, names());
    }

    private Set<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            var names = new TreeSet<String>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }
}
