package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ListOptions;
import dev.mailscope.server.imap.command.ListOptions.Result;
import dev.mailscope.server.imap.command.ListOptions.Selection;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.session.Limits;

/**
 * LIST with options (RFC 5258, RFC 9051 section 6.3.9), LIST-STATUS (RFC 5819), SPECIAL-USE (RFC 6154), LIST-METADATA
 * (RFC 9590), LIST-MYRIGHTS (RFC 8440). No folder is remote and none refuses to have others below it, so there is never
 * {@code \Remote} or {@code \Noinferiors}.
 */
final class ExtendedListing {
    private final Reach reach;
    private final Account account;
    private final ListOptions options;
    private final Limits limits;
    private final Enabled enabled;
    private final List<FolderPattern> patterns;
    private final List<FolderPattern> levels;

    ExtendedListing(Reach reach, ImapCommand.ListMailboxes command, Limits limits, Enabled enabled) {
        this.enabled = enabled;
        this.limits = limits;
        this.reach = reach;
        this.account = reach.visible().account();
        this.options = command.options();
        // Here an empty pattern asks for nothing (RFC 5258 section 3).
        this.patterns = command.patterns().stream().filter(pattern -> !pattern.isEmpty())
                .map(pattern -> new FolderPattern(command.reference(), pattern)).toList();
        this.levels = command.patterns().stream().filter(pattern -> pattern.endsWith("%"))
                .map(pattern -> new FolderPattern(command.reference(), pattern)).toList();
    }

    /** What is told, in the order of the names; each name once, its STATUS and METADATA behind it. */
    List<Response> responses() {
        var fitting = fitting();
        // Names that have some name below them that fits; and those of which such a name is not listed itself.
        var above = new TreeSet<String>();
        var aboveUnlisted = new TreeSet<String>();
        if (options.selects(Selection.RECURSIVEMATCH)) {
            for (var name : fitting) {
                var listed = matches(name);
                for (var parent = parent(name); parent != null; parent = parent(parent)) {
                    above.add(parent);
                    if (!listed) {
                        aboveUnlisted.add(parent);
                    }
                }
            }
        }
        var names = new TreeSet<>(fitting);
        // Whose fitting names below are all listed is not told of for their sake (RFC 5258 section 3.3).
        names.addAll(aboveUnlisted);
        if (options.selection().isEmpty()) {
            Listing.levels(account).stream().filter(name -> levels.stream().anyMatch(level -> level.matches(name)))
                    .forEach(names::add);
        }
        var responses = new ArrayList<Response>();
        for (var name : names) {
            if (matches(name)) {
                tell(name, fitting.contains(name), above.contains(name), responses);
            }
        }
        return responses;
    }

    /** The names that fit all selection options, whatever the patterns say. */
    private TreeSet<String> fitting() {
        var names = new TreeSet<String>(
                options.selects(Selection.SUBSCRIBED) ? account.subscriptions() : account.folders().keySet());
        if (options.selects(Selection.SPECIAL_USE)) {
            names.removeIf(name -> account.folder(name).map(Folder::uses).filter(uses -> !uses.isEmpty()).isEmpty());
        }
        return names;
    }

    private void tell(String name, boolean fits, boolean isAbove, List<Response> responses) {
        var folder = account.folder(name);
        responses.add(new Response.ListMailbox(attributes(account, name, options::returns), Folder.SEPARATOR, name,
                isAbove ? List.of(Selection.SUBSCRIBED.wireName()) : List.of(), null));
        if (fits && !options.status().isEmpty() && folder.isPresent() && folder.get().selectable()) {
            responses.add(Status.of(folder.get(), options.status(), limits, enabled));
        }
        if (fits && !options.metadata().isEmpty() && folder.isPresent()) {
            reach.find(name).flatMap(place -> Metadata.of(reach, place, options.metadata())).ifPresent(responses::add);
        }
        if (fits && options.returns(Result.MYRIGHTS) && folder.isPresent()) {
            reach.find(name).map(AccessLists::of).ifPresent(responses::add);
        }
    }

    /** The attributes of a name that need not be there, with those of the results that are wanted. */
    static List<String> attributes(Account account, String name, Predicate<Result> wanted) {
        var folder = account.folder(name);
        var attributes = new ArrayList<String>();
        if (folder.isEmpty()) {
            attributes.add("\\NonExistent");
        } else if (!folder.get().selectable()) {
            attributes.add(Listing.NOSELECT);
        }
        if (wanted.test(Result.SUBSCRIBED) && account.subscriptions().contains(name)) {
            attributes.add("\\Subscribed");
        }
        if (wanted.test(Result.CHILDREN)) {
            attributes.add(Listing.children(account, name));
        }
        if (wanted.test(Result.SPECIAL_USE)) {
            folder.ifPresent(f -> f.uses().stream().map(SpecialUse::wireName).forEach(attributes::add));
        }
        return attributes;
    }

    private boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /** The name above, or null at the top. */
    static String parent(String name) {
        var end = name.lastIndexOf(Folder.SEPARATOR);
        return end <= 0 ? null : name.substring(0, end);
    }
}
