package dev.mailscope.bench.compare;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * The odd messages that both servers are asked about: {@code NAME.eml}, or {@code NAME.eml.gz} for a large one, in the
 * order of {@code index.txt}; and what they answered, {@code NAME.answers} (see {@link AnswerFile}).
 *
 * @param folder where they lie
 * @param names  all names, in order
 */
record Corpus(Path folder, List<String> names) {
    private static final String PACKED = ".eml.gz";
    private static final String PLAIN = ".eml";

    /** The corpus of that folder. IOException where the index does not name exactly the messages that are there. */
    static Corpus in(Path folder) throws IOException {
        var names = Files.readAllLines(folder.resolve("index.txt"), StandardCharsets.US_ASCII);
        try (var files = Files.list(folder)) {
            var there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PLAIN) || name.endsWith(PACKED))
                    .map(name -> name.substring(0, name.indexOf(PLAIN))).toList();
            var unknown = new TreeSet<>(there);
            names.forEach(unknown::remove);
            var missing = new TreeSet<>(names);
            there.forEach(missing::remove);
            if (!unknown.isEmpty() || !missing.isEmpty()) {
                throw new IOException(folder + "/index.txt does not name " + unknown + " and names " + missing
                        + ", which are not there");
            }
        }
        return new Corpus(folder, List.copyOf(names));
    }

    /** The exact octets of a message. */
    byte[] message(String name) throws IOException {
        var plain = folder.resolve(name + PLAIN);
        if (Files.exists(plain)) {
            return Files.readAllBytes(plain);
        }
        try (var in = new GZIPInputStream(
                new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name + PACKED))))) {
            return in.readAllBytes();
        }
    }

    /** The file with the answers about a message, or about all of them together. */
    Path answers(String name) {
        return folder.resolve(name + ".answers");
    }
}
