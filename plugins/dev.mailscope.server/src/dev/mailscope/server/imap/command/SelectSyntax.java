package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;

/** SELECT and EXAMINE with their parameters (RFC 4466 section 2.1, RFC 7162 section 7), and ENABLE (RFC 5161). */
final class SelectSyntax {
    private static final String PARAMETER = "CONDSTORE or QRESYNC";

    private SelectSyntax() {
    }

    // enable = "ENABLE" 1*(SP capability)
    static ImapCommand enable(CommandReader in) {
        var names = new LinkedHashSet<String>();
        do {
            in.space("the name of an extension");
            var name = in.name();
            if (name.isEmpty()) {
                throw in.expected("the name of an extension");
            }
            names.add(name);
        } while (in.peek() == ' ');
        return new ImapCommand.Enable(new ArrayList<>(names));
    }

    // select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]
    static ImapCommand select(CommandReader in, boolean readOnly) {
        var folder = MailboxSyntax.folder(in);
        var condstore = false;
        QuickResync resync = null;
        if (in.skip(' ')) {
            in.require('(', "the end of the command, or parameters in parentheses");
            do {
                var from = in.offset();
                switch (in.word()) {
                    case "CONDSTORE" -> condstore = true;
                    case "QRESYNC" -> {
                        if (resync != null) {
                            throw in.unexpectedWord("QRESYNC once", from);
                        }
                        resync = resync(in);
                    }
                    case "" -> throw in.expected(PARAMETER);
                    default -> throw in.unexpectedWord(PARAMETER, from);
                }
            } while (in.skip(' '));
            in.require(')', "a space or a closing parenthesis");
        }
        return new ImapCommand.Select(folder, readOnly, condstore, resync);
    }

    // "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
    private static QuickResync resync(CommandReader in) {
        in.space("what is known of the folder, in parentheses");
        in.require('(', "what is known of the folder, in parentheses");
        var uidValidity = in.number(1, "a UIDVALIDITY");
        in.space("a modification sequence");
        var modSeq = in.modSeq(1);
        SequenceSet uids = null;
        SequenceSet sequences = null;
        SequenceSet matching = null;
        if (in.skip(' ')) {
            if (in.peek() != '(') {
                uids = in.numbers("a set of UIDs");
            }
            if (uids == null || in.skip(' ')) {
                // seq-match-data = "(" known-sequence-set SP known-uid-set ")"
                in.require('(', "sequence numbers and their UIDs in parentheses");
                sequences = in.numbers("a set of sequence numbers");
                in.space("the set of their UIDs");
                matching = in.numbers("the set of their UIDs");
                in.require(')', "a closing parenthesis");
            }
        }
        in.require(')', "a closing parenthesis");
        return new QuickResync(uidValidity, modSeq, uids, sequences, matching);
    }
}
