package dev.mailscope.server.imap.command;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands about folders (RFC 3501 section 6.3), and those that name messages and nothing but a folder. */
final class MailboxSyntax {
    private static final String FOLDER = "the name of a folder";
    /** What must stand where STATUS items do. */
    static final String STATUS_ITEMS = "items in parentheses";
    private static final String ITEM = Arrays.stream(StatusItem.values()).map(StatusItem::wireName)
            .collect(Collectors.joining(", ", "one of ", ""));

    private MailboxSyntax() {
    }

    // select = "SELECT" SP mailbox, and all the others of that form
    static String folder(CommandReader in) {
        in.space(FOLDER);
        return in.mailbox(FOLDER);
    }

    // rename = "RENAME" SP mailbox SP mailbox
    static ImapCommand rename(CommandReader in) {
        var from = folder(in);
        in.space("the folder's new name");
        return new ImapCommand.Rename(from, in.mailbox("the folder's new name"));
    }

    // create = "CREATE" SP mailbox [SP "(" create-param *(SP create-param) ")"]
    static ImapCommand create(CommandReader in) {
        var folder = folder(in);
        var uses = new LinkedHashSet<String>();
        if (in.skip(' ')) {
            in.require('(', "the end of the command, or parameters in parentheses");
            do {
                uses(in, uses);
            } while (in.skip(' '));
            in.require(')', "a space or a closing parenthesis");
        }
        return new ImapCommand.Create(folder, List.copyOf(uses));
    }

    // create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")"
    private static void uses(CommandReader in, Set<String> uses) {
        var from = in.offset();
        var word = in.name();
        if (!word.equals("USE")) {
            throw word.isEmpty() ? in.expected("USE") : in.unexpectedWord("USE", from);
        }
        in.space("special uses in parentheses");
        in.require('(', "special uses in parentheses");
        if (in.skip(')')) {
            return;
        }
        do {
            in.require('\\', "a special use such as \\Sent");
            uses.add('\\' + in.atom("a special use such as \\Sent"));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
    }

    // status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
    static ImapCommand status(CommandReader in) {
        var folder = folder(in);
        in.space(STATUS_ITEMS);
        return new ImapCommand.Status(folder, statusItems(in));
    }

    // "(" status-att *(SP status-att) ")"
    /** Items in the client's order, each once. */
    static List<StatusItem> statusItems(CommandReader in) {
        in.require('(', STATUS_ITEMS);
        var items = new LinkedHashSet<StatusItem>();
        do {
            items.add(statusItem(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return List.copyOf(items);
    }

    // copy = "COPY" SP sequence-set SP mailbox
    static ImapCommand copy(CommandReader in, boolean uid) {
        var set = messages(in, uid);
        return new ImapCommand.Copy(uid, set, folder(in));
    }

    // move = "MOVE" SP sequence-set SP mailbox
    static ImapCommand move(CommandReader in, boolean uid) {
        var set = messages(in, uid);
        return new ImapCommand.Move(uid, set, folder(in));
    }

    /** The messages that a command is about. */
    static SequenceSet messages(CommandReader in, boolean uid) {
        var what = uid ? "a set of UIDs" : "a sequence set";
        in.space(what);
        return in.messages(what);
    }

    // uid-expunge = "UID" SP "EXPUNGE" SP sequence-set
    static ImapCommand uidExpunge(CommandReader in) {
        return new ImapCommand.UidExpunge(messages(in, true));
    }

    private static StatusItem statusItem(CommandReader in) {
        var from = in.offset();
        var word = in.name();
        if (word.isEmpty()) {
            throw in.expected(ITEM);
        }
        return Arrays.stream(StatusItem.values()).filter(item -> item.wireName().equals(word)).findFirst()
                .orElseThrow(() -> in.unexpectedWord(ITEM, from));
    }
}
