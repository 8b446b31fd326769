package dev.mailscope.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The odd messages under {@code resources/messages}, and what is known about them (docs/comparison.md). */
public final class MessageCorpus {
    private static final List<String> NAMES = lines("index.txt");

    private MessageCorpus() {
    }

    /** All names, in order. */
    public static List<String> names() {
        return NAMES;
    }

    /** The messages that are small enough for everything to be tried out on them. */
    static List<byte[]> small() {
        return NAMES.stream().filter(name -> !name.startsWith("large-")).map(MessageCorpus::message)
                .filter(message -> message.length < 1_000).toList();
    }

    /** The exact octets of a message. */
    public static byte[] message(String name) {
        return name.startsWith("large-") ? unpacked(name + ".eml.gz") : read(name + ".eml");
    }

    /** The lines of the file with the known answers about a message, or about all together. */
    public static List<String> answers(String name) {
        return lines(name + ".answers");
    }

    private static List<String> lines(String file) {
        return new String(read(file), StandardCharsets.US_ASCII).lines().toList();
    }

    private static byte[] read(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] unpacked(String file) {
        try (InputStream in = new GZIPInputStream(open(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(MessageCorpus.class.getResourceAsStream("/messages/" + file), file);
    }
}
