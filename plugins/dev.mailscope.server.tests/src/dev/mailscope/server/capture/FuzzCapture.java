package dev.mailscope.server.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Progress;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Recording;

/** A stranger's capture: it is refused with a word about it and leaves no file, or the recording of it is sound. */
public final class FuzzCapture {
    private FuzzCapture() {
    }

    /** The octets of a file, pcap or pcapng. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var folder = Files.createTempDirectory("fuzz");
            var capture = folder.resolve("capture");
            var made = folder.resolve("made.mailtrace");
            try {
                Files.write(capture, data);
                take(capture, made);
            } finally {
                Files.deleteIfExists(made);
                Files.delete(capture);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new AssertionError("the file's folder cannot be written to, or what was made be read", e);
        }
    }

    private static void take(Path capture, Path made) throws IOException {
        try {
            Import.capture(capture, made, Import.Progress.NONE);
        } catch (IOException e) {
            if (e.getMessage() == null || !e.getMessage().contains(capture.toString()) || Files.exists(made)) {
                throw new AssertionError("no word about what is wrong, or something is left", e);
            }
            return;
        }
        try (var recording = Recording.open(made)) {
            if (!recording.status().reason().isEmpty()) {
                throw new AssertionError("what was made: " + recording.status().reason());
            }
            recording.at(recording.last());
            Export.write(Format.JSON_LINES, Selection.all(recording), OutputStream.nullOutputStream(), Progress.NONE);
            Export.write(Format.TRANSCRIPT, Selection.all(recording), OutputStream.nullOutputStream(), Progress.NONE);
        }
    }
}
