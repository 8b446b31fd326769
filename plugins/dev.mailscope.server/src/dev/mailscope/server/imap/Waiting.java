package dev.mailscope.server.imap;

import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.session.SaslDialogue;

/** What a session waits for in the middle of a command: one line that is no command itself, or its own work. */
sealed interface Waiting {
    /** Nothing: the next line is a command. */
    Waiting NOTHING = new Nothing();

    /** The next line is a command. */
    record Nothing() implements Waiting {
    }

    /** The response to a challenge, in the AUTHENTICATE with that tag. */
    record SaslResponse(String tag, SaslDialogue dialogue) implements Waiting {
    }

    /**
     * DONE, which ends the IDLE with that tag (RFC 2177).
     *
     * @param watch wakes the session when its folder changes
     */
    record Done(String tag, MailStore.Watch watch) implements Waiting {
    }

    /** The end of a search that takes long; what the client sends meanwhile is read after it. */
    record Search(Turn turn, Searching searching) implements Waiting {
    }

    /** The tag of the command that waits, empty for none. */
    default String tag() {
        return switch (this) {
            case Nothing n -> "";
            case SaslResponse(var tag, var dialogue) -> tag;
            case Done(var tag, var watch) -> tag;
            case Search(var turn, var searching) -> turn.tag();
        };
    }

    /** Gives back what waiting takes. */
    default void end() {
        if (this instanceof Done(var tag, var watch)) {
            watch.close();
        }
    }
}
