package dev.mailscope.server.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import dev.mailscope.server.pop3.Parsed.NotUnderstood;
import dev.mailscope.server.pop3.Parsed.Secret;
import dev.mailscope.server.pop3.Parsed.Understood;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.session.SaslDialogue;

/**
 * Parses one line into a command. Pure: the same line always gives the same. Verbs are taken in any case; arguments are
 * set off by exactly one space (RFC 1939 section 3), numbers may have leading zeros, and names and passwords may hold
 * any character in UTF-8 that is no control character.
 */
public final class Pop3Parser {
    /** What the problem with an unknown verb begins with. */
    public static final String NO_COMMAND = "This is no POP3 command.";

    private static final int MOST_DIGITS = 9;
    // language-range = (1*8ALPHA *("-" 1*8alphanum)) / "*" (RFC 4647 section 2.1)
    private static final Pattern LANGUAGE_RANGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*|\\*");

    private final byte[] line;
    private final int end;

    private Pop3Parser(byte[] line) {
        this.line = line;
        this.end = withoutLineEnd(line);
    }

    /**
     * Parses a line, with or without its end. Before login everything of a line that is not understood counts as secret
     * but the verb: whoever mistypes PASS still sends a password.
     */
    public static Parsed parse(byte[] line, boolean loggedIn) {
        var parser = new Pop3Parser(line);
        try {
            var command = parser.command();
            return new Understood(command, parser.secretOf(command));
        } catch (SyntaxProblem problem) {
            return new NotUnderstood(problem.verb, problem.getMessage(), problem.offset, hidden(line, loggedIn));
        }
    }

    /** What counts as secret in a line that is not understood, or is not whole. */
    static Secret hidden(byte[] line, boolean loggedIn) {
        var end = withoutLineEnd(line);
        var first = 0;
        while (first < end && !isLetter(line[first])) {
            first++;
        }
        for (var verb : Pop3Verb.values()) {
            var after = first + verb.name().length();
            if (startsWith(line, first, end, verb) && (loggedIn ? verb.carriesSecret() : first == 0)) {
                return new Secret(after < end && line[after] == ' ' ? after + 1 : after, end);
            }
        }
        return loggedIn ? Secret.NONE : new Secret(0, end);
    }

    /** True when the line begins with that verb and a space. */
    static boolean begins(byte[] line, Pop3Verb verb) {
        var length = verb.name().length();
        return startsWith(line, 0, line.length, verb) && line.length > length && line[length] == ' ';
    }

    // command = keyword *(SP param) CRLF
    private Pop3Command command() {
        var keyword = wordEnd(0);
        if (keyword == 0) {
            throw new SyntaxProblem(null, end == 0 ? "The line is empty: a command was expected."
                    : "The line begins with a space: a command begins with its verb.", 0);
        }
        var verb = verb(keyword);
        if (verb == Pop3Verb.PASS) {
            return new Pop3Command.Pass(password());
        }
        var arguments = arguments(verb);
        return switch (verb) {
            case CAPA -> alone(verb, arguments, new Pop3Command.Capa());
            case QUIT -> alone(verb, arguments, new Pop3Command.Quit());
            case STAT -> alone(verb, arguments, new Pop3Command.Stat());
            case NOOP -> alone(verb, arguments, new Pop3Command.Noop());
            case RSET -> alone(verb, arguments, new Pop3Command.Rset());
            case USER -> {
                expect(verb, arguments, 1, 1, "USER takes one argument, the user name; the password comes with PASS.");
                yield new Pop3Command.User(arguments.get(0).text());
            }
            case APOP -> {
                expect(verb, arguments, 2, 2, "APOP takes two arguments, the user name and the digest.");
                yield new Pop3Command.Apop(arguments.get(0).text(), arguments.get(1).text());
            }
            case STLS -> alone(verb, arguments, new Pop3Command.Stls());
            case AUTH -> auth(arguments);
            case UTF8 -> alone(verb, arguments, new Pop3Command.Utf8());
            case LANG -> new Pop3Command.Lang(language(arguments));
            case LIST -> new Pop3Command.List(optionalMessage(verb, arguments));
            case UIDL -> new Pop3Command.Uidl(optionalMessage(verb, arguments));
            case RETR -> new Pop3Command.Retr(oneMessage(verb, arguments));
            case DELE -> new Pop3Command.Dele(oneMessage(verb, arguments));
            case TOP -> {
                expect(verb, arguments, 2, 2, "TOP takes two arguments, the message number and a number of lines.");
                yield new Pop3Command.Top(message(verb, arguments.get(0)), lines(verb, arguments.get(1)));
            }
            case PASS -> throw new IllegalStateException("PASS has been parsed already");
        };
    }

    // auth-command = "AUTH" SP sasl-mech [SP initial-response]
    private Pop3Command auth(List<Argument> arguments) {
        expect(Pop3Verb.AUTH, arguments, 0, 2, "AUTH takes a SASL mechanism and at most one initial response.");
        if (arguments.isEmpty()) {
            return new Pop3Command.Mechanisms();
        }
        var mechanism = arguments.getFirst();
        if (!mechanism.text().matches("[A-Za-z0-9_-]{1,20}")) {
            throw new SyntaxProblem(Pop3Verb.AUTH,
                    "The name of a SASL mechanism has at most 20 letters, digits, hyphens"
                    + " and underscores.", mechanism.from());
        }
        if (arguments.size() == 1) {
            return new Pop3Command.Auth(mechanism.text(), null);
        }
        var response = arguments.get(1);
        return new Pop3Command.Auth(mechanism.text(), SaslDialogue
                .initialResponse(Arrays.copyOfRange(line, response.from(), response.to()))
                .orElseThrow(() -> new SyntaxProblem(Pop3Verb.AUTH,
                        "An initial response is written in base64, or = for an empty one.", response.from())));
    }

    // keyword = 3*4VCHAR
    private Pop3Verb verb(int keyword) {
        Pop3Verb begins = null;
        for (var verb : Pop3Verb.values()) {
            if (startsWith(line, 0, keyword, verb)) {
                if (keyword == verb.name().length()) {
                    return verb;
                }
                begins = verb;
            }
        }
        if (begins != null && begins.syntax().indexOf(' ') > 0) {
            throw new SyntaxProblem(begins, "After " + begins + " a space is missing.", begins.name().length());
        }
        throw new SyntaxProblem(null, NO_COMMAND, 0);
    }

    private String password() {
        var from = Pop3Verb.PASS.name().length() + 1;
        if (from >= end) {
            throw new SyntaxProblem(Pop3Verb.PASS, "PASS takes one argument, the password.", Math.min(from, end));
        }
        return text(Pop3Verb.PASS, from, end);
    }

    private List<Argument> arguments(Pop3Verb verb) {
        var arguments = new ArrayList<Argument>();
        for (var from = verb.name().length() + 1; from <= end;) {
            var to = wordEnd(from);
            if (to == from) {
                throw new SyntaxProblem(verb, to == end ? "The line ends with a space: nothing follows it."
                        : "There are two spaces in a row: one sets off an argument.", from);
            }
            arguments.add(new Argument(from, to, text(verb, from, to)));
            from = to + 1;
        }
        return arguments;
    }

    // param = 1*VCHAR
    private String text(Pop3Verb verb, int from, int to) {
        for (var i = from; i < to; i++) {
            if (line[i] >= 0 && line[i] < 0x20 || line[i] == 0x7F) {
                throw new SyntaxProblem(verb, "There is a control character in the argument.", i);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxProblem(verb, "The argument is neither ASCII nor UTF-8.", from);
        }
    }

    private Pop3Command alone(Pop3Verb verb, List<Argument> arguments, Pop3Command command) {
        expect(verb, arguments, 0, 0, verb + " takes no argument.");
        return command;
    }

    private Optional<String> language(List<Argument> arguments) {
        expect(Pop3Verb.LANG, arguments, 0, 1, "LANG takes at most one argument, a language such as en, or *.");
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        var range = arguments.getFirst();
        if (!LANGUAGE_RANGE.matcher(range.text()).matches()) {
            throw new SyntaxProblem(Pop3Verb.LANG, "A language is written with letters, as in en or en-GB; * is the "
                    + "server's own.", range.from());
        }
        return Optional.of(range.text());
    }

    private OptionalInt optionalMessage(Pop3Verb verb, List<Argument> arguments) {
        expect(verb, arguments, 0, 1, verb + " takes at most one argument, a message number.");
        return arguments.isEmpty() ? OptionalInt.empty() : OptionalInt.of(message(verb, arguments.get(0)));
    }

    private int oneMessage(Pop3Verb verb, List<Argument> arguments) {
        expect(verb, arguments, 1, 1, verb + " takes one argument, a message number.");
        return message(verb, arguments.get(0));
    }

    private int message(Pop3Verb verb, Argument argument) {
        var digits = digits(verb, argument, "A message number");
        if (digits.isEmpty()) {
            throw new SyntaxProblem(verb, "Message numbers begin with 1.", argument.from());
        }
        if (digits.length() > MOST_DIGITS) {
            throw new SyntaxProblem(verb, "The message number is too big: it has more than 9 digits.",
                    argument.from());
        }
        return Integer.parseInt(digits);
    }

    private int lines(Pop3Verb verb, Argument argument) {
        var digits = digits(verb, argument, "The number of lines");
        return digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** The number without leading zeros, which RFC 1939 does not forbid; nothing is left of 0. */
    private String digits(Pop3Verb verb, Argument argument, String what) {
        for (var i = argument.from(); i < argument.to(); i++) {
            if (line[i] < '0' || line[i] > '9') {
                throw new SyntaxProblem(verb, what + " is written with the digits 0 to 9 only.", i);
            }
        }
        var zeros = 0;
        while (zeros < argument.text().length() && argument.text().charAt(zeros) == '0') {
            zeros++;
        }
        return argument.text().substring(zeros);
    }

    private void expect(Pop3Verb verb, List<Argument> arguments, int least, int most, String problem) {
        if (arguments.size() < least) {
            throw new SyntaxProblem(verb, problem, end);
        }
        if (arguments.size() > most) {
            throw new SyntaxProblem(verb, problem, arguments.get(most).from());
        }
    }

    private Secret secretOf(Pop3Command command) {
        return switch (command.verb()) {
            case PASS -> new Secret(Pop3Verb.PASS.name().length() + 1, end);
            case APOP -> new Secret(wordEnd(Pop3Verb.APOP.name().length() + 1) + 1, end);
            case AUTH -> {
                var mechanism = Math.min(end, Pop3Verb.AUTH.name().length() + 1);
                // What is no mechanism may be a password that was typed in its place.
                var isKnown = command instanceof Pop3Command.Auth auth
                        && SaslMechanism.named(auth.mechanism()).isPresent();
                yield new Secret(isKnown ? Math.min(end, wordEnd(mechanism) + 1) : mechanism, end);
            }
            case CAPA, USER, STLS, UTF8, LANG, QUIT, STAT, LIST, RETR, DELE, NOOP, RSET, TOP, UIDL -> Secret.NONE;
        };
    }

    private int wordEnd(int from) {
        var to = from;
        while (to < end && line[to] != ' ') {
            to++;
        }
        return to;
    }

    private static boolean startsWith(byte[] line, int from, int end, Pop3Verb verb) {
        var length = verb.name().length();
        if (from + length > end) {
            return false;
        }
        // ISO 8859-1 keeps octets one to one, and no letter beyond ASCII turns into an ASCII one there.
        var word = new String(Arrays.copyOfRange(line, from, from + length), StandardCharsets.ISO_8859_1);
        return word.equalsIgnoreCase(verb.name());
    }

    private static boolean isLetter(byte octet) {
        return octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z';
    }

    private static int withoutLineEnd(byte[] line) {
        var end = line.length;
        if (end > 0 && line[end - 1] == '\n') {
            end--;
            if (end > 0 && line[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }

    private record Argument(int from, int to, String text) {
    }

    /** Leaves the parser from wherever it is; never leaves the class. */
    private static final class SyntaxProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Pop3Verb verb;
        private final int offset;

        SyntaxProblem(Pop3Verb verb, String problem, int offset) {
            super(problem, null, false, false);
            this.verb = verb;
            this.offset = offset;
        }
    }
}
