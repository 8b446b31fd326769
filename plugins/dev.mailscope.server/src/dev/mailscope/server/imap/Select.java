package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.QuickResync;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.trace.What;

/** SELECT, EXAMINE, CLOSE and UNSELECT: which folder is open (RFC 3501 sections 6.3.1, 6.3.2, 6.4.2; RFC 3691). */
final class Select {
    private Select() {
    }

    /** The folder that was open is closed first, also when the new one cannot be opened. */
    static Reply open(Turn turn, ImapCommand.Select command) {
        if (command.resync() != null && !turn.enabled().qresync()) {
            return turn.say(Reply.bad(turn.phase(), "QRESYNC can be asked for after ENABLE QRESYNC only."));
        }
        return turn.change(t -> {
            var closed = new Phase.Authenticated(turn.account());
            Place place;
            try {
                place = turn.place(t.state(), command.mailbox(), Right.READ);
            } catch (MailboxException e) {
                return Reply.refused(closed, e).saying(closed(turn)).recording(left(turn));
            }
            if (!place.folder().selectable()) {
                return Reply.no(closed, ResponseCode.Simple.CANNOT, "Folder " + turn.name(command.mailbox())
                        + " holds only other folders and cannot be opened.").saying(closed(turn))
                        .recording(left(turn));
            }
            return opened(turn, command, t, place);
        });
    }

    /** What comes before is about the folder that was open, what follows about the one that is now (RFC 7162). */
    private static List<Response> closed(Turn turn) {
        return turn.phase() instanceof Phase.Selected open ? List.of(Notices.ok(ResponseCode.Simple.CLOSED,
                "Folder " + turn.name(open.folder()) + " is closed.")) : List.of();
    }

    static Reply unselect(Turn turn) {
        return turn.say(Reply.ok(new Phase.Authenticated(turn.account()), "Folder closed; nothing is expunged.")
                .recording(left(turn)));
    }

    /** CLOSE expunges without a word, unless the folder was opened by EXAMINE or the user may not. */
    static Reply close(Turn turn) {
        if (turn.view().readOnly()) {
            return unselect(turn);
        }
        return turn.change(t -> {
            // A folder that is deleted gives no rights.
            var gone = turn.rights(t.state()).hasAll(Right.READ, Right.EXPUNGE)
                    ? Expunge.expunge(turn, t, uid -> true) : 0;
            return Reply.ok(new Phase.Authenticated(turn.account()), "Folder closed, "
                    + (gone == 1 ? "1 message expunged." : gone + " messages expunged.")).recording(left(turn));
        });
    }

    /** That the folder which is open, if any, is so no longer. */
    static List<What> left(Turn turn) {
        return turn.phase() instanceof Phase.Selected open ? List.of(new What.ViewClosed(open.folder())) : List.of();
    }

    private static Reply opened(Turn turn, ImapCommand.Select command, Transaction t, Place place) {
        var account = place.account();
        var folder = place.folder();
        var view = FolderView.open(account, folder, command.readOnly());
        var readOnly = command.readOnly() || !place.rights().canChange();
        if (!readOnly) {
            t.claimRecent(account, folder.id());
            folder = t.folder(account, folder.id());
            // Claiming is no news, but the folder is another value now.
            view = view.tell(folder, true, false).next();
        }
        var events = new ArrayList<>(left(turn));
        events.add(new What.ViewOpened(account, folder.id(), place.name(), readOnly));
        return Reply.ok(new Phase.Selected(turn.account(), view, place.name(), place.rights(),
                folder.keywords().size(), SequenceSet.of()), "Folder " + turn.name(place.name())
                + (readOnly ? " is open to be read." : " is open."))
                .with(readOnly ? ResponseCode.Simple.READ_ONLY : ResponseCode.Simple.READ_WRITE)
                .saying(new Joined<>(List.of(closed(turn), description(turn, t, command, place, view, folder),
                        resync(turn, command.resync(), view, folder))))
                .recording(events);
    }

    private static List<Response> description(Turn turn, Transaction t, ImapCommand.Select command, Place place,
            FolderView view, Folder folder) {
        var rev2 = turn.enabled().rev2();
        var responses = new ArrayList<Response>();
        responses.add(Notices.flags(folder));
        responses.add(new Response.Exists(view.exists()));
        if (rev2) {
            responses.add(Listing.listed(turn.reach(t.state()).visible().account(), place.named(),
                    command.mailbox()));
        } else {
            responses.add(new Response.Recent(view.recent()));
        }
        if (folder.unseen() > 0 && !rev2) {
            var first = view.sequence(folder.messages().values().stream().filter(message -> !message.flags().seen())
                    .mapToLong(Message::uid).findFirst().orElseThrow());
            responses.add(Notices.ok(new ResponseCode.Unseen(first), "Message " + first + " is the first unseen one."));
        }
        responses.add(Notices.permanentFlags(folder, view.readOnly() ? Rights.NONE : place.rights()));
        responses.add(Notices.ok(new ResponseCode.UidNext(folder.uidNext()), "The next message gets this UID."));
        responses.add(Notices.ok(new ResponseCode.UidValidity(folder.uidValidity()),
                "UIDs are valid while this stays."));
        responses.add(Notices.ok(new ResponseCode.MailboxId(folder.id()), "The folder keeps this id."));
        responses.add(Notices.ok(new ResponseCode.HighestModSeq(folder.modSeq()), "The last change has this number."));
        return responses;
    }

    /** What has changed since the client last looked (RFC 7162 section 3.2.5.1). */
    private static List<Response> resync(Turn turn, QuickResync known, FolderView view, Folder folder) {
        if (known == null || known.uidValidity() != folder.uidValidity()) {
            return List.of();
        }
        var uids = known.uids() == null ? SequenceSet.ALL : known.uids();
        var resolved = uids.resolve(folder.uidNext() - 1);
        // Only where the folder has forgotten too much does it help to know what the client knows for sure.
        var first = known.matchSequences() == null || known.modSeq() >= folder.forgottenAt() ? 1
                : Vanished.firstUnknown(view.uids(), known.matchSequences(), known.matchUids());
        var gone = Vanished.since(folder, known.modSeq(), resolved, first).toArray();
        var responses = new ArrayList<Response>();
        if (gone.length > 0) {
            responses.add(new Response.Vanished(true, SequenceSet.of(gone)));
        }
        folder.changedSince(known.modSeq()).stream().filter(resolved::contains).sorted().forEach(uid -> {
            var message = folder.message(uid);
            responses.add(Fetched.flags(new Notice.FlagsChanged(view.sequence(uid), uid, message.flags(),
                    view.isRecent(uid), message.modSeq()), turn.enabled(), true));
        });
        return responses;
    }
}
