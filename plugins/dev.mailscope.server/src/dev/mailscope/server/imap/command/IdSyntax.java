package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** ID (RFC 2971). */
final class IdSyntax {
    private static final int MOST_FIELDS = 30;
    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_VALUE = 1024;
    private static final String FIELDS = "NIL or pairs of strings in parentheses";

    private IdSyntax() {
    }

    // id = "ID" SP id_params_list; id_params_list = "(" *(string SP nstring) ")" / nil
    static ImapCommand id(CommandReader in) {
        in.space(FIELDS);
        if (in.peek() != '(') {
            requireNil(in, FIELDS);
            return new ImapCommand.Id(List.of());
        }
        in.skip('(');
        var fields = new ArrayList<IdField>();
        if (in.peek() != ')') {
            var names = new HashSet<String>();
            do {
                fields.add(field(in, names));
                if (fields.size() > MOST_FIELDS) {
                    throw new SyntaxError("expected at most " + MOST_FIELDS + " fields, found more", in.offset(), 0);
                }
            } while (in.skip(' '));
        }
        in.require(')', "a space and another pair of strings, or a closing parenthesis");
        return new ImapCommand.Id(fields);
    }

    private static IdField field(CommandReader in, HashSet<String> names) {
        var name = in.string("the name of a field as a string");
        limit(in, name, LONGEST_NAME);
        var text = new String(name, StandardCharsets.UTF_8);
        if (!names.add(text.toLowerCase(Locale.ROOT))) {
            throw new SyntaxError("expected each field once, found one again", in.lastToken().offset(),
                    in.lastToken().length());
        }
        in.space("the value of the field");
        if (in.peek() != '"' && in.peek() != '{') {
            requireNil(in, "the value of the field as a string, or NIL");
            return new IdField(text, null);
        }
        var value = in.string("the value of the field as a string, or NIL");
        limit(in, value, LONGEST_VALUE);
        return new IdField(text, new String(value, StandardCharsets.UTF_8));
    }

    private static void limit(CommandReader in, byte[] value, int most) {
        if (value.length > most) {
            throw new SyntaxError("expected a string of at most " + most + " octets, found a longer one",
                    in.lastToken().offset(), 0);
        }
    }

    private static void requireNil(CommandReader in, String expected) {
        var from = in.offset();
        var word = in.word();
        if (!word.equals("NIL")) {
            throw word.isEmpty() ? in.expected(expected) : in.unexpectedWord(expected, from);
        }
    }
}
