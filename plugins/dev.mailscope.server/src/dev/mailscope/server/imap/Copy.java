package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Optional;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Transaction;

/**
 * COPY and MOVE, also by UID: all or nothing, with flags and internal date (RFC 3501 section 6.4.7, RFC 6851). Nobody
 * ever sees a message in both folders, or in neither, because of a MOVE.
 */
final class Copy {
    private final Turn turn;
    private final Transaction t;
    private final SequenceSet set;
    private final boolean uid;
    private final boolean move;
    private final String done;

    private Copy(Turn turn, Transaction t, SequenceSet set, boolean uid, boolean move) {
        this.turn = turn;
        this.t = t;
        this.set = set;
        this.uid = uid;
        this.move = move;
        this.done = move ? "moved" : "copied";
    }

    static Reply copy(Turn turn, ImapCommand.Copy command) {
        var problem = Targets.problem(turn.view(), command.set(), command.uid());
        return problem.isPresent() ? turn.say(Reply.bad(turn.phase(), problem.get()))
                : turn.change(t -> new Copy(turn, t, command.set(), command.uid(), false).run(command.mailbox()));
    }

    static Reply move(Turn turn, ImapCommand.Move command) {
        if (turn.view().readOnly()) {
            return turn.read(state -> Store.readOnly(turn));
        }
        var problem = Targets.problem(turn.view(), command.set(), command.uid());
        return problem.isPresent() ? turn.say(Reply.bad(turn.phase(), problem.get()))
                : turn.change(t -> new Copy(turn, t, command.set(), command.uid(), true).run(command.mailbox()));
    }

    private Reply run(String mailbox) {
        if (move) {
            // What STORE of \Deleted, COPY and EXPUNGE need together (RFC 6851 section 4.2).
            turn.require(t.state(), Right.DELETE_MESSAGES, Right.EXPUNGE);
        }
        var to = destination(turn, t, mailbox);
        if (to.isEmpty()) {
            return missing(turn, t, mailbox);
        }
        var from = turn.folder(t.state());
        var named = Targets.sequences(turn.selected(), set, uid);
        turn.requireBudget(named.count());
        turn.requireMemory(named.count());
        var messages = new ArrayList<Message>();
        for (var sequences = named.iterator(); sequences.hasNext();) {
            var sequence = sequences.nextInt();
            var message = from.message(turn.view().uid(sequence));
            if (message != null) {
                messages.add(message);
            } else if (!uid) {
                return Reply.no(turn.phase(), ResponseCode.Simple.EXPUNGEISSUED, "Message " + sequence
                        + " has been expunged by another session; nothing is " + done + ".");
            }
        }
        if (messages.isEmpty()) {
            return Reply.ok(turn.phase(), "There are no such messages; nothing is " + done + ".");
        }
        var copied = messages.stream().mapToLong(message -> t.append(to.get().account(), to.get().folder().id(),
                to.get().rights().changeable(message.flags()), message.internalDate(), message.content()).uid())
                .toArray();
        var originals = messages.stream().mapToLong(Message::uid).toArray();
        var uids = new ResponseCode.CopyUid(to.get().folder().uidValidity(), originals, copied);
        var text = (copied.length == 1 ? "1 message " : copied.length + " messages ") + done + " to "
                + turn.name(to.get().name()) + ".";
        return move ? moved(originals, uids, text) : Reply.ok(turn.phase(), text).with(uids);
    }

    /** The originals go, and the client learns of their new UIDs before (RFC 6851 section 4.3). */
    private Reply moved(long[] originals, ResponseCode uids, String text) {
        for (var original : originals) {
            t.expunge(turn.view().account(), turn.view().folderId(), original);
        }
        var reply = Reply.ok(turn.phase(), "MOVE completed.").saying(Notices.ok(uids, text));
        return turn.enabled().qresync()
                ? reply.with(new ResponseCode.HighestModSeq(turn.folder(t.state()).modSeq())) : reply;
    }

    /**
     * The folder that messages are to go to; empty when there is none that can hold some, as far as the user may know.
     * MailboxException when the user may not put messages into it.
     */
    static Optional<Place> destination(Turn turn, Transaction t, String name) {
        var to = turn.reach(t.state()).find(name).filter(place -> place.folder().selectable()
                && place.rights().hasAny(Right.LOOKUP, Right.INSERT));
        to.ifPresent(place -> turn.require(place.rights(), name, Right.INSERT));
        return to;
    }

    /** The answer when it is missing: the client that may create it can try again (RFC 3501 section 7.1). */
    static Reply missing(Turn turn, Transaction t, String name) {
        var reach = turn.reach(t.state());
        if (reach.locate(name).filter(reach::canCreate).isEmpty()) {
            return Reply.no(turn.phase(), ResponseCode.Simple.NONEXISTENT, "There is no folder " + turn.name(name)
                    + ".");
        }
        return Reply.no(turn.phase(), ResponseCode.Simple.TRYCREATE,
                "There is no folder " + turn.name(name) + "; it can be created.");
    }
}
