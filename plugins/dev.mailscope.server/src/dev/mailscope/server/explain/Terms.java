package dev.mailscope.server.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the words of a protocol mean, read from the file of the same name. */
public final class Terms {
    /** IMAP's words. */
    public static final Terms IMAP = read("imap.terms");
    /** POP3's words. */
    public static final Terms POP3 = read("pop3.terms");

    /**
     * A word.
     *
     * @param name      as the file has it
     * @param reference where it is defined
     * @param text      what it means, in a sentence or two
     */
    public record Term(String name, String reference, String text) {
    }

    private final Map<String, Map<String, Term>> kinds = new HashMap<>();

    private Terms() {
    }

    /** The word of that kind, such as {@code flag}, in any case; empty when the file has none such. */
    public Optional<Term> find(String kind, String name) {
        return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(name.toUpperCase(Locale.ROOT)));
    }

    /** The words of one kind by their names in capitals. */
    public Map<String, Term> all(String kind) {
        return Map.copyOf(kinds.getOrDefault(kind, Map.of()));
    }

    private static Terms read(String file) {
        try (var in = Terms.class.getResourceAsStream(file)) {
            return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Terms parse(String file, String text) {
        var terms = new Terms();
        var kind = new HashMap<String, Term>();
        for (var line : text.replace("\n  ", " ").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                kind = new HashMap<>();
                terms.kinds.put(line.substring(1, line.length() - 1), kind);
                continue;
            }
            var fields = line.split(" \\| ", 3);
            if (fields.length < 3 || kind.put(fields[0].toUpperCase(Locale.ROOT),
                    new Term(fields[0], fields[1], fields[2])) != null) {
                throw new IllegalStateException(file + ": not a new entry of three parts: " + line);
            }
        }
        return terms;
    }
}
