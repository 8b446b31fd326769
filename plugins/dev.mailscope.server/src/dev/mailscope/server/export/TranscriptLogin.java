package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.mailscope.server.trace.Octets;

/**
 * What stands in a transcript for what the recording does not have: a session's password, right or wrong. A mechanism
 * that depends on random numbers is told as PLAIN.
 */
final class TranscriptLogin {
    // A user name of more octets than any may have before login.
    private static final String TOO_LONG = " {4097}";
    private static final String UNKNOWN = "X-UNKNOWN";
    private static final List<String> REPEATABLE = List.of("PLAIN", "LOGIN", "", UNKNOWN);
    private static final String LITERALS = "LOGIN with literals";

    private final String protocol;
    private final String account;
    private final TranscriptSurvey survey;
    private final Passwords passwords;
    private String stamp = "";
    private String mechanism = "";
    private String begun = "";
    private int steps;
    private boolean toldOtherwise;
    private boolean farewell;
    private boolean closed;

    TranscriptLogin(String protocol, String account, TranscriptSurvey survey, Passwords passwords) {
        this.protocol = protocol;
        this.account = account;
        this.survey = survey;
        this.passwords = passwords;
    }

    /** The timestamp of the greeting, as the transcript names it. */
    void stamp(String name) {
        stamp = name;
    }

    void farewell() {
        farewell = true;
    }

    boolean hasFarewell() {
        return farewell;
    }

    boolean isClosed() {
        return closed;
    }

    /** True once: when the connection ends. */
    boolean closes() {
        var first = !closed;
        closed = true;
        return first;
    }

    /**
     * True when the turn is but a step of an exchange that is told in one turn, with its last. Follows the exchange, so
     * it is asked once for each turn.
     */
    boolean isStep(TranscriptTurn.OfSession turn) {
        for (var said : turn.said()) {
            begins(said, turn);
        }
        return isOther() && !turn.responses().isEmpty() && turn.responses().stream()
                .allMatch(response -> response.firstLine(2).equals("+ ") || response.firstLine(2).equals("+"));
    }

    private void begins(TranscriptTurn.Said said, TranscriptTurn.OfSession turn) {
        var words = new String(said.octets().first(200), StandardCharsets.ISO_8859_1).strip().split("[ \r\n]+");
        var at = protocol.equals("imap") ? 1 : 0;
        var verb = words.length > at ? words[at].toUpperCase(Locale.ROOT) : "";
        if (words.length > at + 1 && (verb.equals("AUTHENTICATE") || verb.equals("AUTH"))) {
            mechanism = words[at + 1].equals(Octets.MASK) ? UNKNOWN : words[at + 1].toUpperCase(Locale.ROOT);
            begun = protocol.equals("imap") ? words[0] + " AUTHENTICATE PLAIN " : "AUTH PLAIN ";
            steps = 0;
        } else if (verb.startsWith("LOGIN") && protocol.equals("imap") && said.command().equals("LOGIN")
                && (turn.said().size() > 1 || turn.responses().stream().allMatch(r -> r.firstLine(2).equals("+ ")))) {
            mechanism = LITERALS;
            begun = words[0] + " LOGIN ";
        }
    }

    /** What has to be said about the turn; empty for nothing. */
    String note() {
        if (!isOther()) {
            return "";
        }
        return mechanism.equals(LITERALS) ? "LOGIN is told without its literals, whose sizes are secret"
                : mechanism + " is told as PLAIN, because it is never twice the same";
    }

    /** What the client said, with another secret in the place of its own. */
    String said(TranscriptTurn.OfSession turn) {
        if (isOther() && !turn.said().isEmpty()) {
            var right = survey.isRight(turn.said().getLast().event());
            var login = mechanism.equals(LITERALS);
            mechanism = "";
            toldOtherwise = true;
            return begun + (isBad(turn) ? login ? "" : "=" : login ? account + " " + passwords.quoted(account, right)
                    : passwords.plain(account, right)) + "\r\n";
        }
        toldOtherwise = false;
        var text = new StringBuilder();
        for (var said : turn.said()) {
            if (protocol.equals("pop3") && !turn.isWhole(said) && endsHidden(said.octets())) {
                continue; // the rest of a line that was too long, and is told as a shorter one
            }
            text.append(Marked.text(said.octets(), (before, size) -> secret(said, turn, before, size)));
            if (endsHidden(said.octets()) && !turn.responses().isEmpty() && !text.toString().endsWith("\r\n")) {
                text.append("\r\n"); // the line's end was hidden with it
            }
        }
        return text.toString();
    }

    /** A line of the server: not all of what it says of a secret comes true of another one. */
    String loosened(TranscriptTurn.OfSession turn, String line) {
        if (!turn.hasSecret() && !toldOtherwise || turn.said().isEmpty()
                || survey.isRight(turn.said().getLast().event())) {
            return line;
        }
        var words = line.split(" ", 3);
        if (protocol.equals("pop3")) {
            return words[0].equals("-ERR") ? "-ERR " + Marked.value("...") : line;
        }
        return words.length == 3 && (words[1].equals("BAD")
                || words[1].equals("NO") && (turn.isRejected() || toldOtherwise
                        || !words[2].startsWith("[AUTHENTICATIONFAILED]")))
                ? words[0] + " " + words[1] + " " + Marked.value("...") : line;
    }

    private boolean isOther() {
        return !REPEATABLE.contains(mechanism);
    }

    private String secret(TranscriptTurn.Said said, TranscriptTurn.OfSession turn, CharSequence before, int size) {
        var right = survey.isRight(turn.said().getLast().event());
        return switch (said.command()) {
            case "APOP" -> right ? passwords.digest(account, stamp) : "0".repeat(size);
            case "AUTH", "AUTHENTICATE" -> {
                if (turn.isRejected()) {
                    yield filler(before, size);
                }
                yield mechanism.equals(UNKNOWN) ? UNKNOWN : isBad(turn) ? "=" : sasl(right);
            }
            case "PASS" -> turn.isRejected() ? filler(before, size) : password(right);
            case "LOGIN" -> turn.isRejected() ? isBad(turn) ? filler(before, size) : TOO_LONG
                    : isQuoted(before) ? password(right) : passwords.quoted(account, right);
            default -> filler(before, size);
        };
    }

    private String sasl(boolean right) {
        if (!mechanism.equals("LOGIN")) {
            return passwords.plain(account, right);
        }
        steps++;
        return steps == 1 ? Passwords.base64(account) : passwords.encoded(account, right);
    }

    private String password(boolean right) {
        return passwords.plainText(account, right);
    }

    private static boolean isBad(TranscriptTurn.OfSession turn) {
        return turn.responses().stream().anyMatch(response -> response.firstLine(80).matches("\\S+ BAD .*"));
    }

    // Wrong for every command: an octet that is not UTF-8. The space before the arguments may be hidden with them.
    private static String filler(CharSequence before, int size) {
        var behindWord = !before.isEmpty() && before.charAt(before.length() - 1) > ' ';
        return switch (size) {
            case 0 -> "";
            case 1 -> behindWord ? " " : "\u00FF";
            default -> (behindWord ? " " : "x") + "x".repeat(size - 2) + "\u00FF";
        };
    }

    private static boolean isQuoted(CharSequence before) {
        return !before.isEmpty() && before.charAt(before.length() - 1) == '"';
    }

    private static boolean endsHidden(Octets octets) {
        return !octets.pieces().isEmpty() && octets.pieces().getLast() instanceof Octets.Hidden;
    }
}
