package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.mailscope.server.imap.command.Dialect;

/**
 * Reads a server's responses by the letter of the grammar (RFC 3501 section 9, RFC 9051 section 9, and what extensions
 * add), knows nothing of the encoder, and fails at the first octet that does not fit. A session's responses are read
 * one after the other: what ENABLED tells changes what may follow.
 *
 * <p>
 * What is read is plain: an atom or a number is a String, a string is octets, NIL is null, a parenthesized list is a
 * List, FETCH's items are a Map by name.
 */
final class ResponseGrammar extends ResponseTokens {
    /**
     * One response.
     *
     * @param tag    the command's; {@code *} for untagged ones, {@code +} for a continuation
     * @param kind   OK, EXISTS, FETCH and the like
     * @param number the number before the kind; 0 for none
     * @param data   what follows the kind
     * @param code   the name of the response code; empty for none
     * @param about  what follows the name of the code
     */
    record Read(String tag, String kind, long number, Object data, String code, List<Object> about) {
    }

    private static final Set<String> BARE_CODES = Set.of("ALERT", "PARSE", "READ-ONLY", "READ-WRITE", "TRYCREATE",
            "UIDNOTSTICKY", "UNAVAILABLE", "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED",
            "CONTACTADMIN", "NOPERM", "INUSE", "EXPUNGEISSUED", "CORRUPTION", "SERVERBUG", "CLIENTBUG", "CANNOT",
            "LIMIT", "OVERQUOTA", "ALREADYEXISTS", "NONEXISTENT", "CLOSED", "HASCHILDREN", "UNKNOWN-CTE", "USEATTR",
            "NOTSAVED", "TOOBIG", "COMPRESSIONACTIVE", "NOTIFICATIONOVERFLOW");
    private static final Set<String> STATES = Set.of("\\NONEXISTENT", "\\NOSELECT", "\\MARKED", "\\UNMARKED");

    private boolean rev2;

    /** The next response, which must be there. */
    Read next() {
        if (take("+")) {
            space();
            var text = line();
            end();
            return new Read("+", "", 0, text, "", List.of());
        }
        var tag = take("*") ? "*" : atomOf(TAG, "a tag");
        space();
        var number = Character.isDigit(peek()) ? number() : 0;
        if (number > 0 || tag.equals("*") && last() == '0') {
            space();
            return numbered(number);
        }
        var kind = atomOf(ATOM, "a response").toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "OK", "NO", "BAD" -> status(tag, kind);
            case "BYE", "PREAUTH" -> status(untagged(tag), kind);
            default -> {
                untagged(tag);
                var data = data(kind);
                end();
                yield new Read(tag, kind, 0, data, "", List.of());
            }
        };
    }

    private String untagged(String tag) {
        check(tag.equals("*"), "this is never tagged");
        return tag;
    }

    // message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att)); mailbox-data =/ number SP "EXISTS"
    private Read numbered(long number) {
        var kind = atomOf(ATOM, "what the number is of");
        Object data = null;
        switch (kind) {
            case "EXISTS" -> {
                // any number
            }
            case "RECENT" -> check(!rev2, "IMAP4rev2 has no RECENT");
            case "EXPUNGE" -> check(number > 0, "a message's number is not 0");
            case "FETCH" -> {
                check(number > 0, "a message's number is not 0");
                space();
                data = new FetchGrammar(this, rev2).items();
            }
            default -> throw wrong("no such response: " + kind);
        }
        end();
        return new Read("*", kind, number, data, "", List.of());
    }

    // resp-text = ["[" resp-text-code "]" SP] text
    private Read status(String tag, String kind) {
        space();
        var code = "";
        List<Object> about = List.of();
        if (take("[")) {
            code = atomOf(ATOM, "a response code");
            about = about(code);
            require("]");
            space();
        }
        check(peek() != '[', "a text that looks like a code");
        var text = line();
        check(!text.isEmpty(), "an empty text");
        end();
        return new Read(tag, kind, 0, text, code, about);
    }

    private List<Object> about(String code) {
        if (BARE_CODES.contains(code)) {
            return List.of();
        }
        if (code.equals("BADCHARSET") && peek() == ']') {
            return List.of();
        }
        var about = new ArrayList<Object>();
        space();
        switch (code) {
            case "CAPABILITY" -> about.addAll(capabilities());
            case "BADCHARSET" -> about.add(list(this::astring));
            case "BADEVENT" -> about.add(list(() -> atomOf(ATOM, "an event")));
            case "PERMANENTFLAGS" -> about.add(mayBeEmpty(() -> take("\\*") ? "\\*" : flag(false)));
            case "UIDNEXT", "UIDVALIDITY", "UNSEEN" -> about.add(nzNumber());
            case "HIGHESTMODSEQ" -> about.add(number63(1));
            case "MODIFIED" -> about.add(set());
            case "MAILBOXID" -> about.add(list(this::objectId));
            case "APPENDUID" -> {
                about.add(nzNumber());
                space();
                about.add(set());
            }
            case "COPYUID" -> {
                about.add(nzNumber());
                space();
                about.add(set());
                space();
                about.add(set());
            }
            case "METADATA" -> {
                var what = atomOf(ATOM, "LONGENTRIES, MAXSIZE, TOOMANY or NOPRIVATE");
                about.add(what);
                if (what.equals("LONGENTRIES") || what.equals("MAXSIZE")) {
                    space();
                    about.add(number());
                } else {
                    check(what.equals("TOOMANY") || what.equals("NOPRIVATE"), "no such code: METADATA " + what);
                }
            }
            case "BADURL" -> about.add(latin1(quoted()));
            case "INPROGRESS" -> {
                require("(");
                about.add(nil() ? null : quoted());
                space();
                about.add(nil() ? null : number());
                space();
                about.add(nil() ? null : nzNumber());
                require(")");
            }
            default -> throw wrong("no such code: " + code);
        }
        return about;
    }

    private Object data(String kind) {
        switch (kind) {
            case "SEARCH", "SORT" -> {
                return new SearchGrammar(this).numbers();
            }
            case "THREAD" -> {
                return new SearchGrammar(this).threads();
            }
            case "ESEARCH" -> {
                return new SearchGrammar(this).extendedSearch();
            }
            case "CAPABILITY" -> {
                space();
                var all = capabilities();
                check(all.contains("IMAP4rev1") || all.contains("IMAP4rev2"), "no IMAP4rev1 among capabilities");
                return all;
            }
            case "ENABLED" -> {
                return enabled();
            }
            default -> {
                space();
                return arguments(kind);
            }
        }
    }

    private Object arguments(String kind) {
        return switch (kind) {
            case "FLAGS" -> mayBeEmpty(() -> flag(false));
            case "LIST", "LSUB" -> listed();
            case "STATUS" -> {
                var name = mailbox();
                space();
                yield List.of(name, statusItems());
            }
            case "VANISHED" -> {
                var earlier = take("(EARLIER) ");
                yield List.of(earlier, set());
            }
            case "NAMESPACE" -> {
                var three = new ArrayList<Object>();
                three.add(namespaces());
                space();
                three.add(namespaces());
                space();
                three.add(namespaces());
                yield three;
            }
            case "ID" -> nil() ? List.of() : pairs(this::string, this::nstring);
            case "ACL" -> {
                mailbox();
                yield rest(() -> pair(this::astring, this::astring));
            }
            case "LISTRIGHTS" -> {
                mailbox();
                space();
                astring();
                space();
                astring();
                yield rest(this::astring);
            }
            case "MYRIGHTS" -> {
                mailbox();
                space();
                yield astring();
            }
            case "QUOTA" -> {
                astring();
                space();
                yield mayBeEmpty(() -> List.of(atomOf(ATOM, "a resource"), spaced(this::number64), spaced(
                        this::number64)));
            }
            case "QUOTAROOT" -> {
                mailbox();
                yield rest(this::astring);
            }
            case "METADATA" -> {
                mailbox();
                space();
                if (peek() == '(') {
                    yield pairs(this::astring, () -> take("~") ? literal(true) : nstring());
                }
                astring();
                yield rest(this::astring);
            }
            default -> throw wrong("no such response: " + kind);
        };
    }

    private List<Object> capabilities() {
        var all = new ArrayList<Object>();
        do {
            var name = atomOf(ATOM, "a capability");
            check(!all.contains(name), "twice: " + name);
            all.add(name);
        } while (take(" "));
        return all;
    }

    // response-data =/ "*" SP enable-data; enable-data = "ENABLED" *(SP capability)
    private List<Object> enabled() {
        var all = rest(() -> atomOf(ATOM, "a capability").toUpperCase(Locale.ROOT));
        rev2 |= all.contains("IMAP4REV2");
        if (rev2) {
            dialect(Dialect.REV2);
        } else if (all.contains("UTF8=ACCEPT")) {
            dialect(Dialect.UTF8);
        }
        return all;
    }

    // mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
    private Object listed() {
        var flags = mayBeEmpty(() -> flag(false));
        var upper = new HashSet<String>();
        flags.forEach(flag -> check(upper.add(((String) flag).toUpperCase(Locale.ROOT)), "twice: " + flag));
        upper.retainAll(STATES);
        check(upper.size() < 2, "two of " + STATES);
        space();
        check(nil() || quoted().length == 1, "a separator is one character");
        space();
        var name = mailbox();
        var more = new LinkedHashMap<String, Object>();
        if (take(" ")) {
            require("(");
            do {
                var tag = latin1(astring());
                space();
                more.put(tag.toUpperCase(Locale.ROOT), list(this::astring));
            } while (take(" "));
            require(")");
        }
        return List.of(flags, name, more);
    }

    private Map<String, Object> statusItems() {
        var items = new LinkedHashMap<String, Object>();
        for (var item : mayBeEmpty(() -> {
            var name = atomOf(ATOM, "a STATUS item");
            space();
            return List.of(name, switch (name) {
                case "MESSAGES", "RECENT", "UNSEEN", "DELETED" -> number();
                case "UIDNEXT", "UIDVALIDITY" -> nzNumber();
                case "SIZE", "DELETED-STORAGE", "HIGHESTMODSEQ" -> number64();
                case "APPENDLIMIT" -> nil() ? "" : number64();
                case "MAILBOXID" -> list(this::objectId);
                default -> throw wrong("no such item: " + name);
            });
        })) {
            var pair = (List<?>) item;
            check(items.put((String) pair.getFirst(), pair.getLast()) == null, "twice: " + pair.getFirst());
        }
        return items;
    }

    // nil / "(" 1*("(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) ")") ")"
    private Object namespaces() {
        if (nil()) {
            return List.of();
        }
        var all = new ArrayList<Object>();
        require("(");
        do {
            require("(");
            all.add(latin1(string()));
            space();
            check(nil() || quoted().length == 1, "a separator is one character");
            require(")");
        } while (peek() == '(');
        require(")");
        return all;
    }
}
