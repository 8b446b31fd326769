package dev.mailscope.ui;

/** What something on the screen is about; drawn in a colour of its own, beside the words that say it. */
public enum Tone {
    /** Nothing special. */
    PLAIN,
    /** From the client. */
    CLIENT,
    /** From the server. */
    SERVER,
    /** Mail or folders changed. */
    CHANGE,
    /** A phase, a connection's begin or end. */
    PHASE,
    /** Something was refused, or needs attention. */
    PROBLEM
}
