package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;

import dev.mailscope.server.capture.Import;

/** Recordings that are made of captures while these are looked at, each in a folder of its own. */
final class ImportedCapture {
    private static final int TICKS = 1_000;

    private ImportedCapture() {
    }

    /** True when the file is a capture, by what is in it. */
    static boolean isCapture(Path file) throws IOException {
        return Files.isRegularFile(file) && Import.isCapture(file);
    }

    /**
     * Makes a recording of a capture; {@link #delete} it. IOException in words for the user; {@link CancellationException}
     * when it was cancelled.
     */
    static Path make(Path capture, IProgressMonitor monitor) throws IOException {
        var made = Files.createTempDirectory("mailscope").resolve("imported.mailtrace");
        try {
            monitor.beginTask("", TICKS);
            var ticks = new int[1];
            Import.capture(capture, made, (done, all) -> {
                var now = (int) (TICKS * done / all);
                monitor.worked(now - ticks[0]);
                ticks[0] = now;
                return !monitor.isCanceled();
            });
            return made;
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
