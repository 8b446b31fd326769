package dev.mailscope.server.imap;

import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Transaction;

/**
 * REPLACE and UID REPLACE (RFC 8508): a message comes, to whatever folder, and another goes, in one transaction. Nobody
 * ever sees both or neither.
 */
final class Replace {
    private Replace() {
    }

    static Reply run(Turn turn, ImapCommand.Replace command) {
        if (turn.view().readOnly()) {
            return turn.read(state -> Store.readOnly(turn));
        }
        var problem = Targets.problem(turn.view(), command.message(), command.uid());
        return problem.isPresent() ? turn.say(Reply.bad(turn.phase(), problem.get()))
                : Append.checked(turn, List.of(command.replacement()),
                        messages -> turn.change(t -> replace(turn, command, messages.getFirst(), t)));
    }

    private static Reply replace(Turn turn, ImapCommand.Replace command, Append.Checked replacement, Transaction t) {
        // What STORE of \Deleted, EXPUNGE and APPEND need together (RFC 8508 section 4.1).
        turn.require(t.state(), Right.DELETE_MESSAGES, Right.EXPUNGE);
        var to = Copy.destination(turn, t, command.mailbox());
        if (to.isEmpty()) {
            return Copy.missing(turn, t, command.mailbox());
        }
        var sequences = Targets.sequences(turn.selected(), command.message(), command.uid());
        if (sequences.isEmpty()) {
            return Reply.no(turn.phase(), ResponseCode.Simple.NONEXISTENT,
                    "There is no such message; nothing is replaced.");
        }
        // What goes makes room for what comes (section 3.4); the client hears of them the other way round
        // (section 4.3).
        if (!t.expunge(turn.view().account(), turn.view().folderId(), turn.view().uid(sequences.first()))) {
            return Reply.no(turn.phase(), ResponseCode.Simple.EXPUNGEISSUED,
                    "The message has been expunged by another session; nothing is replaced.");
        }
        var uid = Append.deliver(turn, t, to.get(), replacement);
        var reply = Reply.ok(turn.phase(), turn.verb() + " completed.")
                .saying(Notices.ok(new ResponseCode.AppendUid(to.get().folder().uidValidity(), new long[] {uid}),
                        "Replacement appended to " + turn.name(to.get().name()) + "."));
        return turn.enabled().qresync()
                ? reply.with(new ResponseCode.HighestModSeq(turn.folder(t.state()).modSeq())) : reply;
    }
}
