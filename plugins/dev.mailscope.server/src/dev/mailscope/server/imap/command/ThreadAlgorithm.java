package dev.mailscope.server.imap.command;

/** How THREAD puts messages together (RFC 5256 section 3). */
public enum ThreadAlgorithm {
    /** By the base subject alone. */
    ORDEREDSUBJECT,
    /** By what the messages refer to, then by the base subject. */
    REFERENCES
}
