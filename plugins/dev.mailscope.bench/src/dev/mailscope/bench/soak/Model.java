package dev.mailscope.bench.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a folder must hold, as far as its one writer has been told. What was asked for and not answered before the
 * connection went may have been done or not; the next look decides.
 */
final class Model {
    /**
     * A mail.
     *
     * @param text    as it was sent
     * @param flagged whether it has the flag Flagged
     */
    record Mail(String text, boolean flagged) {
    }

    private final Map<String, Mail> certain = new HashMap<>();
    private final Map<String, Mail> perhapsThere = new HashMap<>();
    private final Set<String> perhapsGone = new HashSet<>();
    private final Set<String> perhapsFlagged = new HashSet<>();
    private final Map<String, String> became = new HashMap<>();

    void asksToAdd(String id, String text) {
        perhapsThere.put(id, new Mail(text, false));
    }

    void added(String id) {
        certain.put(id, perhapsThere.remove(id));
    }

    /** It has been refused, or not been sent as a whole. */
    void notAdded(String id) {
        perhapsThere.remove(id);
        became.put(id, "it was never added");
    }

    void asksToRemove(String id) {
        perhapsGone.add(id);
    }

    void removed(String id) {
        perhapsGone.remove(id);
        certain.remove(id);
        became.put(id, "it was removed");
    }

    void asksToFlag(String id) {
        perhapsFlagged.add(id);
    }

    void flagged(String id) {
        perhapsFlagged.remove(id);
        certain.computeIfPresent(id, (same, mail) -> new Mail(mail.text(), true));
    }

    Set<String> ids() {
        return certain.keySet();
    }

    /** Compares with what is really there, and takes what was uncertain from it; tells what is wrong. */
    void compare(Map<String, Mail> actual, Consumer<String> wrong) {
        for (var entry : Map.copyOf(certain).entrySet()) {
            var id = entry.getKey();
            var found = actual.get(id);
            if (found == null && perhapsGone.contains(id)) {
                removed(id);
            } else if (found == null) {
                wrong.accept("mail " + id + " is gone");
                certain.remove(id);
            } else if (!found.text().equals(entry.getValue().text())) {
                wrong.accept("mail " + id + " has other octets");
                certain.put(id, found);
            } else if (found.flagged() && perhapsFlagged.contains(id)) {
                flagged(id);
            } else if (found.flagged() != entry.getValue().flagged()) {
                wrong.accept("mail " + id + " has other flags");
                certain.put(id, found);
            }
        }
        for (var id : actual.keySet()) {
            var may = perhapsThere.get(id);
            if (may != null) {
                if (!may.text().equals(actual.get(id).text())) {
                    wrong.accept("mail " + id + ", which was being sent, is there with other octets");
                }
                certain.put(id, actual.get(id));
            } else if (!certain.containsKey(id)) {
                wrong.accept("mail " + id + " is there and should not be, " + became.getOrDefault(id, "never heard of"));
                certain.put(id, actual.get(id));
            }
        }
        perhapsThere.keySet().forEach(id -> became.putIfAbsent(id, "it was gone with the connection"));
        perhapsThere.clear();
        perhapsGone.clear();
        perhapsFlagged.clear();
    }
}
