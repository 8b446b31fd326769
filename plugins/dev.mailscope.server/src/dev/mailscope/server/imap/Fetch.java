package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.PartialRange;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Sequences;
import dev.mailscope.server.mailbox.Transaction;

/**
 * FETCH and UID FETCH (RFC 3501 section 6.4.5). The responses are made one by one from the folder as it was when the
 * command began. A message that another session has expunged is answered from the view, as long as this client has not
 * been told (RFC 2180 section 4.1.1).
 */
final class Fetch {
    private final Turn turn;
    private final ImapCommand.Fetch command;
    private final List<FetchAttribute> attributes;
    private final boolean decodes;
    private final boolean asksFlags;

    private Fetch(Turn turn, ImapCommand.Fetch command) {
        this.turn = turn;
        this.command = command;
        this.attributes = new ArrayList<>(command.attributes());
        // UID FETCH always tells the UID (RFC 3501 section 6.4.8).
        if (command.uid() && !attributes.contains(FetchAttribute.Simple.UID)) {
            attributes.addFirst(FetchAttribute.Simple.UID);
        }
        if (command.modifier().changedSince().isPresent()) {
            Fetched.add(FetchAttribute.Simple.MODSEQ, attributes);
        }
        this.decodes = attributes.stream().anyMatch(attribute -> attribute instanceof FetchAttribute.Binary
                || attribute instanceof FetchAttribute.BinarySize);
        this.asksFlags = attributes.contains(FetchAttribute.Simple.FLAGS);
    }

    static Reply run(Turn turn, ImapCommand.Fetch command) {
        var problem = problem(turn, command);
        if (problem.isPresent()) {
            return turn.say(Reply.bad(turn.phase(), problem.get()));
        }
        var fetch = new Fetch(turn, command);
        var reads = !turn.view().readOnly() && command.attributes().stream().anyMatch(FetchAttribute::setsSeen);
        // Who reads what has been seen already takes no lock.
        return reads && fetch.namesUnseen(turn.folder(turn.context().store().state())) ? turn.change(fetch::read)
                : turn.read(state -> {
                    var folder = turn.folder(state);
                    var wanted = fetch.wanted(folder);
                    return fetch.canDecode(folder, wanted) ? fetch.reply(folder, wanted, reads) : unknownEncoding(turn);
                });
    }

    private static Optional<String> problem(Turn turn, ImapCommand.Fetch command) {
        return command.modifier().vanished() && !turn.enabled().qresync()
                ? Optional.of("VANISHED can be asked for after ENABLE QRESYNC only.")
                : Targets.problem(turn.view(), command.set(), command.uid());
    }

    /** The sequence numbers of the messages that are told of. */
    private Sequences wanted(Folder folder) {
        var all = Targets.sequences(turn.selected(), command.set(), command.uid());
        // The window first, then what has changed in it (RFC 9394 section 3.4).
        var named = command.modifier().partial() == null ? all : within(command.modifier().partial(), all);
        var since = command.modifier().changedSince();
        return since.isEmpty() ? named
                : named.filter(sequence -> message(folder, sequence).modSeq() > since.getAsLong());
    }

    private static Sequences within(PartialRange range, Sequences sequences) {
        return sequences.between(range.start(sequences.count()), range.end(sequences.count()));
    }

    private Message message(Folder folder, int sequence) {
        return turn.view().message(folder, turn.view().uid(sequence));
    }

    private boolean namesUnseen(Folder folder) {
        return folder.unseen() > 0 && wanted(folder).stream().mapToObj(turn.view()::uid).map(folder::message)
                .anyMatch(message -> message != null && !message.flags().seen());
    }

    /** Marks the messages that are about to be read as seen. */
    private Reply read(Transaction t) {
        var folder = turn.folder(t.state());
        var wanted = wanted(folder);
        if (!canDecode(folder, wanted)) {
            return unknownEncoding(turn);
        }
        var marks = turn.rights(t.state()).has(Right.SEEN);
        wanted.stream().mapToObj(turn.view()::uid).map(folder::message)
                .filter(message -> marks && message != null && !message.flags().seen())
                .forEach(message -> t.setFlags(turn.view().account(), folder.id(), message.uid(),
                        message.flags().plus(Flags.SEEN)));
        return reply(turn.folder(t.state()), wanted, true);
    }

    private boolean canDecode(Folder folder, Sequences wanted) {
        return !decodes || wanted.stream()
                .allMatch(sequence -> Fetched.canDecode(message(folder, sequence), attributes));
    }

    private static Reply unknownEncoding(Turn turn) {
        return Reply.no(turn.phase(), ResponseCode.Simple.UNKNOWN_CTE,
                "A part is in a transfer encoding that the server does not know; BODY[] gives it as it is.");
    }

    /** With reads, a message whose flags are not what the client last heard has them told too. */
    private Reply reply(Folder folder, Sequences wanted, boolean reads) {
        var view = turn.view();
        var knowing = view;
        var told = new ArrayList<Notice>();
        if ((asksFlags || reads) && view.isBehind(folder)) {
            for (var sequences = wanted.iterator(); sequences.hasNext();) {
                var sequence = sequences.nextInt();
                var message = message(folder, sequence);
                if (isNews(message)) {
                    told.add(new Notice.FlagsChanged(sequence, message.uid(), message.flags(),
                            view.isRecent(message.uid()), message.modSeq()));
                    knowing = knowing.knowing(message);
                }
            }
        }
        Iterable<Response> fetched = attributes.stream().allMatch(Fetched::isOfFlags)
                ? () -> each(wanted, view.flags(folder, wanted),
                        (sequence, flags) -> Fetched.of(view, sequence, flags, attributes, turn.enabled()))
                : () -> each(wanted, view.messages(folder, wanted), (sequence, message) -> Fetched.of(view, sequence,
                        message, reads && isNews(message) ? withFlags() : attributes, turn.enabled()));
        return Reply.ok(turn.selected().with(knowing), command.verb() + " completed.")
                .saying(new Joined<>(List.of(vanished(folder), fetched))).telling(told);
    }

    private interface Answer<T> {
        Response to(int sequence, T found);
    }

    private static <T> Iterator<Response> each(Sequences wanted, Iterator<T> found, Answer<T> answer) {
        var sequences = wanted.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sequences.hasNext();
            }

            @Override
            public Response next() {
                return answer.to(sequences.nextInt(), found.next());
            }
        };
    }

    /** What is gone, before anything else is told (RFC 7162 section 3.2.6). */
    private List<Response> vanished(Folder folder) {
        if (!command.modifier().vanished()) {
            return List.of();
        }
        var view = turn.view();
        // What the client still counts is told by a VANISHED that takes it off the count.
        var uids = Vanished.since(folder, command.modifier().changedSince().getAsLong(),
                Targets.uids(turn.selected(), command.set(), folder.uidNext() - 1), 1)
                .filter(uid -> view.told(uid) == null).toArray();
        return uids.length == 0 ? List.of() : List.of(new Response.Vanished(true, SequenceSet.of(uids)));
    }

    private boolean isNews(Message message) {
        return !turn.view().told(message.uid()).flags().equals(message.flags());
    }

    /** What is told of a message whose flags are news, by this command's doing or another's. */
    private List<FetchAttribute> withFlags() {
        var all = new ArrayList<>(attributes);
        Fetched.add(FetchAttribute.Simple.FLAGS, all);
        Fetched.addIdentity(all, turn.enabled());
        return all;
    }
}
