package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.mailscope.server.imap.Watching.Known;
import dev.mailscope.server.imap.command.NotifyEvent.Named;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.Folder;

/**
 * What NOTIFY tells of notes about folders, the open one too, and about the server (RFC 5465 sections 5.6 and 5.7): the
 * names of the entries that differ between two states.
 *
 * @param before   what the client knows
 * @param others   the same with what others have changed since
 * @param now      the account with what this client has changed itself, which it is not told (section 5); a folder goes
 *                 by the name it has here
 * @param interest which events are wanted
 */
record MetadataChanges(Known before, Known others, Account now, Interest interest) {

    /** One response for each folder, and for the server, of which something has changed. */
    List<Response> responses() {
        var responses = new ArrayList<Response>();
        if (before.account() != others.account()) {
            others.account().folders().values().forEach(folder -> folder(folder, responses));
        }
        if (interest.wantsServer()) {
            tell("", Metadata.ofServer(before.account(), before.shared()),
                    Metadata.ofServer(others.account(), others.shared()), responses);
        }
        return responses;
    }

    private void folder(Folder folder, List<Response> responses) {
        var current = now.folder(folder.id());
        if (current.isPresent()
                && interest.events(others.account(), folder.name()).contains(Named.MAILBOX_METADATA_CHANGE)) {
            // A folder that has taken another one's name has lost for the client what was noted of that.
            var was = before.account().folder(folder.id()).or(() -> before.account().folder(folder.name()))
                    .map(old -> Metadata.ofFolder(before.account(), old)).orElseGet(TreeMap::new);
            tell(current.get().name(), was, Metadata.ofFolder(others.account(), folder), responses);
        }
    }

    private static void tell(String mailbox, SortedMap<String, String> was, SortedMap<String, String> is,
            List<Response> responses) {
        var changed = Annotations.difference(was, is).keySet();
        if (!changed.isEmpty()) {
            responses.add(new Response.MetadataChange(mailbox, List.copyOf(changed)));
        }
    }
}
