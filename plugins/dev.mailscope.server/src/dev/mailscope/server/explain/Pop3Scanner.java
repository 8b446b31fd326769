package dev.mailscope.server.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import dev.mailscope.server.pop3.Pop3Verb;

/** What is said over POP3, by either side (RFC 1939). */
final class Pop3Scanner extends Scanner {
    private final Context context;

    Pop3Scanner(Line line, Context context) {
        super(Terms.POP3, line);
        this.context = context;
    }

    private static Optional<Pop3Verb> verb(String name) {
        return Arrays.stream(Pop3Verb.values()).filter(verb -> verb.name().equals(name)).findFirst();
    }

    /** Takes one line of the client. */
    void command() {
        var name = word(c -> c > ' ' && c != 0x7F);
        var verb = verb(name);
        if (context.command().equals("AUTH") && (verb.isEmpty() || peek() == -2)) {
            restOfLine("SASL data", "");
            end();
            return;
        }
        var general = terms.find("part", "command").orElseThrow();
        if (!name.isEmpty()) {
            add(at() + name.length(), "command " + (name.length() > 40 ? name.substring(0, 40) + "\u2026" : name),
                    verb.map(Pop3Verb::syntax).orElse(general.text()),
                    verb.map(Pop3Verb::explanation).orElse("Mailscope does not know this command."),
                    verb.map(Pop3Verb::section).orElse(general.reference()));
        }
        space();
        verb.ifPresent(this::arguments);
        end();
    }

    private void arguments(Pop3Verb verb) {
        switch (verb) {
            case USER -> restOfLine("user name", "");
            case PASS -> restOfLine("secret", "It is the password.");
            case APOP -> {
                word("user name");
                space();
                secret("It is the digest.");
            }
            case AUTH -> {
                var name = word(c -> c > ' ');
                term(at() + name.length(), "SASL mechanism", "mechanism", name, "");
                space();
                restOfLine("SASL data", "");
            }
            case LANG -> word("language");
            case LIST, UIDL, RETR, DELE -> message();
            case TOP -> {
                message();
                space();
                word("number of lines");
            }
            case CAPA, STLS, UTF8, STAT, RSET, NOOP, QUIT -> {
                // a word alone
            }
        }
    }

    private void word(String part) {
        part(run(c -> c > ' '), part, "");
    }

    private void message() {
        var session = context.session();
        var number = word(c -> c >= '0' && c <= '9');
        var here = "";
        if (session != null && !session.told().isEmpty() && !number.isEmpty() && number.length() < 10) {
            var index = Long.parseLong(number);
            here = index < 1 || index > session.told().size() ? "There are only "
                    + count(session.told().size(), "message") + "." : "Of " + count(session.told().size(), "message")
                    + ".";
        }
        part(at() + number.length(), "message number", here);
    }

    /** Takes one answer of the server, of one line or of several. */
    void answer() {
        if (peek() == '+' && (peek(1) == ' ' || peek(1) == '\r')) {
            part(at() + 1, "continuation mark", "");
            space();
            restOfLine("SASL data", "");
            end();
            return;
        }
        var name = word(c -> c > ' ');
        var good = name.equals("+OK");
        term(at() + name.length(), "status indicator", "status", name, "", "This is neither +OK nor -ERR.");
        space();
        if (!good && peek() == '[') {
            code();
            space();
        }
        firstLine(good ? context.command() : "");
        end();
        while (good && !atEnd()) {
            lines();
        }
        while (!atEnd()) {
            restOfLine("rest", "");
            lineEnd();
        }
    }

    // resp-level = 1*rchar, resp-code = "[" resp-level *("/" resp-level) "]"
    private void code() {
        var end = run(c -> c > ' ' && c != ']');
        var name = text(at() + 1, end).toUpperCase(Locale.ROOT);
        term(end + 1, "response code", "code", name, "");
    }

    private void firstLine(String command) {
        switch (command) {
            case "STAT" -> numbers("count", "size");
            case "LIST" -> numbersOrText("size");
            case "UIDL" -> numbersOrText("unique-id");
            default -> greetingOrText();
        }
    }

    private void numbersOrText(String second) {
        var end = run(c -> c >= '0' && c <= '9');
        // Without an argument a text stands here, which may begin with a number too.
        if (end > at() && !text(at(), Integer.MAX_VALUE).strip().contains("\n")) {
            numbers("message number", second);
        } else {
            restOfLine("text for people", "");
        }
    }

    private void numbers(String first, String second) {
        part(run(c -> c >= '0' && c <= '9'), first, "");
        space();
        part(run(c -> c > ' '), second, "");
        space();
        restOfLine("text for people", "");
    }

    private void greetingOrText() {
        var rest = text(at(), run(c -> c >= ' '));
        var stamp = rest.lastIndexOf('<');
        if (context.command().isEmpty() && stamp >= 0 && rest.endsWith(">")) {
            part(at() + stamp, "text for people", "");
            part(run(c -> c >= ' '), "timestamp", "");
        } else {
            restOfLine("text for people", "");
        }
    }

    private void lines() {
        if (peek() == '.' && (peek(1) == '\r' || peek(1) == '\n' || peek(1) == -1)) {
            part(at() + 1, "end of answer", "");
            lineEnd();
            return;
        }
        switch (context.command()) {
            case "LIST" -> listing("message number", "size");
            case "UIDL" -> listing("message number", "unique-id");
            case "LANG" -> listing("language tag", "text for people");
            case "CAPA" -> {
                var name = word(c -> c > ' ');
                term(at() + name.length(), "capability", "capability", name, "");
                space();
                if (name.equals("SASL")) {
                    mechanisms();
                } else {
                    restOfLine("capability argument", "");
                }
                end();
            }
            case "AUTH" -> {
                mechanisms();
                end();
            }
            case "RETR", "TOP" -> stuffedMessage();
            default -> {
                restOfLine("rest", "");
                end();
            }
        }
    }

    private void mechanisms() {
        for (var name = word(c -> c > ' '); !name.isEmpty(); name = word(c -> c > ' ')) {
            term(at() + name.length(), "SASL mechanism", "mechanism", name, "");
            space();
        }
    }

    private void listing(String first, String second) {
        part(run(c -> c > ' '), first, "");
        space();
        restOfLine(second, "");
        end();
    }

    /** Takes a message up to the dot that ends it, with its doubled dots. */
    private void stuffedMessage() {
        var part = "message header";
        while (!atEnd() && !(peek() == '.' && (peek(1) == '\r' || peek(1) == '\n' || peek(1) == -1))) {
            if (peek() == '.' && peek(1) == '.') {
                part(at() + 1, "doubled dot", "");
            }
            if (part.equals("message header") && atLineEnd()) {
                part(at() + (peek() == '\r' ? 2 : 1), "end of header", "");
                part = "message body";
            } else {
                part(untilDots(part), part, "");
            }
        }
    }

    /** Up to the next line that needs a word of its own: one that begins with a dot, or the end of the header. */
    private int untilDots(String part) {
        var end = at();
        do {
            var line = lineEndFrom(end);
            if (line == end) {
                return at() + 1;
            }
            end = line;
        } while (peek(end - at()) >= 0 && peek(end - at()) != '.' && !(part.equals("message header")
                && (peek(end - at()) == '\r' || peek(end - at()) == '\n')));
        return end;
    }

    private int lineEndFrom(int from) {
        return afterLineFeed(from, length());
    }
}
