package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.imap.command.ListOptions.Result;
import dev.mailscope.server.imap.command.ListOptions.Selection;

/** LIST with its options (RFC 5258 section 6, RFC 9051 section 9) and LSUB. */
final class ListSyntax {
    private static final String REFERENCE = "a reference, which may be \"\",";
    private static final String PATTERN = "a pattern such as *";
    private static final String SELECTION = "one of SUBSCRIBED, REMOTE, RECURSIVEMATCH and SPECIAL-USE";
    private static final String ENTRIES = "entries such as /shared/comment in parentheses";
    private static final String RESULT = "one of SUBSCRIBED, CHILDREN, SPECIAL-USE, STATUS, METADATA and MYRIGHTS";

    private ListSyntax() {
    }

    /** What the return options ask for, filled as they are read. */
    private record Wanted(Set<Result> results, Set<StatusItem> status, Set<String> metadata) {
    }

    // list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
    static ImapCommand list(CommandReader in) {
        in.space(REFERENCE);
        var extended = false;
        Set<Selection> selection = Set.of();
        if (in.peek() == '(') {
            extended = true;
            selection = selection(in);
            in.space(REFERENCE);
        }
        var reference = in.mailboxText(in.astring(REFERENCE));
        in.space(PATTERN);
        List<String> patterns;
        if (in.peek() == '(') {
            extended = true;
            patterns = patterns(in);
        } else {
            patterns = List.of(pattern(in));
        }
        var wanted = new Wanted(EnumSet.noneOf(Result.class), new LinkedHashSet<>(), new LinkedHashSet<>());
        if (in.skip(' ')) {
            extended = true;
            results(in, wanted);
        }
        return new ImapCommand.ListMailboxes(reference, patterns, extended ? new ListOptions(selection,
                wanted.results, List.copyOf(wanted.status), List.copyOf(wanted.metadata)) : null);
    }

    // lsub = "LSUB" SP mailbox SP list-mailbox
    static ImapCommand lsub(CommandReader in) {
        in.space(REFERENCE);
        var reference = in.mailboxText(in.astring(REFERENCE));
        in.space(PATTERN);
        return new ImapCommand.ListSubscribed(reference, pattern(in));
    }

    // list-select-opts = "(" [(*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)) / …] ")"
    private static Set<Selection> selection(CommandReader in) {
        var start = in.offset();
        var options = EnumSet.noneOf(Selection.class);
        in.require('(', "selection options in parentheses");
        if (in.skip(')')) {
            return options;
        }
        do {
            var from = in.offset();
            var word = in.name();
            options.add(Arrays.stream(Selection.values()).filter(option -> option.wireName().equals(word)).findFirst()
                    .orElseThrow(() -> word.isEmpty() ? in.expected(SELECTION) : in.unexpectedWord(SELECTION, from)));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        // SUBSCRIBED is the one base option; SPECIAL-USE is an independent one (RFC 6154 section 6).
        if (options.contains(Selection.RECURSIVEMATCH) && !options.contains(Selection.SUBSCRIBED)) {
            throw new SyntaxError("expected SUBSCRIBED beside RECURSIVEMATCH, found none", start, in.offset() - start);
        }
        return options;
    }

    // patterns = "(" list-mailbox *(SP list-mailbox) ")"
    private static List<String> patterns(CommandReader in) {
        in.require('(', PATTERN);
        var patterns = new ArrayList<String>(2);
        do {
            patterns.add(pattern(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return patterns;
    }

    private static String pattern(CommandReader in) {
        return in.mailboxText(in.listPattern(PATTERN));
    }

    // list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"
    private static void results(CommandReader in, Wanted wanted) {
        var from = in.offset();
        if (!in.name().equals("RETURN")) {
            throw in.offset() == from ? in.expected("RETURN or the end of the command")
                    : in.unexpectedWord("RETURN or the end of the command", from);
        }
        in.space("return options in parentheses");
        in.require('(', "return options in parentheses");
        if (in.skip(')')) {
            return;
        }
        do {
            result(in, wanted);
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
    }

    // return-option = "SUBSCRIBED" / "CHILDREN" / status-option / "SPECIAL-USE" / "MYRIGHTS"
    //                 / "METADATA" SP "(" entry *(SP entry) ")"
    private static void result(CommandReader in, Wanted wanted) {
        var from = in.offset();
        var word = in.name();
        if (word.equals("STATUS")) {
            in.space(MailboxSyntax.STATUS_ITEMS);
            wanted.status.addAll(MailboxSyntax.statusItems(in));
            return;
        }
        if (word.equals("METADATA")) {
            in.space(ENTRIES);
            if (in.peek() != '(') {
                throw in.expected(ENTRIES);
            }
            wanted.metadata.addAll(MetadataSyntax.entries(in));
            return;
        }
        wanted.results.add(Arrays.stream(Result.values()).filter(result -> result.wireName().equals(word)).findFirst()
                .orElseThrow(() -> word.isEmpty() ? in.expected(RESULT) : in.unexpectedWord(RESULT, from)));
    }
}
