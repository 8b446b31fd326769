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
import dev.mailscope.server.mailbox.Visible;

/**
 * What NOTIFY tells of notes about folders, the open one too, and about the server (RFC 5465 sections 5.6 and 5.7): the
 * names of the entries that differ between two states.
 *
 * @param before   what the client knows
 * @param others   the same with what others have changed since
 * @param now      what is visible with what this client has changed itself, which it is not told (section 5); a
 *                 folder goes by the name it has here
 * @param interest which events are wanted
 */
record MetadataChanges(Known before, Known others, Visible now, Interest interest) {

    /** One response for each folder, and for the server, of which something has changed. */
    List<Response> responses() {
        var responses = new ArrayList<Response>();
        if (!before.is(others)) {
            others.visible().account().folders().values().forEach(folder -> folder(folder, responses));
        }
        if (interest.wantsServer()) {
            tell("", Metadata.ofServer(before.own(), before.shared()),
                    Metadata.ofServer(others.own(), others.shared()), responses);
        }
        return responses;
    }

    private void folder(Folder folder, List<Response> responses) {
        var current = now.account().folder(folder.id());
        // What may not be read is not watched (section 5.9).
        if (current.isPresent() && !others.visible().unreadable().contains(folder.id())
                && interest.events(others.visible(), folder.name()).contains(Named.MAILBOX_METADATA_CHANGE)) {
            // A folder that has taken another one's name has lost for the client what was noted of that.
            var old = before.visible().account();
            var was = old.folder(folder.id()).or(() -> old.folder(folder.name()))
                    .map(known -> noted(old, known)).orElseGet(TreeMap::new);
            tell(current.get().name(), was, noted(others.visible().account(), folder), responses);
        }
    }

    private static SortedMap<String, String> noted(Account account, Folder folder) {
        return Metadata.ofFolder(account.annotations(folder.id()), folder.uses());
    }

    private static void tell(String mailbox, SortedMap<String, String> was, SortedMap<String, String> is,
            List<Response> responses) {
        var changed = Annotations.difference(was, is).keySet();
        if (!changed.isEmpty()) {
            responses.add(new Response.MetadataChange(mailbox, List.copyOf(changed)));
        }
    }
}
