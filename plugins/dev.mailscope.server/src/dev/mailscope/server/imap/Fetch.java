package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Transaction;

/**
 * FETCH and UID FETCH (RFC 3501 section 6.4.5). The responses are made one by one from the folder as it was when the
 * command began. A message that another session has expunged is answered from the view, as long as this client has not
 * been told (RFC 2180 section 4.1.1).
 */
final class Fetch {
    private final Turn turn;
    private final List<FetchAttribute> attributes;
    private final int[] sequences;
    private final boolean asksFlags;

    private Fetch(Turn turn, ImapCommand.Fetch command) {
        this.turn = turn;
        this.attributes = new ArrayList<>(command.attributes());
        // UID FETCH always tells the UID (RFC 3501 section 6.4.8).
        if (command.uid() && !attributes.contains(FetchAttribute.Simple.UID)) {
            attributes.addFirst(FetchAttribute.Simple.UID);
        }
        this.sequences = Targets.sequences(turn.view(), command.set(), command.uid());
        this.asksFlags = attributes.contains(FetchAttribute.Simple.FLAGS);
    }

    static Reply run(Turn turn, ImapCommand.Fetch command) {
        var problem = Targets.problem(turn.view(), command.set(), command.uid());
        if (problem.isPresent()) {
            return turn.say(Reply.bad(turn.phase(), problem.get()));
        }
        var fetch = new Fetch(turn, command);
        var done = command.verb() + " completed.";
        var reads = !turn.view().readOnly() && command.attributes().stream().anyMatch(FetchAttribute::setsSeen);
        // Who reads what has been seen already takes no lock.
        return reads && fetch.namesUnseen(turn.folder(turn.context().store().state()))
                ? turn.change(t -> fetch.reply(fetch.seen(t), done, true))
                : turn.read(state -> fetch.reply(turn.folder(state), done, reads));
    }

    private boolean namesUnseen(Folder folder) {
        return folder.unseen() > 0 && Arrays.stream(sequences).mapToObj(turn.view()::uid).map(folder::message)
                .anyMatch(message -> message != null && !message.flags().seen());
    }

    /** The folder with the messages that are about to be read marked as seen. */
    private Folder seen(Transaction t) {
        var folder = turn.folder(t.state());
        for (var sequence : sequences) {
            var message = folder.message(turn.view().uid(sequence));
            if (message != null && !message.flags().seen()) {
                t.setFlags(turn.account(), folder.id(), message.uid(), message.flags().plus(Flags.SEEN));
            }
        }
        return turn.folder(t.state());
    }

    /** With reads, a message whose flags are not what the client last heard has them told too. */
    private Reply reply(Folder folder, String done, boolean reads) {
        var view = turn.view();
        var knowing = view;
        var told = new ArrayList<Notice>();
        if ((asksFlags || reads) && view.isBehind(folder)) {
            for (var sequence : sequences) {
                var message = view.message(folder, view.uid(sequence));
                if (isNews(message)) {
                    told.add(new Notice.FlagsChanged(sequence, message.uid(), message.flags(),
                            view.isRecent(message.uid()), message.modSeq()));
                    knowing = knowing.knowing(message);
                }
            }
        }
        Iterable<Response> responses = () -> Arrays.stream(sequences).mapToObj(sequence -> {
            var message = view.message(folder, view.uid(sequence));
            return Fetched.of(view, sequence, message, reads && !asksFlags && isNews(message) ? withFlags()
                    : attributes);
        }).iterator();
        return Reply.ok(turn.selected().with(knowing), done).saying(responses).telling(told);
    }

    private boolean isNews(Message message) {
        return !turn.view().told(message.uid()).flags().equals(message.flags());
    }

    private List<FetchAttribute> withFlags() {
        var all = new ArrayList<>(attributes);
        all.add(FetchAttribute.Simple.FLAGS);
        return all;
    }
}
