package dev.mailscope.server.imap.command;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** The commands about folders (RFC 3501 section 6.3), and those that name messages and nothing but a folder. */
final class MailboxSyntax {
    private static final String FOLDER = "the name of a folder";
    private static final String ITEM = Arrays.stream(StatusItem.values()).map(Enum::name)
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

    // list = "LIST" SP mailbox SP list-mailbox
    static ImapCommand list(CommandReader in) {
        var reference = reference(in);
        return new ImapCommand.ListMailboxes(reference, pattern(in));
    }

    // lsub = "LSUB" SP mailbox SP list-mailbox
    static ImapCommand lsub(CommandReader in) {
        var reference = reference(in);
        return new ImapCommand.ListSubscribed(reference, pattern(in));
    }

    // status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
    static ImapCommand status(CommandReader in) {
        var folder = folder(in);
        in.space("items in parentheses");
        in.require('(', "items in parentheses");
        var items = new LinkedHashSet<StatusItem>();
        do {
            items.add(statusItem(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return new ImapCommand.Status(folder, List.copyOf(items));
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

    private static String reference(CommandReader in) {
        in.space("a reference, which may be \"\",");
        return in.mailboxText(in.astring("a reference, which may be \"\","));
    }

    private static String pattern(CommandReader in) {
        in.space("a pattern such as *");
        return in.mailboxText(in.listPattern("a pattern such as *"));
    }

    private static StatusItem statusItem(CommandReader in) {
        var from = in.offset();
        var word = in.word();
        if (word.isEmpty()) {
            throw in.expected(ITEM);
        }
        return Arrays.stream(StatusItem.values()).filter(item -> item.name().equals(word)).findFirst()
                .orElseThrow(() -> in.unexpectedWord(ITEM, from));
    }
}
