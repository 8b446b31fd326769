package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ListOptions;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.session.Share;

/** LIST, LSUB and NAMESPACE: which folders there are (RFC 3501 sections 6.3.8 and 6.3.9, RFC 3348, RFC 2342). */
final class Listing {
    /** The attribute of a name that cannot be selected. */
    static final String NOSELECT = "\\Noselect";

    private Listing() {
    }

    static Reply list(Turn turn, ImapCommand.ListMailboxes command) {
        return turn.read(state -> {
            var reach = turn.reach(state);
            var ok = Reply.ok(turn.phase(), "LIST completed.");
            if (command.options() != null) {
                return command.options().returns(ListOptions.Result.MYRIGHTS) && !reach.shares()
                        ? AccessLists.notOffered(turn)
                        : ok.saying(new ExtendedListing(reach, command, turn.context().limits(), turn.enabled())
                                .responses());
            }
            var wanted = command.patterns().getFirst();
            if (wanted.isEmpty()) {
                // Asks for the separator and for the root of the reference.
                return ok.saying(new Response.ListMailbox(List.of(NOSELECT), Folder.SEPARATOR,
                        reach.isOthers(command.reference()) ? Reach.OTHERS : ""));
            }
            return ok.saying(listed(reach.visible().account(), new FolderPattern(command.reference(), wanted),
                    wanted.endsWith("%")));
        });
    }

    private static List<Response> listed(Account account, FolderPattern pattern, boolean levels) {
        var responses = new TreeMap<String, Response>();
        var share = new Share();
        for (var folder : account.folders().values()) {
            share.look();
            if (pattern.matches(folder.name())) {
                responses.put(folder.name(), listed(account, folder));
            }
        }
        for (var name : levels ? levels(account) : Set.<String>of()) {
            if (pattern.matches(name)) {
                responses.put(name, new Response.ListMailbox(List.of(NOSELECT, children(account, name)),
                        Folder.SEPARATOR, name));
            }
        }
        return List.copyOf(responses.values());
    }

    /**
     * The names above the folders of other users that are no folders that the user knows of: a pattern that ends with %
     * finds them (RFC 3501 section 6.3.8).
     */
    static Set<String> levels(Account account) {
        var levels = new TreeSet<String>();
        for (var name : account.folders().tailMap(Reach.OTHERS).keySet()) {
            if (!name.startsWith(Reach.OTHERS)) {
                break;
            }
            for (var parent = ExtendedListing.parent(name); parent != null; parent = ExtendedListing.parent(parent)) {
                levels.add(parent);
            }
        }
        levels.removeAll(account.folders().keySet());
        return levels;
    }

    /** A name that only has subscribed names below it is told too, where the pattern ends with % (section 6.3.9). */
    static Reply listSubscribed(Turn turn, ImapCommand.ListSubscribed command) {
        return turn.read(state -> {
            var pattern = new FolderPattern(command.reference(), command.pattern());
            var found = new TreeMap<String, List<String>>();
            var share = new Share();
            for (var name : turn.account(state).subscriptions()) {
                share.look();
                if (pattern.matches(name)) {
                    found.put(name, List.of());
                } else if (command.pattern().endsWith("%")) {
                    var above = above(name, pattern);
                    if (above != null) {
                        found.putIfAbsent(above, List.of(NOSELECT));
                    }
                }
            }
            var responses = new ArrayList<Response>();
            found.forEach((name, attributes) -> responses.add(
                    new Response.ListSubscribed(attributes, Folder.SEPARATOR, name)));
            return Reply.ok(turn.phase(), "LSUB completed.").saying(responses);
        });
    }

    static Reply namespace(Turn turn) {
        return turn.read(state -> Reply.ok(turn.phase(), "NAMESPACE completed.")
                .saying(new Response.Namespaces(
                        List.of(new Response.Namespace("", Folder.SEPARATOR)),
                        turn.reach(state).shares() ? List.of(new Response.Namespace(Reach.OTHERS, Folder.SEPARATOR))
                                : List.of(), List.of())));
    }

    /** One folder as LIST tells of it. */
    private static Response listed(Account account, Folder folder) {
        return listed(account, folder, folder.name());
    }

    /** The same with OLDNAME when the client has written its name in another way. */
    static Response listed(Account account, Folder folder, String written) {
        return new Response.ListMailbox(attributes(account, folder), Folder.SEPARATOR, folder.name(), List.of(),
                written.equals(folder.name()) ? null : written);
    }

    /**
     * What a client of IMAP4rev2 is told when a folder is not called what it has been given for its name, but for case or
     * normalization the same (RFC 9051 section 6.3.9.7). The state is the one after the command.
     *
     * @param written as the client has written it
     * @param name    as it is
     */
    static List<Response> normalized(Turn turn, ServerState state, String written, String name) {
        return written.equals(name) ? List.of() : oldName(turn, state, written, name);
    }

    /** What such a client is told of a folder's old name. */
    static List<Response> oldName(Turn turn, ServerState state, String old, String name) {
        return !turn.enabled().rev2() ? List.of()
                : List.of(new Response.ListMailbox(ExtendedListing.attributes(turn.reach(state).visible().account(),
                        name, result -> true), Folder.SEPARATOR, name, List.of(), old));
    }

    private static List<String> attributes(Account account, Folder folder) {
        var attributes = new ArrayList<String>();
        if (!folder.selectable()) {
            attributes.add(NOSELECT);
        }
        attributes.add(children(account, folder.name()));
        // A client that knows no special uses ignores attributes it does not know (RFC 6154 section 2).
        folder.uses().forEach(use -> attributes.add(use.wireName()));
        return attributes;
    }

    /** The attribute that says whether there are folders below that name (RFC 3348). */
    static String children(Account account, String name) {
        return account.hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren";
    }

    private static String above(String name, FolderPattern pattern) {
        for (var end = name.lastIndexOf(Folder.SEPARATOR); end > 0; end = name.lastIndexOf(Folder.SEPARATOR, end - 1)) {
            if (pattern.matches(name.substring(0, end))) {
                return name.substring(0, end);
            }
        }
        return null;
    }
}
