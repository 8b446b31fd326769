package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Optional;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Transaction;

/** COPY and UID COPY: all or nothing, with flags and internal date (RFC 3501 section 6.4.7). */
final class Copy {
    private Copy() {
    }

    static Reply run(Turn turn, ImapCommand.Copy command) {
        var problem = Targets.problem(turn.view(), command.set(), command.uid());
        return problem.isPresent() ? turn.say(Reply.bad(turn.phase(), problem.get()))
                : turn.change(t -> copy(turn, command, t));
    }

    private static Reply copy(Turn turn, ImapCommand.Copy command, Transaction t) {
        var view = turn.view();
        var from = turn.folder(t.state());
        var to = destination(turn, t, command.mailbox());
        if (to.isEmpty()) {
            return missing(turn, command.mailbox());
        }
        var sequences = Targets.sequences(view, command.set(), command.uid());
        var messages = new ArrayList<Message>(sequences.length);
        for (var sequence : sequences) {
            var message = from.message(view.uid(sequence));
            if (message != null) {
                messages.add(message);
            } else if (!command.uid()) {
                return Reply.no(turn.phase(), ResponseCode.Simple.EXPUNGEISSUED, "Message " + sequence
                        + " has been expunged by another session; nothing is copied.");
            }
        }
        if (messages.isEmpty()) {
            return Reply.ok(turn.phase(), "There are no such messages; nothing is copied.");
        }
        var copied = messages.stream().mapToLong(message -> t.append(turn.account(), to.get().id(), message.flags(),
                message.internalDate(), message.content()).uid()).toArray();
        var originals = messages.stream().mapToLong(Message::uid).toArray();
        return Reply.ok(turn.phase(), (copied.length == 1 ? "1 message" : copied.length + " messages") + " copied to "
                + Notices.name(to.get().name()) + ".")
                .with(new ResponseCode.CopyUid(to.get().uidValidity(), originals, copied));
    }

    /** The folder that messages are to go to; empty when there is none that can hold some. */
    static Optional<Folder> destination(Turn turn, Transaction t, String name) {
        return turn.account(t.state()).folder(name).filter(Folder::selectable);
    }

    /** The answer when it is missing: the client may create it and try again (RFC 3501 section 7.1). */
    static Reply missing(Turn turn, String name) {
        return Reply.no(turn.phase(), ResponseCode.Simple.TRYCREATE,
                "There is no folder " + Notices.name(name) + "; it can be created.");
    }
}
