package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.imports.FileKind;
import dev.mailscope.server.imports.Import;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.transcript.Outcome;

/**
 * A recording that is made of a capture or a transcript while this is looked at, in a folder of its own.
 *
 * @param recording its file
 * @param outcome   what came true of a transcript
 */
record ImportedFile(Path recording, Outcome outcome) {
    /** True when the file is no recording yet. IOException, naming the file, when it cannot become one. */
    static boolean isToBeMade(Path file) throws IOException {
        return FileKind.of(file) != FileKind.RECORDING;
    }

    /**
     * Makes a recording of a capture or a transcript; {@link #delete} it. IOException in words for the user;
     * {@link CancellationException} when it was called off.
     */
    static ImportedFile make(Path file, Progress progress) throws IOException {
        var made = Files.createTempDirectory("mailscope").resolve("imported.mailtrace");
        try {
            return new ImportedFile(made, Import.make(file, made, progress));
        } catch (IOException | RuntimeException e) {
            delete(made);
            throw e;
        }
    }

    /** Deletes a recording that was made, with its folder. */
    static void delete(Path made) throws IOException {
        Files.deleteIfExists(made);
        Files.deleteIfExists(made.getParent());
    }
}
