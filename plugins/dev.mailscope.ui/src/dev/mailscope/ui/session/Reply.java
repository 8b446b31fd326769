package dev.mailscope.ui.session;

import java.util.Locale;

/**
 * How a server's reply begins: all that the console has to understand of it.
 *
 * @param tag       IMAP: the tag, {@code *} or {@code +}; POP3: empty, or {@code +} for a continuation request
 * @param condition {@code OK}, {@code NO}, {@code BAD}, {@code BYE}, {@code PREAUTH}, or empty when it is none of
 *                  these; POP3's {@code +OK} is {@code OK}, its {@code -ERR} is {@code NO}
 */
record Reply(String tag, String condition) {
    static final String OK = "OK";
    static final String NO = "NO";

    /** Reads the first line of a reply. */
    static Reply of(Protocol protocol, String line) {
        return switch (protocol) {
            case POP3 -> line.startsWith("+OK") ? new Reply("", OK)
                    : line.startsWith("-ERR") ? new Reply("", NO)
                    : line.startsWith("+") ? new Reply("+", "") : new Reply("", "");
            case IMAP -> {
                var words = line.split(" ", 3);
                var second = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
                yield new Reply(words[0], switch (second) {
                    case OK, NO, "BAD", "BYE", "PREAUTH" -> second;
                    default -> "";
                });
            }
        };
    }

    boolean isOk() {
        return condition.equals(OK);
    }

    /** True when the server asks for the rest of a command (RFC 9051 section 7.6, RFC 5034 section 4). */
    boolean isContinuation() {
        return tag.equals("+");
    }

    /** True for a line that answers no command by itself. */
    boolean isUntagged() {
        return tag.equals("*");
    }
}
