package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.file.Files;

import org.opentest4j.AssertionFailedError;

import dev.mailscope.server.trace.Recording;

/** Runs one transcript once and fails at the first line that does not come true. */
final class TranscriptRunner {
    /** Looks at a recording. */
    interface Looking {
        void at(Recording recording) throws IOException;
    }

    private TranscriptRunner() {
    }

    /** Runs it with what the client sends at once cut into pieces of that many octets. */
    static void run(Transcript transcript, int chunk) throws IOException {
        run(transcript, chunk, recording -> { });
    }

    /** The same, and in the end somebody looks at what was recorded. */
    static void run(Transcript transcript, int chunk, Looking looking) throws IOException {
        try (var server = new TestServer()) {
            new TranscriptRun(transcript, server, chunk,
                    name -> Files.readAllBytes(Transcripts.root().resolve("mail").resolve(name)), difference -> {
                        throw new AssertionFailedError(transcript.name() + ", " + difference);
                    }).run();
            server.assertNoPasswordInTrace();
            looking.at(server.recording());
        }
    }
}
