package dev.mailscope.server.imap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the items of a FETCH response, by the letter of RFC 3501 section 9 and of the extensions' grammars. */
final class FetchGrammar {
    private final ResponseTokens in;
    private final boolean rev2;

    FetchGrammar(ResponseTokens in, boolean rev2) {
        this.in = in;
        this.rev2 = rev2;
    }

    // msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP …) ")"
    Map<String, Object> items() {
        var items = new LinkedHashMap<String, Object>();
        in.require("(");
        do {
            var name = itemName();
            in.space();
            in.check(!items.containsKey(name), "twice: " + name);
            items.put(name, item(name));
        } while (in.take(" "));
        in.require(")");
        return items;
    }

    private Object item(String name) {
        return switch (name) {
            case "FLAGS" -> in.mayBeEmpty(() -> in.flag(true));
            case "UID" -> in.nzNumber();
            case "INTERNALDATE" -> in.dateTime();
            case "SAVEDATE" -> in.nil() ? null : in.dateTime();
            case "RFC822.SIZE" -> in.number64();
            case "MODSEQ" -> in.list(() -> in.number63(1));
            case "EMAILID" -> in.list(in::objectId);
            case "THREADID" -> in.nil() ? null : in.list(in::objectId);
            case "ENVELOPE" -> new StructureGrammar(in).envelope();
            case "BODY" -> new StructureGrammar(in).body(false, rev2);
            case "BODYSTRUCTURE" -> new StructureGrammar(in).body(true, rev2);
            case "RFC822", "RFC822.HEADER", "RFC822.TEXT", "PREVIEW" -> in.nstring();
            default -> {
                if (name.startsWith("BINARY.SIZE[")) {
                    yield in.number();
                }
                if (name.startsWith("BINARY[") && in.take("~")) {
                    yield in.literal(true);
                }
                in.check(name.startsWith("BODY[") || name.startsWith("BINARY["), "no such item: " + name);
                yield in.nstring();
            }
        };
    }

    // "BODY" section ["<" number ">"]; section = "[" [section-spec] "]"
    private String itemName() {
        var from = in.position();
        in.atomOf(ResponseTokens.ATOM_WITHOUT_BRACKET, "a FETCH item");
        if (in.take("[")) {
            section();
            in.require("]");
            if (in.take("<")) {
                in.number();
                in.require(">");
            }
        }
        return in.since(from);
    }

    private void section() {
        if (in.peek() == ']') {
            return;
        }
        while (Character.isDigit(in.peek())) {
            in.nzNumber();
            if (!in.take(".")) {
                return;
            }
        }
        var text = in.atomOf(ResponseTokens.ATOM, "a section");
        if (text.startsWith("HEADER.FIELDS")) {
            in.check(text.equals("HEADER.FIELDS") || text.equals("HEADER.FIELDS.NOT"), "no such section: " + text);
            in.space();
            in.list(in::astring);
        } else {
            in.check(Set.of("HEADER", "TEXT", "MIME").contains(text), "no such section: " + text);
        }
    }
}
