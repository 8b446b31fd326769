package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** What holds for every format: whole files or none, progress, calling off. */
class ExportTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedByTheWholeNewOne() throws IOException {
        var file = folder.resolve("x.jsonl");
        Files.writeString(file, "before");
        try (var recording = remarks(3)) {
            Export.write(Format.JSON_LINES, Selection.all(recording), file, Progress.NONE);
        }
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals(List.of(file), files());
    }

    @Test
    void whatIsCalledOffLeavesEverythingAsItWas() throws IOException {
        var file = folder.resolve("x.jsonl");
        Files.writeString(file, "before");
        try (var recording = remarks(2_000)) {
            assertThrows(CancellationException.class, () -> Export.write(Format.JSON_LINES, Selection.all(recording),
                    file, (done, all) -> done < 1_000));
        }
        assertEquals("before", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        try (var recording = remarks(1)) {
            var nowhere = folder.resolve("none/x.jsonl");
            var seen = assertThrows(IOException.class, () -> Export.write(Format.JSON_LINES,
                    Selection.all(recording), nowhere, Progress.NONE));
            assertEquals(nowhere + " cannot be written: its folder does not exist", seen.getMessage());
            var taken = assertThrows(IOException.class, () -> Export.write(Format.JSON_LINES,
                    Selection.all(recording), folder, Progress.NONE));
            assertEquals(folder + " cannot be written: it is a folder", taken.getMessage());
        }
    }

    @Test
    void progressGrowsToTheEnd() throws IOException {
        for (var format : Format.values()) {
            try (var recording = remarks(2_000)) {
                var seen = new ArrayList<Long>();
                var all = new HashSet<Long>();
                Export.write(format, Selection.all(recording).range(10, 2_010), folder.resolve("x"), (done, of) -> {
                    seen.add(done);
                    all.add(of);
                    return true;
                });
                assertEquals(seen.stream().sorted().toList(), seen, format.id());
                assertEquals(1, all.size(), format.id());
                assertTrue(seen.size() > 3, format.id());
                assertEquals(all.iterator().next(), seen.getLast(), format.id());
            }
        }
    }

    @Test
    void aFormatIsFoundByItsId() {
        for (var format : Format.values()) {
            assertEquals(format, Format.of(format.id().toUpperCase(Locale.ROOT)).orElseThrow());
        }
        assertTrue(Format.of("doc").isEmpty());
    }

    private List<Path> files() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static Recording remarks(int count) {
        var recording = Recording.inMemory();
        for (var i = 0; i < count; i++) {
            recording.record(0, "", 0, "", "", "", new What.Remark("remark " + i));
        }
        return recording;
    }
}
