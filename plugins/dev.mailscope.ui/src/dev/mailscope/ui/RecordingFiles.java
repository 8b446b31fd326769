package dev.mailscope.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;

import dev.mailscope.server.file.PrivateFiles;

/** The recordings the workbench has made; the oldest go when there are too many. */
final class RecordingFiles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    // As next names them; what the user has renamed or imported is called otherwise.
    private static final String OWN_NAME = "\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.mailtrace";

    private RecordingFiles() {
    }

    /** The file for a new recording, in that folder, which is made where it is missing; trims what is there before. */
    static Path next(Path folder, int kept) throws IOException {
        PrivateFiles.folder(folder);
        trim(folder, kept);
        var time = LocalDateTime.now();
        // Two in a second, or a clock that was set back.
        while (Files.exists(file(folder, time))) {
            time = time.plusSeconds(1);
        }
        return file(folder, time);
    }

    private static Path file(Path folder, LocalDateTime time) {
        return folder.resolve(TIME.format(time) + ".mailtrace");
    }

    /**
     * Deletes the oldest recordings until there are fewer than that many. One that is in use or locked stays, and so
     * does one to which the user has given a name.
     */
    static void trim(Path folder, int kept) throws IOException {
        try (var files = Files.list(folder)) {
            // Names begin with the time, so that their order is the order in time.
            var newestFirst = files.filter(f -> f.getFileName().toString().matches(OWN_NAME))
                    .sorted(Comparator.comparing((Path f) -> f.getFileName().toString()).reversed()).toList();
            for (var old : newestFirst.subList(Math.min(newestFirst.size(), Math.max(kept - 1, 0)),
                    newestFirst.size())) {
                try {
                    Files.deleteIfExists(old);
                } catch (IOException e) {
                    Mailscope.log("An old recording could not be deleted: " + old.getFileName(), e);
                }
            }
        }
    }
}
