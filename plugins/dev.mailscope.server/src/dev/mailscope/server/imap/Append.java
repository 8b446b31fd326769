package dev.mailscope.server.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Transaction;

/** APPEND (RFC 3501 section 6.3.11); of several messages all arrive, or none (RFC 3502 section 6.3.11). */
final class Append {
    private Append() {
    }

    static Reply run(Turn turn, ImapCommand.Append command) {
        if (command.messages().stream().anyMatch(message -> message.content().size() == 0)) {
            return turn.read(state -> Reply.no(turn.phase(), ResponseCode.Simple.CANNOT,
                    "A message has at least one octet."));
        }
        var flags = new ArrayList<Flags>();
        try {
            command.messages().forEach(message -> flags.add(Flags.of(message.flags())));
        } catch (IllegalArgumentException e) {
            return turn.read(state -> Store.unknownFlag(turn));
        }
        return turn.change(t -> append(turn, command, flags, t));
    }

    private static Reply append(Turn turn, ImapCommand.Append command, List<Flags> flags, Transaction t) {
        var folder = Copy.destination(turn, t, command.mailbox());
        if (folder.isEmpty()) {
            return Copy.missing(turn, command.mailbox());
        }
        var now = OffsetDateTime.now(turn.context().store().clock());
        var uids = new long[flags.size()];
        for (var i = 0; i < uids.length; i++) {
            var message = command.messages().get(i);
            uids[i] = t.append(turn.account(), folder.get().id(),
                    Store.spelled(flags.get(i), folder.get()),
                    message.date() == null ? now : message.date(), message.content()).uid();
        }
        return Reply.ok(turn.phase(), (uids.length == 1 ? "Message" : uids.length + " messages") + " appended to " + turn.name(folder.get().name()) + ".")
                .with(new ResponseCode.AppendUid(folder.get().uidValidity(), uids));
    }
}
