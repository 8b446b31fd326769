package dev.mailscope.server.imap;

import java.util.LinkedHashMap;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.session.Limits;

/** STATUS (RFC 3501 section 6.3.10), also of the open folder: what it holds, whatever this client has been told. */
final class Status {
    private Status() {
    }

    static Reply run(Turn turn, ImapCommand.Status command) {
        return turn.read(state -> {
            var place = turn.place(state, command.mailbox(), Right.READ);
            if (!place.folder().selectable()) {
                return Reply.no(turn.phase(), ResponseCode.Simple.CANNOT, "Folder " + turn.name(command.mailbox())
                        + " holds only other folders and has no status.");
            }
            return Reply.ok(turn.phase(), "STATUS completed.").saying(of(place.named(), command.items(),
                    turn.context().limits(), turn.enabled()));
        });
    }

    /** What the folder holds, as STATUS tells it. */
    static Response of(Folder folder, List<StatusItem> items, Limits limits, Enabled enabled) {
        var values = new LinkedHashMap<StatusItem, Long>();
        items.forEach(item -> values.put(item, value(item, folder, limits, enabled)));
        return new Response.MailboxStatus(folder.name(), values);
    }

    private static long value(StatusItem item, Folder folder, Limits limits, Enabled enabled) {
        return switch (item) {
            case MESSAGES -> folder.size();
            case RECENT -> folder.recent();
            case UIDNEXT -> folder.uidNext();
            case UIDVALIDITY -> folder.uidValidity();
            case UNSEEN -> folder.unseen();
            // Never less than the sizes that FETCH tells (RFC 8438 section 3).
            case SIZE -> enabled.showsAsIs() ? folder.octets() : folder.messages().values().stream()
                    .mapToLong(message -> enabled.shown(message.content()).size()).sum();
            case DELETED -> folder.messages().values().stream().filter(message -> message.flags().deleted()).count();
            case DELETED_STORAGE -> folder.messages().values().stream().filter(message -> message.flags().deleted())
                    .mapToLong(Message::size).sum();
            case HIGHESTMODSEQ -> folder.modSeq();
            case APPENDLIMIT -> limits.message();
            case MAILBOXID -> folder.id();
        };
    }
}
