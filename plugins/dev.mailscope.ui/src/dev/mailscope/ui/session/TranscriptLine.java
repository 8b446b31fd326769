package dev.mailscope.ui.session;

import java.util.Objects;

/**
 * One line of a session's transcript. Holds no secret: what the user typed as one is masked before it comes here.
 *
 * @param kind whose line it is
 * @param text the line without its line end
 */
record TranscriptLine(Kind kind, String text) {
    /** Whose line it is. */
    enum Kind {
        /** The user typed it, and it was sent. */
        CLIENT("C: "),
        /** The server sent it. */
        SERVER("S: "),
        /** The console says it; it never was on the wire. */
        NOTE("-- ");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** What stands before the line, so that the kinds differ not only by their looks. */
        String prefix() {
            return prefix;
        }
    }

    TranscriptLine {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(text);
    }

    static TranscriptLine client(String text) {
        return new TranscriptLine(Kind.CLIENT, text);
    }

    static TranscriptLine server(String text) {
        return new TranscriptLine(Kind.SERVER, text);
    }

    static TranscriptLine note(String text) {
        return new TranscriptLine(Kind.NOTE, text);
    }

    @Override
    public String toString() {
        return kind.prefix() + text;
    }
}
