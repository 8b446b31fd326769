package dev.mailscope.server.hook;

/** Where a session may be held. Nothing else in the server holds, changes or breaks what passes. */
public enum Stop {
    /** What the client sent is framed and recorded, and nothing is made of it yet. */
    BEFORE_PARSING("before parsing"),
    /** A command is understood and legal, and nothing of it is executed yet. */
    BEFORE_EXECUTION("before execution"),
    /** The answer, or what the client is told unasked, is made and recorded, and nothing of it is written yet. */
    BEFORE_SENDING("before sending");

    private final String words;

    Stop(String words) {
        this.words = words;
    }

    /** Its name in the trace. */
    public String words() {
        return words;
    }
}
