package dev.mailscope.server.transcript;

/**
 * Something that did not come true.
 *
 * @param line     where in the transcript, from 1
 * @param session  the number of the session it is about; 0 for none
 * @param expected what the transcript says, in words; a line of the server in quotes
 * @param got      what was there instead, likewise
 */
public record Difference(int line, long session, String expected, String got) {
    @Override
    public String toString() {
        return "line " + line + ": expected " + expected + ", got " + got;
    }
}
