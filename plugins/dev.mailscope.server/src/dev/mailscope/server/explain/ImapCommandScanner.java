package dev.mailscope.server.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.mailscope.server.imap.command.ImapVerb;

/** What a client says over IMAP (RFC 9051 section 6): the arguments of each command, part by part. */
final class ImapCommandScanner extends ImapKeyScanner {
    private static final Set<String> PARTS = Set.of("TEXT", "UTF8", "URL");
    private static final Map<String, Consumer<ImapCommandScanner>> ARGUMENTS = new HashMap<>();

    static {
        for (var name : new String[] { "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "NAMESPACE", "IDLE", "CHECK",
                "CLOSE", "UNSELECT", "EXPUNGE" }) {
            ARGUMENTS.put(name, in -> { });
        }
        ARGUMENTS.put("ID", in -> in.then(in::id));
        ARGUMENTS.put("ENABLE", in -> in.each(() -> in.word("capability", "capability")));
        ARGUMENTS.put("AUTHENTICATE", ImapCommandScanner::authenticate);
        ARGUMENTS.put("LOGIN", in -> in.each("user name", "secret"));
        ARGUMENTS.put("COMPRESS", in -> in.each("compression algorithm"));
        ARGUMENTS.put("SELECT", ImapCommandScanner::select);
        ARGUMENTS.put("EXAMINE", ImapCommandScanner::select);
        ARGUMENTS.put("CREATE", in -> {
            in.then(in::mailbox);
            in.then(() -> in.list(in::createParameter));
        });
        for (var name : new String[] { "DELETE", "SUBSCRIBE", "UNSUBSCRIBE", "GETQUOTAROOT", "GETACL", "MYRIGHTS" }) {
            ARGUMENTS.put(name, in -> in.then(in::mailbox));
        }
        ARGUMENTS.put("RENAME", in -> {
            in.then(in::mailbox);
            in.then(in::mailbox);
        });
        ARGUMENTS.put("LIST", ImapCommandScanner::listMailboxes);
        ARGUMENTS.put("LSUB", ImapCommandScanner::listMailboxes);
        ARGUMENTS.put("STATUS", in -> {
            in.then(in::mailbox);
            in.then(() -> in.list(() -> in.word("STATUS item", "status")));
        });
        ARGUMENTS.put("GETQUOTA", in -> in.each("quota root"));
        ARGUMENTS.put("SETQUOTA", in -> {
            in.then(() -> in.string("quota root", ""));
            in.then(() -> in.list(in::quotaLimit));
        });
        ARGUMENTS.put("GETMETADATA", in -> in.each(in::metadata));
        ARGUMENTS.put("SETMETADATA", in -> {
            in.then(in::mailbox);
            in.then(in::metadataValues);
        });
        ARGUMENTS.put("SETACL", in -> in.acl("identifier", "access right"));
        ARGUMENTS.put("DELETEACL", in -> in.acl("identifier"));
        ARGUMENTS.put("LISTRIGHTS", in -> in.acl("identifier"));
        ARGUMENTS.put("APPEND", in -> {
            in.then(in::mailbox);
            in.each(in::appended);
        });
        ARGUMENTS.put("NOTIFY", in -> in.each(in::notifyPart));
        ARGUMENTS.put("SEARCH", ImapCommandScanner::search);
        ARGUMENTS.put("SORT", ImapCommandScanner::sort);
        ARGUMENTS.put("THREAD", ImapCommandScanner::thread);
        ARGUMENTS.put("FETCH", ImapCommandScanner::fetch);
        ARGUMENTS.put("STORE", ImapCommandScanner::store);
        ARGUMENTS.put("COPY", ImapCommandScanner::toFolder);
        ARGUMENTS.put("MOVE", ImapCommandScanner::toFolder);
        ARGUMENTS.put("REPLACE", in -> {
            in.toFolder();
            in.each(in::appended);
        });
        ARGUMENTS.put("UID EXPUNGE", in -> in.then(() -> in.set(true)));
    }

    private boolean uid;

    ImapCommandScanner(Line line, Context context) {
        super(line, context);
    }

    /** The commands whose arguments are known. */
    static Set<String> commands() {
        return Set.copyOf(ARGUMENTS.keySet());
    }

    /** Takes the whole command, its literals included. */
    void command() {
        if (context.command().equals("AUTHENTICATE") && peek() == -2 || isAnswerOfExchange()) {
            restOfLine("SASL data", "");
            end();
            return;
        }
        if (context.command().equals("IDLE") && follows("DONE") && !isAtom(peek(4))) {
            part(at() + 4, "DONE", "");
            end();
            return;
        }
        if (!secret("")) {
            part(run(c -> isAtom(c) || c == ']'), "tag", "");
        }
        space();
        verb();
        end();
    }

    private boolean isAnswerOfExchange() {
        return context.command().equals("AUTHENTICATE") && !text(at(), run(c -> c >= ' ')).contains(" ");
    }

    private void verb() {
        var end = run(ImapScanner::isAtom);
        var name = text(at(), end).toUpperCase(Locale.ROOT);
        if (name.equals("UID") && peek(end - at()) == ' ') {
            var from = at();
            for (end++; isAtom(peek(end - from)); end++) {
                // the word behind UID belongs to it
            }
            name = "UID " + text(from + 4, end).toUpperCase(Locale.ROOT);
            uid = true;
        }
        var verb = ImapVerb.named(name);
        var general = terms.find("part", "command").orElseThrow();
        if (end > at()) {
            add(end, "command " + name, verb == null ? general.text() : verb.syntax(), verb == null
                    ? "Mailscope does not know this command." : verb.explanation(), verb == null ? general.reference()
                    : verb.reference());
        }
        var arguments = ARGUMENTS.get(name);
        if (arguments == null && uid) {
            arguments = ARGUMENTS.get(name.substring(4));
        }
        if (arguments != null) {
            arguments.accept(this);
        }
    }

    private void acl(String... parts) {
        then(this::mailbox);
        each(parts);
    }

    // id-params-list = "(" *(string SP nstring) ")" / nil
    private void id() {
        var field = new boolean[] { true };
        list(() -> {
            if (field[0] && !isNil()) {
                var name = text(at() + 1, run(c -> c > ' ' && c != ')')).replaceAll("\".*", "");
                string("ID field", terms.find("id", name).map(Terms.Term::text).orElse(""));
            } else {
                string("ID value", "");
            }
            field[0] = !field[0];
        });
    }

    private void authenticate() {
        then(() -> word("SASL mechanism", "mechanism"));
        then(() -> restOfLine("SASL data", ""));
    }

    private void select() {
        then(this::mailbox);
        then(() -> list(() -> {
            if (isNumber() || peek() == '(') {
                resync();
            } else {
                word("parameter", "parameter");
            }
        }));
    }

    // "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
    private void resync() {
        var place = new int[1];
        list(() -> {
            if (peek() == '(') {
                var second = new boolean[1];
                list(() -> {
                    set(second[0]);
                    second[0] = true;
                });
                return;
            }
            switch (place[0]++) {
                case 0 -> number("UIDVALIDITY value", "What the client remembers.");
                case 1 -> number("modification sequence", "Up to there the client knows what has changed.");
                default -> set(true);
            }
        });
    }

    private void createParameter() {
        if (peek() == '(' || peek() == '\\') {
            list(() -> attribute("folder attribute"));
        } else {
            word("parameter", "parameter");
        }
    }

    private void attribute(String part) {
        term(run(c -> isAtom(c) || c == '\\'), part, "attribute", text(at(), run(c -> isAtom(c) || c == '\\')), "");
    }

    // list = "LIST" [SP "(" options ")"] SP mailbox SP (list-mailbox / "(" patterns ")") [SP "RETURN" SP "(" … ")"]
    private void listMailboxes() {
        space();
        if (peek() == '(') {
            list(this::listOption);
            space();
        }
        guarded(() -> string("reference", ""));
        then(() -> list(() -> string("folder pattern", "")));
        then(() -> word("LIST option", "list"));
        then(() -> list(this::listOption));
    }

    private void listOption() {
        if (peek() == '(') {
            list(() -> {
                if (peek() == '/' || peek() == '"' || peek() == '{') {
                    string("metadata entry", "");
                } else {
                    word("STATUS item", "status");
                }
            });
        } else {
            word("LIST option", "list");
        }
    }

    private void quotaLimit() {
        if (isNumber()) {
            number("number", "limit", "So much is to be allowed at most.");
        } else {
            word("quota resource", "quota");
        }
    }

    private void metadata() {
        if (peek() == '(') {
            list(() -> {
                if (peek() == '/' || peek() == '"' || peek() == '{') {
                    string("metadata entry", "");
                } else if (isNumber()) {
                    number("number", "");
                } else {
                    word("metadata option", "metadata");
                }
            });
        } else if (peek() == '/' || text(at(), at() + 2).equals("\"/")) {
            string("metadata entry", "");
        } else {
            mailbox();
        }
    }

    private void metadataValues() {
        var entry = new boolean[] { true };
        list(() -> {
            string(entry[0] ? "metadata entry" : "metadata value", "");
            entry[0] = !entry[0];
        });
    }

    // append-message = [SP flag-list] [SP date-time] SP literal
    private void appended() {
        if (peek() == '(') {
            list(this::appendedElement);
        } else if (peek() == '"') {
            string("date and time", "The internal date that the message is to have.");
        } else if (peek() == '{' || peek() == '~') {
            literalMessage();
        } else if (!isNumber()) {
            term(run(ImapScanner::isAtom), "parameter", "parameter", word(ImapScanner::isAtom), "");
        }
    }

    // cat-part = text-literal / url; text-literal = "TEXT" SP literal; url = "URL" SP astring
    private void appendedElement() {
        if (before().endsWith("URL ")) {
            string("URL", "");
        } else if (peek() == '(') {
            list(this::appendedElement);
        } else if (peek() == '{' || peek() == '~') {
            literalMessage();
        } else if (PARTS.contains(word(ImapScanner::isAtom))) {
            part(run(ImapScanner::isAtom), "CATENATE part", "");
        } else {
            flag();
        }
    }

    private void literalMessage() {
        string("message text", "message", "");
    }

    private void notifyPart() {
        if (peek() == '(') {
            list(this::notifyPart);
        } else if (peek() == '"' || peek() == '{') {
            mailbox();
        } else {
            var name = text(at(), run(ImapScanner::isWide));
            if (terms.find("item", name.replaceAll("\\[.*", "")).isPresent()) {
                itemName();
            } else {
                term(run(ImapScanner::isWide), terms.find("notify", name).isPresent() ? "NOTIFY event" : "folder name",
                        "notify", name, "", "");
            }
        }
    }

    private void fetch() {
        then(() -> set(uid));
        then(() -> list(this::item));
        then(() -> list(this::modifier));
    }

    private void item() {
        if (peek() == '(') {
            list(this::modifier);
        } else {
            itemName();
        }
    }

    private void modifier() {
        if (isNumber() && before().endsWith("PARTIAL ") || peek() == '-') {
            part(run(c -> c >= '0' && c <= '9' || c == ':' || c == '-'), "window", "");
        } else if (isNumber()) {
            number("modification sequence", "");
        } else {
            word("modifier", "modifier");
        }
    }

    private void store() {
        then(() -> set(uid));
        space();
        if (peek() == '(') {
            list(this::modifier);
            space();
        }
        guarded(() -> word("STORE action", "store"));
        space();
        if (peek() == '(') {
            list(this::flag);
        } else {
            each(this::flag);
        }
    }

    private void toFolder() {
        then(() -> set(uid));
        then(this::mailbox);
    }
}
