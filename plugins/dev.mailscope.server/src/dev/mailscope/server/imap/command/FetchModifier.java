package dev.mailscope.server.imap.command;

import java.util.OptionalLong;

/**
 * Which of the messages that FETCH names are wanted (RFC 4466 section 2.4).
 *
 * @param changedSince only those changed after that modification sequence (RFC 7162 section 3.1.4.1); empty for all
 * @param vanished     true when those that are gone since then are asked for too (RFC 7162 section 3.2.6)
 */
public record FetchModifier(OptionalLong changedSince, boolean vanished) {
    /** All messages. */
    public static final FetchModifier NONE = new FetchModifier(OptionalLong.empty(), false);

    /** Refuses to tell what has vanished since no time in particular. */
    public FetchModifier {
        if (vanished && changedSince.isEmpty()) {
            throw new IllegalArgumentException("VANISHED needs CHANGEDSINCE");
        }
    }

    /** As a command writes it, with a space before; empty for none. */
    @Override
    public String toString() {
        return changedSince.isEmpty() ? ""
                : " (CHANGEDSINCE " + changedSince.getAsLong() + (vanished ? " VANISHED)" : ")");
    }
}
