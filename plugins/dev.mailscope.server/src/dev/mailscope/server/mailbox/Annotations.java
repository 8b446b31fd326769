package dev.mailscope.server.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is noted about folders and the server (RFC 5464): entries, whose names are in lower case, and their values,
 * which are octets, one for each character.
 */
public final class Annotations {
    private Annotations() {
    }

    /** True for an entry that all users see, false for one of a single user's (RFC 5464 section 3.2). */
    public static boolean isShared(String entry) {
        return entry.startsWith("/shared/");
    }

    /** A value as text; it is UTF-8 in all entries that RFC 5464 defines. */
    public static String text(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The entries whose values differ, with what they are after; empty for those that are gone. */
    public static Map<String, Optional<String>> difference(Map<String, String> before, Map<String, String> after) {
        var changed = new TreeMap<String, Optional<String>>();
        before.keySet().stream().filter(entry -> !after.containsKey(entry))
                .forEach(entry -> changed.put(entry, Optional.empty()));
        after.forEach((entry, value) -> {
            if (!value.equals(before.get(entry))) {
                changed.put(entry, Optional.of(value));
            }
        });
        return changed;
    }
}
