package dev.mailscope.server.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
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
                data = fetch();
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
            case "BADURL" -> about.add(quotedUrl());
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
                return numbers();
            }
            case "THREAD" -> {
                return threads();
            }
            case "ESEARCH" -> {
                return extendedSearch();
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

    // "SEARCH" [1*(SP nz-number) SP search-sort-mod-seq]
    private Object numbers() {
        var all = new ArrayList<Object>();
        while (take(" ")) {
            if (take("(MODSEQ ")) {
                check(!all.isEmpty(), "a modification sequence of nothing");
                number63(1);
                require(")");
                break;
            }
            all.add(nzNumber());
        }
        return all;
    }

    // "THREAD" [SP 1*thread-list]
    private Object threads() {
        var all = new ArrayList<Object>();
        if (take(" ")) {
            do {
                all.add(thread());
            } while (peek() == '(');
        }
        return all;
    }

    // thread-list = "(" (thread-members / thread-nested) ")"; thread-nested = 2*thread-list
    private Object thread() {
        var members = new ArrayList<Object>();
        require("(");
        if (peek() != '(') {
            do {
                members.add(nzNumber());
            } while (take(" ") && peek() != '(');
        }
        if (peek() == '(') {
            var nested = 0;
            while (peek() == '(') {
                members.add(thread());
                nested++;
            }
            check(nested > 1, "one thread nested alone");
        }
        require(")");
        return members;
    }

    // esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
    private Object extendedSearch() {
        var data = new LinkedHashMap<String, Object>();
        if (take(" (TAG ")) {
            data.put("TAG", latin1(string()));
            require(")");
        }
        if (take(" UID")) {
            data.put("UID", "");
        }
        while (take(" ")) {
            var name = atomOf(ATOM, "a result");
            space();
            check(data.put(name, switch (name) {
                case "MIN", "MAX" -> nzNumber();
                case "COUNT" -> number();
                case "ALL" -> set();
                case "MODSEQ" -> number63(1);
                case "PARTIAL" -> {
                    require("(");
                    take("-");
                    nzNumber();
                    require(":");
                    take("-");
                    nzNumber();
                    space();
                    var found = nil() ? List.of() : set();
                    require(")");
                    yield found;
                }
                default -> throw wrong("no such result: " + name);
            }) == null, "twice: " + name);
        }
        return data;
    }

    // msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP …) ")"
    private Map<String, Object> fetch() {
        var items = new LinkedHashMap<String, Object>();
        require("(");
        do {
            var name = itemName();
            space();
            check(!items.containsKey(name), "twice: " + name);
            items.put(name, item(name));
        } while (take(" "));
        require(")");
        return items;
    }

    private Object item(String name) {
        return switch (name) {
            case "FLAGS" -> mayBeEmpty(() -> flag(true));
            case "UID" -> nzNumber();
            case "INTERNALDATE" -> dateTime();
            case "SAVEDATE" -> nil() ? null : dateTime();
            case "RFC822.SIZE" -> number64();
            case "MODSEQ" -> list(() -> number63(1));
            case "EMAILID" -> list(this::objectId);
            case "THREADID" -> nil() ? null : list(this::objectId);
            case "ENVELOPE" -> new StructureGrammar(this).envelope();
            case "BODY" -> new StructureGrammar(this).body(false, rev2);
            case "BODYSTRUCTURE" -> new StructureGrammar(this).body(true, rev2);
            case "RFC822", "RFC822.HEADER", "RFC822.TEXT", "PREVIEW" -> nstring();
            default -> {
                if (name.startsWith("BINARY.SIZE[")) {
                    yield number();
                }
                if (name.startsWith("BINARY[") && take("~")) {
                    yield literal(true);
                }
                check(name.startsWith("BODY[") || name.startsWith("BINARY["), "no such item: " + name);
                yield nstring();
            }
        };
    }

    // "BODY" section ["<" number ">"]; section = "[" [section-spec] "]"
    private String itemName() {
        var from = position();
        atomOf(ATOM_WITHOUT_BRACKET, "a FETCH item");
        if (take("[")) {
            section();
            require("]");
            if (take("<")) {
                number();
                require(">");
            }
        }
        return since(from);
    }

    private void section() {
        if (peek() == ']') {
            return;
        }
        while (Character.isDigit(peek())) {
            nzNumber();
            if (!take(".")) {
                return;
            }
        }
        var text = atomOf(ATOM, "a section");
        if (text.startsWith("HEADER.FIELDS")) {
            check(text.equals("HEADER.FIELDS") || text.equals("HEADER.FIELDS.NOT"), "no such section: " + text);
            space();
            list(this::astring);
        } else {
            check(Set.of("HEADER", "TEXT", "MIME").contains(text), "no such section: " + text);
        }
    }

    // mailbox = "INBOX" / astring, in modified UTF-7, or in Net-Unicode
    private String mailbox() {
        var octets = astring();
        if (dialect() == Dialect.REV1) {
            var text = latin1(octets);
            check(text.chars().allMatch(c -> c >= ' ' && c <= '~'), "no modified UTF-7: " + text);
            return utf7(text);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            check(Normalizer.isNormalized(text, Normalizer.Form.NFC), "not in Normalization Form C: " + text);
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("no UTF-8: " + latin1(octets));
        }
    }

    private String utf7(String text) {
        var name = new StringBuilder();
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '&') {
                name.append(text.charAt(at));
                continue;
            }
            var end = text.indexOf('-', at);
            check(end > 0, "a shift without its end: " + text);
            name.append(end == at + 1 ? "&" : shifted(text.substring(at + 1, end)));
            check(end == at + 1 || !text.startsWith("&", end + 1) || text.startsWith("&-", end + 1),
                    "two shifts side by side: " + text);
            at = end;
        }
        return name.toString();
    }

    private String shifted(String base64) {
        var octets = Base64.getDecoder().decode(base64.replace(',', '/'));
        check(octets.length % 2 == 0 && Base64.getEncoder().withoutPadding().encodeToString(octets)
                .replace('/', ',').equals(base64), "not the one way to write it: " + base64);
        var part = new String(octets, StandardCharsets.UTF_16BE);
        check(part.chars().noneMatch(c -> c >= ' ' && c <= '~' || c == 0xFFFD), "a shift of what needs none: " + base64);
        return part;
    }
}
