package dev.mailscope.server.imap;

import java.util.function.LongPredicate;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Transaction;

/** EXPUNGE (RFC 3501 section 6.4.3) and UID EXPUNGE (RFC 4315 section 2.1). */
final class Expunge {
    private Expunge() {
    }

    static Reply all(Turn turn) {
        return run(turn, uid -> true);
    }

    static Reply some(Turn turn, SequenceSet set) {
        return run(turn, Targets.uids(turn.selected(), set)::contains);
    }

    private static Reply run(Turn turn, LongPredicate named) {
        if (turn.view().readOnly()) {
            return turn.read(state -> Store.readOnly(turn));
        }
        return turn.change(t -> {
            turn.require(t.state(), Right.EXPUNGE);
            var gone = expunge(turn, t, named);
            var reply = Reply.ok(turn.phase(), gone == 1 ? "1 message expunged." : gone + " messages expunged.");
            return gone > 0 && turn.enabled().qresync()
                    ? reply.with(new ResponseCode.HighestModSeq(turn.folder(t.state()).modSeq())) : reply;
        });
    }

    /** Removes the named ones of the messages marked {@code \Deleted}; gives how many those were. */
    static int expunge(Turn turn, Transaction t, LongPredicate named) {
        var folder = turn.folder(t.state());
        var uids = folder.messages().values().stream().filter(message -> message.flags().deleted())
                .mapToLong(Message::uid).filter(named).toArray();
        for (var uid : uids) {
            t.expunge(turn.view().account(), folder.id(), uid);
        }
        return uids.length;
    }
}
