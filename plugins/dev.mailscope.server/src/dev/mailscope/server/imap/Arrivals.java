package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Transaction;

/**
 * What FETCH responses tell of messages that have come into the open folder, where NOTIFY asks for that (RFC 5465
 * section 5.2).
 *
 * @param attributes what is told; empty for no FETCH responses
 * @param view       what the client knew before
 * @param own        the UIDs of the messages that the client itself has put there, of which it is told no more
 * @param marks      true when what is read is marked as seen
 */
record Arrivals(List<FetchAttribute> attributes, FolderView view, Set<Long> own, boolean marks, Enabled enabled) {
    /** Marks as seen what is about to be read, as FETCH does. */
    void markSeen(Transaction t, Folder folder) {
        if (!marks || attributes.stream().noneMatch(FetchAttribute::setsSeen)) {
            return;
        }
        for (var message : view.untold(folder)) {
            if (!own.contains(message.uid())) {
                t.setFlags(view.account(), folder.id(), message.uid(), message.flags().plus(Flags.SEEN));
            }
        }
    }

    /** The responses, each made when its turn comes. */
    Iterable<Response> responses(FolderView.Telling telling, Folder folder) {
        if (attributes.isEmpty()) {
            return List.of();
        }
        var uids = telling.notices().stream().filter(Notice.Arrived.class::isInstance)
                .flatMap(notice -> ((Notice.Arrived) notice).uids().stream()).filter(uid -> !own.contains(uid))
                .toList();
        return () -> uids.stream().map(folder::message).filter(message -> !told(message).isEmpty())
                .map(message -> Fetched.of(telling.next(), telling.next().sequence(message.uid()), message,
                        told(message), enabled))
                .iterator();
    }

    /** Nobody can ask again when a part cannot be decoded, so that the rest is told. */
    private List<FetchAttribute> told(Message message) {
        var told = new ArrayList<>(attributes);
        told.removeIf(attribute -> !Fetched.canDecode(message, List.of(attribute)));
        if (marks && told.stream().anyMatch(FetchAttribute::setsSeen)) {
            Fetched.add(FetchAttribute.Simple.FLAGS, told);
        }
        if (!told.isEmpty()) {
            Fetched.addIdentity(told, enabled);
        }
        return told;
    }
}
