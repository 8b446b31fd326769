package dev.mailscope.server.imap.command;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;

/** STORE (RFC 3501 section 6.4.6), UID STORE, and the flags that APPEND names too. */
final class StoreSyntax {
    private static final String FLAG = "a flag such as \\Seen or a keyword";
    private static final List<String> SYSTEM = List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

    private StoreSyntax() {
    }

    // store = "STORE" SP sequence-set [SP "(" store-modifier *(SP store-modifier) ")"] SP store-att-flags
    static ImapCommand store(CommandReader in, boolean uid) {
        var set = MailboxSyntax.messages(in, uid);
        in.space("FLAGS, +FLAGS or -FLAGS");
        var unchangedSince = OptionalLong.empty();
        if (in.skip('(')) {
            // store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer
            var from = in.offset();
            if (!in.word().equals("UNCHANGEDSINCE")) {
                throw in.offset() == from ? in.expected("UNCHANGEDSINCE") : in.unexpectedWord("UNCHANGEDSINCE", from);
            }
            in.space("a modification sequence");
            unchangedSince = OptionalLong.of(in.modSeq(0));
            in.require(')', "a closing parenthesis");
            in.space("FLAGS, +FLAGS or -FLAGS");
        }
        return new ImapCommand.Store(uid, set, unchangedSince, storeFlags(in));
    }

    // store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
    private static StoreFlags storeFlags(CommandReader in) {
        var from = in.offset();
        var mode = in.skip('+') ? StoreFlags.Mode.ADD
                : in.skip('-') ? StoreFlags.Mode.REMOVE : StoreFlags.Mode.REPLACE;
        var name = in.word();
        var silent = name.equals("FLAGS.SILENT");
        if (!silent && !name.equals("FLAGS")) {
            throw name.isEmpty() ? in.expected("FLAGS, +FLAGS or -FLAGS, each with .SILENT or without,")
                    : in.unexpectedWord("FLAGS, +FLAGS or -FLAGS, each with .SILENT or without", from);
        }
        in.space("flags");
        if (in.peek() == '(') {
            return new StoreFlags(mode, silent, flagList(in));
        }
        var flags = new LinkedHashSet<String>();
        do {
            flags.add(flag(in));
        } while (in.skip(' '));
        return new StoreFlags(mode, silent, List.copyOf(flags));
    }

    // flag-list = "(" [flag *(SP flag)] ")"
    static List<String> flagList(CommandReader in) {
        in.require('(', "flags in parentheses");
        var flags = new LinkedHashSet<String>();
        if (in.peek() != ')') {
            do {
                flags.add(flag(in));
            } while (in.skip(' '));
        }
        in.require(')', flags.isEmpty() ? FLAG : "a space or a closing parenthesis");
        return List.copyOf(flags);
    }

    // flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
    private static String flag(CommandReader in) {
        var from = in.offset();
        if (!in.skip('\\')) {
            return in.atom(FLAG);
        }
        if (in.peek() == '*') {
            throw new SyntaxError("expected " + FLAG + ", found \\*, which only a server says", from, 2);
        }
        var name = "\\" + in.atom("the name of a system flag behind the backslash");
        if (name.equalsIgnoreCase("\\Recent")) {
            throw new SyntaxError("expected " + FLAG + ", found \\Recent, which only the server sets", from,
                    name.length());
        }
        return SYSTEM.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }
}
