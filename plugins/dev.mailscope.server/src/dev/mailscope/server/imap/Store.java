package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.command.StoreFlags;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.Transaction;

/**
 * STORE and UID STORE (RFC 3501 section 6.4.6). Messages that another session has expunged are answered as RFC 2180
 * section 4.2 proposes: those that are left are stored, and the tagged response says that some are gone.
 */
final class Store {
    private static final Rights ANY = Rights.of(Right.SEEN, Right.WRITE, Right.DELETE_MESSAGES);

    private final Turn turn;
    private final ImapCommand.Store command;
    private final Flags flags;
    private final Rights rights;
    private final List<Response> responses = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    // Many messages have the same flags, and share them.
    private final Map<Flags, Flags> afterwards = new HashMap<>();
    private final LongStream.Builder modified = LongStream.builder();
    private FolderView view;
    private int gone;
    private boolean anyModified;

    private Store(Turn turn, ImapCommand.Store command, Flags flags, Rights rights) {
        this.turn = turn;
        this.command = command;
        this.flags = flags;
        this.rights = rights;
        this.view = turn.view();
    }

    static Reply run(Turn turn, ImapCommand.Store command) {
        if (turn.view().readOnly()) {
            return turn.read(state -> readOnly(turn));
        }
        var problem = Targets.problem(turn.view(), command.set(), command.uid());
        if (problem.isPresent()) {
            return turn.say(Reply.bad(turn.phase(), problem.get()));
        }
        Flags flags;
        try {
            flags = Flags.of(command.flags().flags());
        } catch (IllegalArgumentException e) {
            return turn.read(state -> unknownFlag(turn));
        }
        return turn.change(t -> new Store(turn, command, flags, turn.rights(t.state())).run(t));
    }

    /** The answer to a change of a folder opened by EXAMINE. */
    static Reply readOnly(Turn turn) {
        return Reply.no(turn.phase(), null,
                "The folder is open read-only, by EXAMINE: open it with SELECT to change something in it.");
    }

    /** The answer to a system flag that RFC 3501 does not know. */
    static Reply unknownFlag(Turn turn) {
        return Reply.no(turn.phase(), ResponseCode.Simple.CANNOT, "The system flags are "
                + String.join(" ", Flags.systemNames()) + "; any other flag is a keyword and has no backslash.");
    }

    private Reply run(Transaction t) {
        // Where some of the flags can be changed, those are, and no more (RFC 4314 section 4).
        var needed = command.flags().mode() == StoreFlags.Mode.REPLACE ? ANY : Rights.changing(flags);
        if (!needed.all().isEmpty() && needed.minus(rights).equals(needed)) {
            turn.require(rights, turn.selected().folder(), needed.all().toArray(Right[]::new));
        }
        var sequences = Targets.sequences(turn.selected(), command.set(), command.uid());
        turn.requireBudget(sequences.count());
        turn.requireMemory(sequences.count());
        sequences.stream().forEach(sequence -> store(t, sequence));
        var reply = reply(turn.selected().with(view), sequences.count());
        return (anyModified ? reply.with(new ResponseCode.Modified(SequenceSet.of(modified.build().toArray()))) : reply)
                .saying(responses).telling(told);
    }

    private Reply reply(Phase next, int named) {
        // A UID that is not there is no error (RFC 3501 section 6.4.8).
        if (gone == 0 || command.uid()) {
            return Reply.ok(next, command.verb() + (anyModified
                    ? " left alone what has changed since." : " completed."));
        }
        var text = (gone == named ? "The messages named are" : gone == 1 ? "One of the messages is"
                : gone + " of the messages are") + " gone, expunged by another session; NOOP tells which.";
        return command.flags().silent() ? Reply.ok(next, text).with(ResponseCode.Simple.EXPUNGEISSUED)
                : Reply.no(next, ResponseCode.Simple.EXPUNGEISSUED, text);
    }

    private void store(Transaction t, int sequence) {
        var uid = view.uid(sequence);
        var before = turn.folder(t.state()).message(uid);
        if (before == null) {
            gone++;
            return;
        }
        var unchangedSince = command.unchangedSince();
        if (unchangedSince.isPresent() && before.modSeq() > unchangedSince.getAsLong()) {
            // Left alone; the client is told why, so that it need not ask (RFC 7162 section 3.1.3).
            modified.add(command.uid() ? uid : sequence);
            anyModified = true;
            answer(sequence, before);
            return;
        }
        var known = afterwards.get(before.flags());
        var after = t.setFlags(view.account(), view.folderId(), uid, known == null ? changed(before.flags()) : known);
        afterwards.putIfAbsent(before.flags(), after.flags());
        // A silent client works the flags out for itself, from what it knows; if that is wrong it has to be told.
        if (!command.flags().silent() || !asked(view.told(uid).flags()).equals(after.flags())) {
            answer(sequence, after);
            return;
        }
        if (unchangedSince.isPresent() || turn.enabled().condstore() && after != before) {
            responses.add(Fetched.modSeq(sequence, after));
        }
        learn(sequence, after);
    }

    private void answer(int sequence, Message message) {
        responses.add(Fetched.flags(new Notice.FlagsChanged(sequence, message.uid(), message.flags(),
                view.isRecent(message.uid()), message.modSeq()), turn.enabled(), command.uid()));
        learn(sequence, message);
    }

    private void learn(int sequence, Message after) {
        if (!view.told(after.uid()).flags().equals(after.flags())) {
            told.add(new Notice.FlagsChanged(sequence, after.uid(), after.flags(), view.isRecent(after.uid()),
                    after.modSeq()));
        }
        view = view.knowing(after);
    }

    /** What the flags are to become, as far as the user may change them. */
    private Flags changed(Flags before) {
        var allowed = rights.changeable(flags);
        return switch (command.flags().mode()) {
            case REPLACE -> before.minus(rights.changeable(before)).plus(allowed);
            case ADD -> before.plus(allowed);
            case REMOVE -> before.minus(allowed);
        };
    }

    private Flags asked(Flags before) {
        return switch (command.flags().mode()) {
            case REPLACE -> flags;
            case ADD -> before.plus(flags);
            case REMOVE -> before.minus(flags);
        };
    }
}
