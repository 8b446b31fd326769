package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;

/** The transcripts as tests: each file whole, and with what the client sends cut into pieces. */
final class Transcripts {
    private static final List<Integer> CHUNKS = List.of(1, 2, 3, 7, 64, 512);

    private Transcripts() {
    }

    /** The tests of one protocol's folder. */
    static Stream<DynamicContainer> of(String protocol) throws IOException {
        List<Path> files;
        try (var entries = Files.list(root().resolve(protocol))) {
            files = entries.filter(file -> file.toString().endsWith(".transcript")).sorted().toList();
        }
        assertFalse(files.isEmpty(), () -> "no transcripts in " + root().resolve(protocol));
        return files.stream().map(Transcripts::tests);
    }

    /** The folder {@code transcripts} of this bundle, wherever the tests are started. */
    static Path root() {
        return above(Path.of("").toAbsolutePath()).or(() -> above(code())).orElseThrow(() -> new IllegalStateException(
                "the folder transcripts is nowhere above the working directory or the classes"));
    }

    private static Optional<Path> above(Path start) {
        for (var folder = start; folder != null; folder = folder.getParent()) {
            for (var inside : List.of("transcripts", "plugins/dev.mailscope.server.tests/transcripts")) {
                if (Files.isDirectory(folder.resolve(inside).resolve("mail"))) {
                    return Optional.of(folder.resolve(inside));
                }
            }
        }
        return Optional.empty();
    }

    private static DynamicContainer tests(Path file) {
        var whole = dynamicTest("whole", file.toUri(), () -> TranscriptRunner.run(Transcript.read(file), 0));
        var cut = CHUNKS.stream().map(chunk -> dynamicTest("in pieces of " + chunk, file.toUri(),
                () -> TranscriptRunner.run(Transcript.read(file), chunk)));
        return dynamicContainer(file.getFileName().toString(), file.toUri(), Stream.concat(Stream.of(whole), cut));
    }

    private static Path code() {
        try {
            return Path.of(Transcripts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
