package dev.mailscope.server.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.capture.CaptureImport;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.transcript.Outcome;
import dev.mailscope.server.transcript.TranscriptImport;

/** Makes a recording of a file that is none. */
public final class Import {
    private Import() {
    }

    /**
     * Makes a recording, in a new file, of a capture or a transcript, and says what came true of a transcript.
     * IOException, naming the file, when it is neither or damaged from its beginning, or the recording cannot be
     * written; {@link CancellationException} when the progress called it off. No file is left then.
     */
    public static Outcome make(Path file, Path made, Progress progress) throws IOException {
        return switch (FileKind.of(file)) {
            case RECORDING -> throw new IOException(file + " is a recording already");
            case CAPTURE -> {
                CaptureImport.capture(file, made, progress);
                yield Outcome.NOTHING_EXPECTED;
            }
            case TRANSCRIPT -> TranscriptImport.run(file, made, progress);
        };
    }
}
