package dev.mailscope.server.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.file.PrivateFiles;

import dev.mailscope.server.trace.Progress;

/** Writes what was selected of a recording in a format. Holds no more of it in memory than it needs. */
public final class Export {
    private static final int BUFFER = 1 << 16;

    private Export() {
    }

    /**
     * Writes to a stream, which stays open. IOException when it cannot be written, or the format cannot tell these
     * events; {@link java.util.concurrent.CancellationException} when the progress called it off.
     */
    public static void write(Format format, Selection selection, OutputStream out, Progress progress)
            throws IOException {
        var buffered = new BufferedOutputStream(out, BUFFER);
        try {
            format.exporter().write(new Reading(selection, progress), buffered);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // a mail that the recording has lost
        }
        buffered.flush();
    }

    /**
     * Writes to a file, that only its owner can read, replacing what was there. It is written beside its place and moved
     * there when it is whole: what fails or is called off leaves everything as it was. The same exceptions.
     */
    public static void write(Format format, Selection selection, Path file, Progress progress) throws IOException {
        var place = file.toAbsolutePath();
        var folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + " cannot be written: its folder does not exist");
        }
        if (Files.isDirectory(place)) {
            throw new IOException(file + " cannot be written: it is a folder");
        }
        PrivateFiles.write(place, out -> write(format, selection, out, progress));
    }
}
