package dev.mailscope.bench.clients;

import java.util.Map;

/**
 * A folder that needs encoding and quoting wherever it is named: two levels, a space, umlauts, an ampersand. Both
 * levels are written out by hand in modified UTF-7 (RFC 3501 section 5.1.3), so that no code of the server checks
 * itself.
 */
final class OddFolder {
    /** Its full name. */
    static final String NAME = "Entw\u00FCrfe/\u00C4rger & Co";
    private static final Map<String, String> ENCODED = Map.of("Entw\u00FCrfe", "Entw&APw-rfe", NAME,
            "Entw&APw-rfe/&AMQ-rger &- Co");

    private OddFolder() {
    }

    /** A folder's name as it is on the wire. */
    static String encoded(String name) {
        return ENCODED.getOrDefault(name, name);
    }

    /** The folder that has that name on the wire; any other name stays as it is. */
    static String decoded(String name) {
        return ENCODED.entrySet().stream().filter(entry -> entry.getValue().equals(name)).map(Map.Entry::getKey)
                .findFirst().orElse(name);
    }
}
