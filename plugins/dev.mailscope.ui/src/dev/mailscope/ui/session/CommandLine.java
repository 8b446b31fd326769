package dev.mailscope.ui.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.ui.Counted;

/**
 * What the user's next line means to the server: a command, which for IMAP gets a tag, or the rest of one. Decides what
 * of it may be shown and what may be remembered; a credential may never be either. Used by one thread at a time.
 */
final class CommandLine {
    /**
     * A line as it was typed.
     *
     * @param sent what goes to the server, without the line end
     * @param shown what the transcript shows of it
     * @param kept  what the history keeps of it, or null for nothing
     * @param verb  the command it belongs to, in capitals
     */
    record Typed(String sent, String shown, String kept, String verb) {
        /** Without what was typed, which may be a credential. */
        @Override
        public String toString() {
            return "Typed[" + shown + "]";
        }
    }

    // literal = "{" number ["+"] "}" at the end of a line (RFC 9051 section 9; "+" is RFC 7888)
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})(\\+?)}$");
    private static final Pattern OWN_TAG = Pattern.compile("a(\\d{1,8})");
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z]{1,12}");
    private static final Set<String> SECRET = Set.of("PASS", "APOP", "AUTH", "LOGIN", "AUTHENTICATE");
    private static final Set<String> SASL = Set.of("AUTH", "AUTHENTICATE");
    private static final Set<String> MECHANISMS = Set.of("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1",
            "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER", "EXTERNAL", "ANONYMOUS", "GSSAPI");

    private final Protocol protocol;
    // The verbs of the commands that have no reply yet: IMAP by tag, POP3 in order.
    private final Map<String, String> imapVerbs = new LinkedHashMap<>();
    private final Deque<Asked> pop3Verbs = new ArrayDeque<>();
    private boolean greeted;
    private int nextTag = 1;
    private String openTag = "";
    private String openVerb = "";
    private boolean openIsSecret;
    private boolean literal;
    private boolean asked;
    private long literalLeft;

    CommandLine(Protocol protocol) {
        this.protocol = protocol;
    }

    /** True when the next line is the rest of a command, sent as it is. */
    boolean isOpen() {
        return literal || asked || SASL.contains(openVerb);
    }

    /** True when the server has asked for the rest of the command. */
    boolean isAsked() {
        return asked;
    }

    /** How many octets of a literal the server still waits for, the line end of each line included. */
    long literalLeft() {
        return literal ? literalLeft : 0;
    }

    /** True when what is typed now is a credential as a whole. */
    boolean isSecret() {
        return isOpen() && openIsSecret;
    }

    /** The tag that is put before a draft; empty when it gets none, or has one of the user's own. */
    String tagFor(String draft) {
        if (protocol == Protocol.POP3 || isOpen()) {
            return "";
        }
        var words = Word.of(draft);
        return hasTag(words) ? "" : "a" + nextTag;
    }

    /** From where on a draft is not to be shown while it is typed, or its length. */
    int secretFrom(String draft, String phase) {
        if (isSecret()) {
            return 0;
        }
        if (isOpen()) {
            return draft.length();
        }
        var parsed = parse(draft);
        return parsed.secret || protocol.isBeforeLogin(phase) && !parsed.known ? parsed.argumentsAt : draft.length();
    }

    /** Takes a line the user has finished in that phase. */
    Typed type(String line, String phase) {
        return isOpen() ? rest(line) : command(line, phase);
    }

    private Typed command(String line, String phase) {
        var parsed = parse(line);
        var sent = line;
        var tag = parsed.tag;
        if (protocol == Protocol.IMAP && tag.isEmpty()) {
            tag = "a" + nextTag++;
            sent = tag + ' ' + line;
        } else {
            skipOwnTag(tag);
        }
        var added = sent.length() - line.length();
        var hidden = secretFrom(line, phase);
        var announced = protocol == Protocol.IMAP ? LITERAL.matcher(line) : null;
        var begins = announced != null && announced.find();
        var shown = sent;
        if (hidden < line.stripTrailing().length()) {
            shown = sent.substring(0, added + hidden) + Octets.MASK + (begins ? ' ' + announced.group() : "");
        }
        var secret = parsed.secret || protocol.isBeforeLogin(phase) && !parsed.known;
        var kept = secret || line.isBlank() ? null : line.substring(parsed.verbAt).strip();
        openTag = tag;
        openVerb = parsed.verb;
        openIsSecret = secret;
        asked = false;
        literal = begins;
        literalLeft = begins ? Long.parseLong(announced.group(1)) : 0;
        if (protocol == Protocol.POP3) {
            pop3Verbs.add(new Asked(parsed.verb, Word.of(line).size() > 1));
        } else {
            imapVerbs.put(tag, parsed.verb);
        }
        return new Typed(sent, shown, kept, parsed.verb);
    }

    /** A POP3 command that waits for its reply. */
    private record Asked(String verb, boolean hasArgument) {
    }

    private Typed rest(String line) {
        var shown = openIsSecret ? Octets.MASK : line;
        var verb = openVerb;
        asked = false;
        if (literal) {
            literalLeft -= line.getBytes(StandardCharsets.UTF_8).length + 2L;
            if (literalLeft < 0) {
                var next = LITERAL.matcher(line);
                literal = next.find();
                literalLeft = literal ? Long.parseLong(next.group(1)) : 0;
                if (openIsSecret && literal) {
                    shown += ' ' + next.group();
                }
            }
        }
        return new Typed(line, shown, null, verb);
    }

    /** Notes a reply; gives the verb of the command that it ends, or an empty text when it ends none. */
    String replied(Reply reply) {
        if (reply.isContinuation()) {
            asked = true;
            return "";
        }
        if (reply.isUntagged()) {
            return "";
        }
        if (protocol == Protocol.POP3 && !greeted) {
            // The greeting answers nothing, even when something was sent before it came.
            greeted = true;
            return "";
        }
        String verb;
        if (protocol == Protocol.POP3) {
            verb = pop3Verbs.isEmpty() ? null : pop3Verbs.poll().verb;
        } else {
            verb = imapVerbs.remove(reply.tag());
        }
        if (verb == null) {
            return "";
        }
        if (protocol == Protocol.POP3 ? pop3Verbs.isEmpty() : reply.tag().equals(openTag)) {
            closeCommand();
        }
        return verb;
    }

    /** POP3: true when the next reply, if it is +OK, has further lines up to a single dot (RFC 1939 section 3). */
    boolean expectsLines() {
        var asked = pop3Verbs.peek();
        return greeted && asked != null && switch (asked.verb) {
            case "RETR", "TOP", "CAPA" -> true;
            case "LIST", "UIDL", "AUTH" -> !asked.hasArgument;
            default -> false;
        };
    }

    /** Notes that the whole literal was sent as the server asked for it; gives the lines to show of it. */
    List<String> literalSent(byte[] octets, int most) {
        literal = false;
        literalLeft = 0;
        asked = false;
        if (openIsSecret) {
            return List.of(Octets.MASK);
        }
        var text = new String(octets, 0, Math.min(most, octets.length), StandardCharsets.UTF_8);
        var lines = new ArrayList<>(text.lines().toList());
        if (octets.length > most) {
            lines.add(Counted.text(Messages.ReplyReader_cut, octets.length - most));
        }
        return lines;
    }

    /** True when nothing is on its way from the server that it owes: no reply, and for POP3 no greeting. */
    boolean isAnswered() {
        return protocol == Protocol.POP3 ? greeted && pop3Verbs.isEmpty() : imapVerbs.isEmpty();
    }

    private void closeCommand() {
        openTag = "";
        openVerb = "";
        openIsSecret = false;
        literal = false;
        literalLeft = 0;
        asked = false;
    }

    private record Parsed(String tag, String verb, int verbAt, int argumentsAt, boolean known, boolean secret) {
    }

    private Parsed parse(String line) {
        var words = Word.of(line);
        var first = protocol == Protocol.IMAP && hasTag(words) ? 1 : 0;
        var tag = first == 1 ? words.get(0).text() : "";
        if (words.isEmpty()) {
            return new Parsed(tag, "", 0, line.length(), false, false);
        }
        var word = words.get(first);
        var verb = word.text().toUpperCase(Locale.ROOT);
        if (SECRET.contains(verb)) {
            var mechanism = SASL.contains(verb) && words.size() > first + 1
                    && MECHANISMS.contains(words.get(first + 1).text().toUpperCase(Locale.ROOT)) ? first + 1 : first;
            return new Parsed(tag, verb, word.start(), Word.startAfter(words, mechanism, line), true, true);
        }
        if (Commands.isVerb(protocol, verb)) {
            return new Parsed(tag, verb, word.start(), line.length(), true, false);
        }
        // A verb that is mistyped, misplaced or glued to its argument must not give the argument away.
        var secret = words.stream().anyMatch(w -> beginsSecretly(w.text()));
        var shown = PLAIN_WORD.matcher(word.text()).matches() && !beginsSecretly(word.text());
        return new Parsed(tag, verb, word.start(), shown ? Word.startAfter(words, first, line) : word.start(), false,
                secret);
    }

    private static boolean beginsSecretly(String word) {
        var capitals = word.toUpperCase(Locale.ROOT);
        return SECRET.stream().anyMatch(capitals::startsWith);
    }

    /** True when the first word cannot be meant as a verb and the second is one. */
    private boolean hasTag(List<Word> words) {
        return words.size() > 1 && !Commands.isVerb(protocol, words.get(0).text())
                && Commands.isVerb(protocol, words.get(1).text());
    }

    /** So that the console never gives a tag that the user has just given. */
    private void skipOwnTag(String tag) {
        var number = OWN_TAG.matcher(tag);
        if (number.matches()) {
            nextTag = Math.max(nextTag, Integer.parseInt(number.group(1)) + 1);
        }
    }
}
