package dev.mailscope.server.explain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.imap.command.OctetClass;

/** The parts that IMAP's commands and responses have in common (RFC 9051 section 9). */
class ImapScanner extends Scanner {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("~?\\{(\\d{1,18})(\\+?)}");
    // Nobody nests deeper, and whoever does is not followed.
    private static final int MOST_DEEP = 60;
    private static final int MOST_RIGHTS = 40;

    final Context context;
    private int depth;
    private boolean hasHeader = true;

    ImapScanner(Line line, Context context) {
        super(Terms.IMAP, line);
        this.context = context;
    }

    static boolean isAtom(int c) {
        return OctetClass.isAtom(c);
    }

    /** Letters of an atom, and what stands in flags, sets and patterns besides. */
    static boolean isWide(int c) {
        return c > ' ' && c != 0x7F && "(){\"\r\n".indexOf(c) < 0;
    }

    /** What reads one element of a list. */
    interface Element {
        void read();
    }

    /** Takes a list in parentheses; where there is none, one element. */
    void list(Element element) {
        if (peek() != '(') {
            guarded(element);
            return;
        }
        part(at() + 1, "opening parenthesis", "");
        if (++depth > MOST_DEEP) {
            restOfLine("rest", "");
        }
        while (!atLineEnd() && peek() != ')') {
            if (!space()) {
                guarded(element);
            }
        }
        depth--;
        if (peek() == ')') {
            part(at() + 1, "closing parenthesis", "");
        }
    }

    /** Takes one element, and at least one octet. */
    void guarded(Element element) {
        var before = at();
        if (!atLineEnd()) {
            element.read();
            if (at() == before) {
                unexpected();
            }
        }
    }

    /** Takes a space and then what follows it, where there is something. */
    void then(Element element) {
        space();
        guarded(element);
    }

    /** Takes these parts, one behind the other. */
    void each(String... parts) {
        for (var part : parts) {
            then(() -> string(part, ""));
        }
    }

    /** Takes as many elements as there are. */
    void each(Element element) {
        while (!atLineEnd()) {
            then(element);
        }
    }

    boolean isNil() {
        return follows("NIL") && !isAtom(peek(3));
    }

    /**
     * Takes an atom, a quoted string, a literal or NIL as that part.
     *
     * @return its text; empty for a secret
     */
    String string(String part, String here) {
        var text = string(part, part, here);
        if (part.equals("access right")) {
            adding(rights(text));
        }
        return text;
    }

    /** What the letters of a set of rights stand for. */
    private String rights(String letters) {
        return letters.chars().limit(MOST_RIGHTS).mapToObj(letter -> terms.find("right", Character.toString(letter))
                .map(term -> Character.toString(letter) + ": " + term.text())).flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    String string(String part, String what, String here) {
        if (secret("It is the " + what + ".") || atLineEnd()) {
            return "";
        }
        if (peek() == '"') {
            return quoted(part, what, here);
        }
        if (peek() == '{' || peek() == '~' && peek(1) == '{') {
            return literal(part, what, here);
        }
        if (isNil()) {
            part(at() + 3, part, what, "NIL: there is none.");
            return "";
        }
        var end = run(ImapScanner::isWide);
        var text = text(at(), end);
        part(end, part, what, here);
        return text;
    }

    private String quoted(String part, String what, String here) {
        var end = at() + 1;
        while (peek(end - at()) >= 0 && peek(end - at()) != '"' && peek(end - at()) != '\n') {
            end += peek(end - at()) == '\\' && peek(end - at() + 1) >= 0 ? 2 : 1;
        }
        var closed = peek(end - at()) == '"';
        var text = text(at() + 1, end).replaceAll("\\\\(.)", "$1");
        part(closed ? end + 1 : end, part, what, closed ? here : join(here, "The closing quote is missing."));
        return text;
    }

    // literal = ["~"] "{" number ["+"] "}" CRLF *OCTET
    private String literal(String part, String what, String here) {
        var size = announcement(what);
        if (size < 0) {
            return "";
        }
        lineEnd();
        var end = (int) Math.min(Integer.MAX_VALUE, at() + size);
        var text = text(at(), Math.min(end, at() + 1_000));
        if (!atEnd() && peek() == -2) {
            secret("It is the " + what + ".");
            return "";
        }
        if (part.equals("message text") && hasHeader) {
            message(end, here);
        } else {
            part(end, part, what, here);
        }
        return text;
    }

    /** Takes the announcement of a literal; gives its size, -1 where there is none. */
    long announcement(String what) {
        var end = run(c -> "~{}+".indexOf(c) >= 0 || c >= '0' && c <= '9');
        var announced = ANNOUNCEMENT.matcher(text(at(), end));
        if (!announced.lookingAt()) {
            return -1;
        }
        var size = Long.parseLong(announced.group(1));
        var waits = context.toClient() || !announced.group(2).isEmpty() ? ""
                : "The client waits for a line with + before it sends them.";
        part(at() + announced.end(), "literal announcement", join(count(size, "octet")
                + (size == 1 ? " follows" : " follow") + " behind the line end: the " + what + ".", waits));
        return size;
    }

    void mailbox() {
        var from = at();
        if (peek() == '"' || peek() == '{' || peek() == -2) {
            var name = string("folder name", "");
            adding(name.isEmpty() ? "" : folder(name));
            return;
        }
        var end = run(ImapScanner::isWide);
        part(end, "folder name", folder(text(from, end)));
    }

    private static String folder(String written) {
        if (written.equalsIgnoreCase(MailboxName.INBOX)) {
            return "INBOX is where new mail comes.";
        }
        try {
            var name = MailboxName.decode(written.getBytes(StandardCharsets.ISO_8859_1), Dialect.REV1);
            return name.equals(written) ? "" : "It is the folder " + name + ".";
        } catch (MailboxName.Malformed e) {
            return "The name is not written as it has to be.";
        }
    }

    void flag() {
        var end = run(c -> isAtom(c) || c == '\\' || c == '*');
        term(end, "flag", "flag", text(at(), end), "", "A keyword: it means what the clients of this folder agree on.");
    }

    void word(String part, String kind) {
        var end = run(ImapScanner::isWide);
        term(end, part, kind, text(at(), end), "");
    }

    void number(String part, String here) {
        number(part, part, here);
    }

    void number(String part, String what, String here) {
        part(run(c -> c >= '0' && c <= '9'), part, what, here);
    }

    /** True when digits are next. */
    boolean isNumber() {
        return peek() >= '0' && peek() <= '9';
    }

    /** Takes a set of sequence numbers or UIDs, and says which messages these are now. */
    void set(boolean uid) {
        if (peek() == '$') {
            part(at() + 1, "saved search result", "");
            return;
        }
        var end = run(c -> c >= '0' && c <= '9' || c == ':' || c == ',' || c == '*');
        if (peek(end - at()) == '$' && text(at(), end).endsWith(",")) {
            part(end - 1, uid ? "UID set" : "sequence set", SetInWords.of(text(at(), end - 1), uid, context.session()));
            part(end + 1, "saved search result", "");
            return;
        }
        part(end, uid ? "UID set" : "sequence set", SetInWords.of(text(at(), end), uid, context.session()));
    }

    /** Takes {@code section "]"} behind an opening bracket, and a partial range behind that. */
    void section() {
        part(at() + 1, "opening bracket", peek(1) == ']' ? "Nothing is named: the whole message." : "");
        var parts = run(c -> c >= '0' && c <= '9' || c == '.');
        var isPart = isNumber();
        if (isPart) {
            part(parts, "section part", "");
        }
        var text = run(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '.');
        var name = text(at(), text).toUpperCase(Locale.ROOT);
        hasHeader = name.startsWith("HEADER") || name.equals("MIME") || name.isEmpty() && !isPart;
        term(text, "section text", "section", name, "");
        if (peek() == ' ') {
            space();
            list(() -> string("header field name", ""));
        }
        if (peek() == ']') {
            part(at() + 1, "closing bracket", "");
        }
        partial();
    }

    private void partial() {
        if (peek() != '<') {
            return;
        }
        var end = run(c -> c == '<' || c == '.' || c >= '0' && c <= '9');
        var numbers = text(at() + 1, end).split("\\.");
        end += peek(end - at()) == '>' ? 1 : 0;
        part(end, "partial range", numbers.length == 2 && !numbers[0].isEmpty() && !numbers[1].isEmpty()
                ? "At most " + numbers[1] + " octets from octet " + numbers[0] + " on."
                : numbers.length == 1 ? "What follows begins at octet " + numbers[0] + "." : "");
    }

    /** Takes the name of a FETCH item, and a section behind it where there is one; gives both, the name in capitals. */
    String itemName() {
        var end = run(c -> isAtom(c) && c != '[' && c != ']' && c != '<');
        var name = text(at(), end).toUpperCase(Locale.ROOT);
        term(end, "FETCH item", "item", name, peek(end - at()) == '[' && name.equals("BODY") && !context.toClient()
                ? "Here: octets, and the message is marked as read." : "");
        hasHeader = !name.equals("RFC822.TEXT");
        var from = at();
        if (peek() == '[') {
            section();
        }
        return name + text(from, at());
    }
}
