package dev.mailscope.server.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a server says over IMAP (RFC 9051 section 7). */
final class ImapResponseScanner extends ImapScanner {
    private static final Set<String> CONDITIONS = Set.of("OK", "NO", "BAD", "BYE", "PREAUTH");
    private static final Map<String, Consumer<ImapResponseScanner>> DATA = new HashMap<>();

    static {
        DATA.put("CAPABILITY", in -> in.each(in::capability));
        DATA.put("ENABLED", in -> in.each(in::capability));
        DATA.put("LIST", ImapResponseScanner::listed);
        DATA.put("LSUB", ImapResponseScanner::listed);
        DATA.put("NAMESPACE", in -> in.each(in::namespaces));
        DATA.put("STATUS", in -> {
            in.then(in::mailbox);
            in.then(() -> in.list(in::statusItem));
        });
        DATA.put("FLAGS", in -> in.then(() -> in.list(in::flag)));
        DATA.put("SEARCH", in -> in.each(in::foundNumber));
        DATA.put("SORT", in -> in.each(in::foundNumber));
        DATA.put("THREAD", in -> in.each(in::threadMember));
        DATA.put("ESEARCH", in -> in.each(in::extendedSearch));
        DATA.put("VANISHED", in -> in.each(in::vanished));
        DATA.put("QUOTA", in -> {
            in.then(() -> in.string("quota root", ""));
            in.then(in::quotaList);
        });
        DATA.put("QUOTAROOT", in -> {
            in.then(in::mailbox);
            in.each(() -> in.string("quota root", ""));
        });
        DATA.put("METADATA", ImapResponseScanner::metadata);
        DATA.put("ID", in -> in.then(in::id));
        DATA.put("ACL", in -> in.rights("identifier", "access right"));
        DATA.put("LISTRIGHTS", in -> {
            in.then(in::mailbox);
            in.then(() -> in.string("identifier", ""));
            in.each(() -> in.string("access right", ""));
        });
        DATA.put("MYRIGHTS", in -> in.rights("access right"));
    }

    private final MessageDataScanner data = new MessageDataScanner(this);

    ImapResponseScanner(Line line, Context context) {
        super(line, context);
    }

    /** The names of the responses whose data are known, those with a number before them left out. */
    static Set<String> responses() {
        return Set.copyOf(DATA.keySet());
    }

    /** Takes one response, its literals included. */
    void response() {
        if (peek() == '+') {
            continuation();
        } else if (peek() == '*' && (peek(1) == ' ' || peek(1) == -1)) {
            part(at() + 1, "untagged mark", "");
            space();
            untagged();
        } else {
            if (!secret("")) {
                part(run(c -> isAtom(c) || c == ']'), "tag", context.command().isEmpty()
                        ? "The command with that tag is done." : "Ends " + context.command() + ".");
            }
            space();
            status("condition");
        }
        end();
    }

    // continue-req = "+" SP (resp-text / base64) CRLF
    private void continuation() {
        part(at() + 1, "continuation mark", switch (context.command()) {
            case "IDLE" -> "The server waits for DONE, and tells meanwhile what happens.";
            case "AUTHENTICATE" -> "The client is to send the next step of the exchange.";
            default -> "The client may send what it has announced.";
        });
        space();
        if (context.command().equals("AUTHENTICATE")) {
            restOfLine("SASL data", "");
        } else {
            text();
        }
    }

    private void untagged() {
        var name = word(ImapScanner::isAtom);
        if (CONDITIONS.contains(name)) {
            status("untagged");
        } else if (isNumber()) {
            numbered();
        } else {
            term(run(ImapScanner::isAtom), "response name", "response", name, "");
            var reader = DATA.get(name);
            if (reader != null) {
                reader.accept(this);
            }
        }
    }

    private void numbered() {
        var from = at();
        var end = run(c -> c >= '0' && c <= '9');
        var number = text(from, end);
        var rest = text(end, end + 12).strip().toUpperCase(Locale.ROOT);
        if (rest.startsWith("EXPUNGE")) {
            part(end, "sequence number", "Message " + number + " is gone. What was message " + next(number)
                    + " has that number now, and so on.");
        } else if (rest.startsWith("FETCH")) {
            part(end, "sequence number", "It is about message " + number + ".");
        } else {
            part(end, "count", "");
        }
        space();
        var name = word(ImapScanner::isAtom);
        term(run(ImapScanner::isAtom), "response name", "response", name, "");
        if (name.equals("FETCH")) {
            then(() -> list(data::item));
        }
    }

    private static String next(String number) {
        return number.length() < 12 ? Long.toString(Long.parseLong(number) + 1) : "the next";
    }

    private void status(String kind) {
        term(run(ImapScanner::isAtom), "condition", kind, word(ImapScanner::isAtom), "");
        space();
        if (peek() == '[') {
            code();
            space();
        }
        text();
    }

    private void text() {
        restOfLine("text for people", "");
    }

    private void code() {
        part(at() + 1, "code bracket", "");
        var name = word(c -> isAtom(c) && c != ']');
        term(at() + name.length(), "response code", "code", name, "");
        while (!atLineEnd() && peek() != ']') {
            then(() -> codeArgument(name));
        }
        if (peek() == ']') {
            part(at() + 1, "code bracket", "");
        }
    }

    private void codeArgument(String code) {
        switch (code) {
            case "CAPABILITY" -> capability();
            case "PERMANENTFLAGS" -> list(this::flag);
            case "UIDNEXT" -> number("UID", "");
            case "UIDVALIDITY" -> number("UIDVALIDITY value", "");
            case "UNSEEN" -> number("sequence number", "");
            case "HIGHESTMODSEQ" -> number("modification sequence", "");
            case "MODIFIED" -> set(context.command().startsWith("UID"));
            case "MAILBOXID" -> list(() -> objectId());
            case "INPROGRESS" -> list(() -> {
                if (isNumber()) {
                    number("number", "how far", "First how much is done, then of how much.");
                } else {
                    string("tag", "");
                }
            });
            case "BADCHARSET" -> list(() -> string("charset", ""));
            case "BADEVENT" -> list(() -> word("NOTIFY event", "notify"));
            case "METADATA" -> {
                if (isNumber()) {
                    number("size", "");
                } else {
                    term(run(c -> isAtom(c) && c != ']'), "metadata option", "metadata",
                            word(c -> isAtom(c) && c != ']'), "");
                }
            }
            case "APPENDUID", "COPYUID" -> {
                if (before().endsWith("UID ")) {
                    number("UIDVALIDITY value", "");
                } else {
                    part(run(c -> c >= '0' && c <= '9' || c == ':' || c == ','), "UID set", code.equals("APPENDUID")
                            ? "What was appended has this UID." : "");
                }
            }
            default -> part(run(c -> c > ' ' && c != ']' && c != '\r' && c != '\n'), "atom", "");
        }
    }

    /** Takes an id of RFC 8474. */
    void objectId() {
        part(run(c -> isAtom(c) && c != ']'), "object id", "");
    }

    private void capability() {
        var end = run(c -> isAtom(c) && c != ']');
        var name = text(at(), end);
        var value = name.indexOf('=');
        var known = terms.find("capability", name).isPresent() || value < 0 ? name : name.substring(0, value);
        var more = known.equalsIgnoreCase("AUTH")
                ? terms.find("mechanism", name.substring(value + 1)).map(Terms.Term::text).orElse("")
                : known.equalsIgnoreCase("APPENDLIMIT") && value > 0 ? "Here: " + name.substring(value + 1) + "." : "";
        term(end, "capability", "capability", known, more);
    }

    // mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
    private void listed() {
        then(() -> list(() -> term(run(c -> isAtom(c) || c == '\\'), "folder attribute", "attribute",
                text(at(), run(c -> isAtom(c) || c == '\\')), "")));
        then(() -> string("separator", ""));
        then(this::mailbox);
        then(() -> list(this::listExtended));
    }

    private void listExtended() {
        if (peek() == '(') {
            list(() -> {
                var quoted = text(at(), at() + 13).toUpperCase(Locale.ROOT);
                if (quoted.startsWith("\"SUBSCRIBED\"") || quoted.startsWith("\"SPECIAL-USE")) {
                    string("LIST option", "");
                } else {
                    mailbox();
                }
            });
        } else {
            var name = text(at(), run(ImapScanner::isWide)).replace("\"", "");
            string("LIST option", terms.find("list", name.isEmpty() ? "CHILDINFO" : name).map(Terms.Term::text)
                    .orElse(""));
        }
    }

    private void namespaces() {
        if (isNil()) {
            part(at() + 3, "NIL", "There are no folders of this kind.");
        } else {
            var prefix = new boolean[] { true };
            list(() -> list(() -> {
                string(prefix[0] ? "namespace prefix" : "separator", "");
                prefix[0] = !prefix[0];
            }));
        }
    }

    private void statusItem() {
        if (peek() == '(') {
            list(this::objectId);
        } else if (isNumber()) {
            number("number", "value", "The value of the item before it.");
        } else {
            word("STATUS item", "status");
        }
    }

    private void foundNumber() {
        var uid = context.command().startsWith("UID");
        if (peek() == '(') {
            list(() -> {
                if (isNumber()) {
                    number("modification sequence", "");
                } else {
                    word("search option", "search");
                }
            });
        } else {
            number(uid ? "UID" : "sequence number", "");
        }
    }

    private void threadMember() {
        if (peek() == '(' || peek() == ')') {
            part(at() + 1, "thread", peek() == '(' ? "Begins a conversation or one branch of it." : "Ends it.");
        } else if (!space()) {
            number("thread", context.command().startsWith("UID") ? "A message by UID."
                    : "A message by sequence number.");
        }
    }

    // esearch-response = "ESEARCH" [SP "(" "TAG" SP string ")"] [SP "UID"] *(SP search-return-data)
    private void extendedSearch() {
        var uid = context.command().startsWith("UID");
        if (peek() == '(') {
            list(() -> {
                if (peek() == '"') {
                    string("tag", "Which command is answered.");
                } else if (isNil()) {
                    part(at() + 3, "NIL", "Nothing that was found is in the window.");
                } else if (isNumber() || peek() == '-') {
                    window(uid);
                } else {
                    word("search option", "search");
                }
            });
        } else if (isNumber()) {
            if (before().endsWith("COUNT ")) {
                number("count", "");
            } else if (before().endsWith("MODSEQ ")) {
                number("modification sequence", "");
            } else {
                set(uid);
            }
        } else {
            word("search option", "search");
        }
    }

    private void window(boolean uid) {
        if (before().endsWith("PARTIAL (")) {
            part(run(c -> c >= '0' && c <= '9' || c == ':' || c == '-'), "window", "");
        } else {
            set(uid);
        }
    }

    private void vanished() {
        if (peek() == '(') {
            list(() -> word("modifier", "metadata"));
        } else {
            part(run(c -> c >= '0' && c <= '9' || c == ':' || c == ','), "UID set", "These are gone.");
        }
    }

    // quota-list = "(" quota-resource *(SP quota-resource) ")", quota-resource = name SP usage SP limit
    private void quotaList() {
        var limit = new boolean[1];
        list(() -> {
            if (isNumber()) {
                number("quota number", limit[0] ? "limit" : "usage", limit[0] ? "So much is allowed."
                        : "So much is used.");
                limit[0] = !limit[0];
            } else {
                word("quota resource", "quota");
                limit[0] = false;
            }
        });
    }

    private void metadata() {
        then(this::mailbox);
        space();
        if (peek() == '(') {
            var entry = new boolean[] { true };
            list(() -> {
                string(entry[0] ? "metadata entry" : "metadata value", "");
                entry[0] = !entry[0];
            });
        } else {
            each(() -> string("metadata entry", "Its value has changed."));
        }
    }

    private void id() {
        var field = new boolean[] { true };
        list(() -> {
            string(field[0] && !isNil() ? "ID field" : "ID value", "");
            field[0] = !field[0];
        });
    }

    private void rights(String... parts) {
        then(this::mailbox);
        for (var i = 0; !atLineEnd(); i++) {
            var part = parts[i % parts.length];
            then(() -> string(part, ""));
        }
    }
}
