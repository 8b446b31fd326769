package dev.mailscope.server.pop3;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A language the server's texts are in (RFC 6856 section 3). The first one is the server's own. */
enum Language {
    /** English, the only one so far. */
    ENGLISH("en", "English", "The server's texts are in English.");

    private final String tag;
    private final String name;
    private final String welcome;

    Language(String tag, String name, String welcome) {
        this.tag = tag;
        this.name = name;
        this.welcome = welcome;
    }

    /** The lines of the language listing: tag and name of each. */
    static List<String> listing() {
        return Arrays.stream(values()).map(language -> language.tag + " " + language.name).toList();
    }

    /** The language for a language range, by lookup (RFC 4647 section 3.4): en-GB finds en. */
    static Optional<Language> lookup(String range) {
        if (range.equals("*")) {
            return Optional.of(ENGLISH);
        }
        for (var rest = range; !rest.isEmpty(); rest = rest.substring(0, Math.max(0, rest.lastIndexOf('-')))) {
            for (var language : values()) {
                if (language.tag.equalsIgnoreCase(rest)) {
                    return Optional.of(language);
                }
            }
        }
        return Optional.empty();
    }

    /** What is said to who has chosen it: its tag, and a sentence in it. */
    String welcome() {
        return tag + " " + welcome;
    }
}
