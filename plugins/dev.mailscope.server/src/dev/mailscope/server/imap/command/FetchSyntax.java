package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.mailscope.server.message.Section;

/** FETCH (RFC 3501 section 6.4.5) and UID FETCH. */
final class FetchSyntax {
    private static final String ITEM = "a FETCH item such as FLAGS, UID, ENVELOPE or BODY[]";
    private static final Map<String, FetchAttribute.Simple> SIMPLE = new HashMap<>();

    static {
        for (var attribute : FetchAttribute.Simple.values()) {
            SIMPLE.put(attribute.wireName(), attribute);
        }
    }

    private FetchSyntax() {
    }

    // fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
    static ImapCommand fetch(CommandReader in, boolean uid) {
        var set = MailboxSyntax.messages(in, uid);
        in.space(ITEM);
        var attributes = in.skip('(') ? list(in) : oneOrMacro(in);
        return new ImapCommand.Fetch(uid, set, attributes, in.skip(' ') ? modifier(in, uid) : FetchModifier.NONE);
    }

    // fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
    private static FetchModifier modifier(CommandReader in, boolean uid) {
        var expected = uid ? "CHANGEDSINCE, VANISHED or PARTIAL" : "CHANGEDSINCE";
        var changedSince = OptionalLong.empty();
        var vanished = false;
        PartialRange partial = null;
        var start = in.offset();
        in.require('(', "the end of the command, or modifiers in parentheses");
        do {
            var from = in.offset();
            var word = in.word();
            if (word.equals("CHANGEDSINCE")) {
                in.space("a modification sequence");
                changedSince = OptionalLong.of(in.modSeq(1));
            } else if (word.equals("VANISHED") && uid) {
                vanished = true;
            } else if (word.equals("PARTIAL") && uid && partial == null) {
                partial = SearchSyntax.partial(in);
            } else {
                throw word.isEmpty() ? in.expected(expected) : in.unexpectedWord(expected, from);
            }
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        if (vanished && changedSince.isEmpty()) {
            throw new SyntaxError("expected CHANGEDSINCE beside VANISHED, found none", start, in.offset() - start);
        }
        return new FetchModifier(changedSince, vanished, partial);
    }

    private static List<FetchAttribute> oneOrMacro(CommandReader in) {
        var from = in.offset();
        var word = in.word();
        var macro = FetchAttribute.MACROS.get(word);
        return macro == null ? List.of(attribute(in, word, from)) : macro;
    }

    // fetch-att *(SP fetch-att) ")"
    /** The items of a list whose parenthesis has been opened, in the client's order, each once; macros are none. */
    static List<FetchAttribute> list(CommandReader in) {
        var attributes = new LinkedHashSet<FetchAttribute>();
        do {
            var from = in.offset();
            var word = in.word();
            if (FetchAttribute.MACROS.containsKey(word)) {
                throw in.unexpectedWord("ALL, FAST and FULL only alone and without parentheses", from);
            }
            attributes.add(attribute(in, word, from));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return new ArrayList<>(attributes);
    }

    // fetch-att = "ENVELOPE" / … / "BODY" section ["<" number "." nz-number ">"] / "BODY.PEEK" section […]
    private static FetchAttribute attribute(CommandReader in, String word, int from) {
        var peek = word.equals("BODY.PEEK");
        if (in.peek() == '[' && (peek || word.equals("BODY"))) {
            in.skip('[');
            var section = section(in);
            in.require(']', "a closing bracket");
            return new FetchAttribute.BodySection(section, peek, partial(in));
        }
        if (in.peek() == '[' && word.startsWith("BINARY")) {
            return binary(in, word, from);
        }
        if (word.equals("PREVIEW")) {
            return new FetchAttribute.Preview(lazy(in));
        }
        var simple = SIMPLE.get(word);
        if (simple != null) {
            return simple;
        }
        if (peek) {
            throw in.expected("an opening bracket behind BODY.PEEK");
        }
        throw word.isEmpty() ? in.expected(ITEM) : in.unexpectedWord(ITEM, from);
    }

    // "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]; preview-mod = "LAZY"
    private static boolean lazy(CommandReader in) {
        var end = in.offset();
        if (!in.skip(' ') || !in.skip('(') || !in.word().equals("LAZY")) {
            // The next item, or the modifiers of the whole command.
            in.back(end);
            return false;
        }
        while (in.skip(' ')) {
            var from = in.offset();
            if (!in.word().equals("LAZY")) {
                throw in.unexpectedWord("LAZY", from);
            }
        }
        in.require(')', "a space or a closing parenthesis");
        return true;
    }

    // "BINARY" [".PEEK"] section-binary [partial] / "BINARY.SIZE" section-binary
    private static FetchAttribute binary(CommandReader in, String word, int from) {
        if (!word.equals("BINARY") && !word.equals("BINARY.PEEK") && !word.equals("BINARY.SIZE")) {
            throw in.unexpectedWord(ITEM, from);
        }
        in.skip('[');
        var at = in.offset();
        var section = section(in);
        if (section.text() != Section.Text.ALL) {
            throw new SyntaxError("expected the number of a part and no more behind " + word, at, in.offset() - at);
        }
        in.require(']', "a closing bracket");
        return word.equals("BINARY.SIZE") ? new FetchAttribute.BinarySize(section)
                : new FetchAttribute.Binary(section, word.equals("BINARY.PEEK"), partial(in));
    }

    // section-spec = section-msgtext / (section-part ["." section-text])
    /** Which octets of a message, up to the bracket behind that. */
    static Section section(CommandReader in) {
        var part = new ArrayList<Integer>(0);
        while (OctetClass.isDigit(in.peek())) {
            var from = in.offset();
            var number = in.number(1, "the number of a part");
            if (number > Integer.MAX_VALUE) {
                throw new SyntaxError("expected the number of a part, found one no message has", from,
                        in.offset() - from);
            }
            part.add((int) number);
            if (!in.skip('.')) {
                return new Section(part, Section.Text.ALL, List.of());
            }
        }
        if (part.isEmpty() && in.peek() == ']') {
            return Section.MESSAGE;
        }
        return sectionText(in, part);
    }

    // section-text = section-msgtext / "MIME"
    private static Section sectionText(CommandReader in, List<Integer> part) {
        var from = in.offset();
        var word = in.word();
        var text = switch (word) {
            case "HEADER" -> Section.Text.HEADER;
            case "HEADER.FIELDS" -> Section.Text.HEADER_FIELDS;
            case "HEADER.FIELDS.NOT" -> Section.Text.HEADER_FIELDS_NOT;
            case "TEXT" -> Section.Text.TEXT;
            case "MIME" -> {
                if (part.isEmpty()) {
                    throw in.unexpectedWord("the number of a part before MIME, as in BODY[1.MIME]", from);
                }
                yield Section.Text.MIME;
            }
            case "" -> throw in.expected("a section such as HEADER, TEXT or 1.2");
            default -> throw in.unexpectedWord("HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT, MIME or the number of"
                    + " a part", from);
        };
        var named = text == Section.Text.HEADER_FIELDS || text == Section.Text.HEADER_FIELDS_NOT;
        return new Section(part, text, named ? fields(in) : List.of());
    }

    // header-list = "(" header-fld-name *(SP header-fld-name) ")"
    private static List<String> fields(CommandReader in) {
        in.space("header field names in parentheses");
        in.require('(', "header field names in parentheses");
        var fields = new ArrayList<String>();
        do {
            fields.add(new String(in.astring("a header field name"), StandardCharsets.ISO_8859_1));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return fields;
    }

    private static FetchAttribute.Partial partial(CommandReader in) {
        if (!in.skip('<')) {
            return null;
        }
        var offset = in.number(0, "the first octet's number");
        in.require('.', "a dot and the number of octets");
        var length = in.number(1, "the number of octets");
        in.require('>', "a closing angle bracket");
        return new FetchAttribute.Partial(offset, length);
    }
}
