package dev.mailscope.server.analysis;

import dev.mailscope.server.trace.Octets;

/**
 * What a response means to the command it belongs to. In IMAP an untagged one begins with "*", a request to go on with
 * "+" (RFC 9051 section 7); in POP3 +OK and -ERR end a command, with what follows them (RFC 1939 section 3).
 */
enum Completion {
    /** The command is not done yet. */
    NONE,
    /** The client is to send more of the command. */
    CONTINUE,
    /** The command is done. */
    DONE,
    /** The command was refused. */
    REFUSED;

    // A tag may be as long as a client likes; one that is longer is not looked behind.
    private static final int MOST = 200;

    /** What that response says, in {@code imap} or {@code pop3}; in other protocols nothing. */
    static Completion of(String protocol, Octets response) {
        var line = response.firstLine(MOST);
        return switch (protocol) {
            case "imap" -> line.startsWith("*") ? NONE : line.startsWith("+") ? CONTINUE : tagged(line);
            case "pop3" -> line.startsWith("+OK") ? DONE : line.startsWith("-ERR") ? REFUSED
                    : line.startsWith("+") ? CONTINUE : NONE;
            default -> NONE;
        };
    }

    /** True when the command ends with it. */
    boolean ends() {
        return this == DONE || this == REFUSED;
    }

    // response-tagged = tag SP resp-cond-state CRLF
    private static Completion tagged(String line) {
        var state = line.substring(line.indexOf(' ') + 1);
        return state.startsWith("NO") || state.startsWith("BAD") ? REFUSED : DONE;
    }
}
