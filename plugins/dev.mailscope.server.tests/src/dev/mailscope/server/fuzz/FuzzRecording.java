package dev.mailscope.server.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;

/** A stranger's recording: it is refused with a word about it, or opened; then all of it can be looked at. */
public final class FuzzRecording {
    private static final int MOST = 500;

    private FuzzRecording() {
    }

    /** The octets of a file. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var file = Files.createTempFile("fuzz", ".mailtrace");
            try {
                Files.write(file, data);
                read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError("the file's folder cannot be written to", e);
        }
    }

    private static void read(Path file) {
        try (var recording = Recording.open(file)) {
            for (var event : recording.events(recording.first(), MOST)) {
                event.toString();
            }
            recording.notes();
            Export.write(Format.JSON_LINES, Selection.all(recording), OutputStream.nullOutputStream(), Progress.NONE);
            recording.at(recording.last());
        } catch (IOException | IllegalArgumentException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("no word about what is wrong", e);
            }
        }
    }
}
