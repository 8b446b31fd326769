package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.OptionalLong;

/**
 * Which of the messages that FETCH names are wanted (RFC 4466 section 2.4); those that fit all of it.
 *
 * @param changedSince only those changed after that modification sequence (RFC 7162 section 3.1.4.1); empty for all
 * @param vanished     true when those that are gone since then are asked for too (RFC 7162 section 3.2.6)
 * @param partial      a window on the messages named (RFC 9394 section 3.3); null for all
 */
public record FetchModifier(OptionalLong changedSince, boolean vanished, PartialRange partial) {
    /** All messages. */
    public static final FetchModifier NONE = new FetchModifier(OptionalLong.empty(), false, null);

    /** Refuses to tell what has vanished since no time in particular. */
    public FetchModifier {
        if (vanished && changedSince.isEmpty()) {
            throw new IllegalArgumentException("VANISHED needs CHANGEDSINCE");
        }
    }

    /** As a command writes it, with a space before; empty for none. */
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        changedSince.ifPresent(modSeq -> words.add("CHANGEDSINCE " + modSeq));
        if (vanished) {
            words.add("VANISHED");
        }
        if (partial != null) {
            words.add("PARTIAL " + partial);
        }
        return words.isEmpty() ? "" : " (" + String.join(" ", words) + ')';
    }
}
