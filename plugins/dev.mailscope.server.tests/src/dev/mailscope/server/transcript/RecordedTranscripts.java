package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.trace.Recording;

/** What the transcripts did, as recordings: samples of nearly everything that can be in one. */
public final class RecordedTranscripts {
    /** Looks at a recording, which is closed afterwards. */
    public interface Looking {
        /** Looks at the recording of the transcript of that name. */
        void at(String name, Recording recording) throws IOException;
    }

    private RecordedTranscripts() {
    }

    /** Runs every transcript of a protocol. */
    public static void each(String protocol, Looking looking) throws IOException {
        for (var file : files(protocol)) {
            TranscriptRunner.run(Transcript.read(file), 0,
                    recording -> looking.at(file.getFileName().toString().replace(".transcript", ""), recording));
        }
    }

    private static Iterable<Path> files(String protocol) throws IOException {
        try (var entries = Files.list(Transcripts.root().resolve(protocol))) {
            return entries.filter(file -> file.toString().endsWith(".transcript")).sorted().toList();
        }
    }
}
