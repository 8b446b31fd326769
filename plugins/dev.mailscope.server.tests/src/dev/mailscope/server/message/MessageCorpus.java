package dev.mailscope.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The odd messages under {@code resources/messages}, and what is known about them. */
final class MessageCorpus {

    private MessageCorpus() {
    }

    static List<String> names() {
        return new String(read("index.txt"), StandardCharsets.US_ASCII).lines().toList();
    }

    static byte[] message(String name) {
        return read(name + ".eml");
    }

    /** The known answers, without the comments. */
    static List<String> expected(String name) {
        return new String(read(name + ".expected"), StandardCharsets.US_ASCII).lines()
                .filter(line -> !line.startsWith("#")).toList();
    }

    private static byte[] read(String file) {
        try (InputStream in = MessageCorpus.class.getResourceAsStream("/messages/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
