package dev.mailscope.server.imap;

import java.util.LinkedHashMap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;

/** STATUS (RFC 3501 section 6.3.10), also of the open folder: what it holds, whatever this client has been told. */
final class Status {
    private Status() {
    }

    static Reply run(Turn turn, ImapCommand.Status command) {
        return turn.read(state -> {
            var folder = turn.account(state).folder(command.mailbox());
            if (folder.isEmpty()) {
                return Reply.noFolder(turn, turn.phase(), command.mailbox());
            }
            if (!folder.get().selectable()) {
                return Reply.no(turn.phase(), ResponseCode.Simple.CANNOT, "Folder " + turn.name(command.mailbox())
                        + " holds only other folders and has no status.");
            }
            var values = new LinkedHashMap<StatusItem, Long>();
            command.items().forEach(item -> values.put(item, value(item, folder.get())));
            return Reply.ok(turn.phase(), "STATUS completed.")
                    .saying(new Response.MailboxStatus(folder.get().name(), values));
        });
    }

    private static long value(StatusItem item, Folder folder) {
        return switch (item) {
            case MESSAGES -> folder.size();
            case RECENT -> folder.recent();
            case UIDNEXT -> folder.uidNext();
            case UIDVALIDITY -> folder.uidValidity();
            case UNSEEN -> folder.unseen();
            case SIZE -> folder.octets();
            case DELETED -> folder.messages().values().stream().filter(message -> message.flags().deleted()).count();
            case HIGHESTMODSEQ -> folder.modSeq();
        };
    }
}
