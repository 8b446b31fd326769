package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.What;

/** CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 3501 sections 6.3.3 to 6.3.7). */
final class Folders {
    private static final int LONGEST_NAME = 1_000;

    private Folders() {
    }

    static Reply create(Turn turn, ImapCommand.Create command) {
        // A separator at the end only says that the client will make folders below (section 6.3.3).
        var name = command.mailbox().endsWith("/") ? command.mailbox().substring(0, command.mailbox().length() - 1)
                : command.mailbox();
        return turn.change(t -> {
            var uses = command.uses().stream().map(Folders::use).toList();
            var at = creatable(turn, t.state(), checked(name));
            if (!uses.isEmpty() && !at.account().equals(turn.account())) {
                throw new MailboxException(MailboxException.Reason.USEATTR, "Its owner says what a folder is for.");
            }
            var folder = t.createFolder(at.account(), at.name());
            t.setSpecialUses(at.account(), folder.id(), uses);
            return Reply.ok(turn.phase(), "Folder " + turn.name(name) + " created.")
                    .with(new ResponseCode.MailboxId(folder.id()))
                    .saying(Listing.normalized(turn, t.state(), name,
                            Reach.name(turn.account(), at.account(), folder.name())));
        });
    }

    static Reply rename(Turn turn, ImapCommand.Rename command) {
        var to = command.to().endsWith("/") ? command.to().substring(0, command.to().length() - 1) : command.to();
        return turn.change(t -> {
            var from = turn.place(t.state(), command.from(), Right.DELETE);
            var at = creatable(turn, t.state(), checked(to));
            if (!at.account().equals(from.account())) {
                throw new MailboxException(MailboxException.Reason.CANNOT,
                        "A folder stays in its account; copy the messages instead.");
            }
            t.renameFolder(at.account(), from.folder().name(), at.name());
            var name = Reach.name(turn.account(), at.account(), at.name());
            return Reply.ok(turn.phase(), "Folder " + turn.name(command.from()) + " renamed to " + turn.name(to) + ".")
                    .saying(command.from().equals(from.name()) && to.equals(name) ? List.of()
                            : Listing.oldName(turn, t.state(), command.from(), name));
        });
    }

    static Reply subscribe(Turn turn, String mailbox, boolean subscribed) {
        return turn.change(t -> {
            var name = turn.reach(t.state()).canonicalName(subscribed ? checked(mailbox) : mailbox);
            t.subscribe(turn.account(), name, subscribed);
            return Reply.ok(turn.phase(), turn.name(name)
                    + (subscribed ? " is subscribed." : " is no longer subscribed."));
        });
    }

    /** The session's own open folder may go: then none is open any more. */
    static Reply delete(Turn turn, ImapCommand.Delete command) {
        return turn.change(t -> {
            var place = turn.place(t.state(), command.mailbox(), Right.DELETE);
            t.deleteFolder(place.account(), place.folder().name());
            var text = "Folder " + turn.name(command.mailbox()) + " deleted.";
            var told = new ArrayList<>(Listing.normalized(turn, t.state(), command.mailbox(), place.name()));
            if (turn.phase() instanceof Phase.Selected open
                    && t.state().folder(open.view().account(), open.view().folderId()).isEmpty()) {
                told.add(Notices.ok(null, "The folder that was open is deleted; none is open now."));
                return Reply.ok(new Phase.Authenticated(turn.account()), text).saying(told)
                        .recording(List.of(new What.ViewClosed(open.folder())));
            }
            return Reply.ok(turn.phase(), text).saying(told);
        });
    }

    /** Where a folder of that name can be made. MailboxException when the user may not do so. */
    private static Reach.Location creatable(Turn turn, ServerState state, String name) {
        var reach = turn.reach(state);
        var at = reach.locate(name);
        if (at.filter(reach::canCreate).isEmpty()) {
            at.flatMap(reach::above).filter(above -> above.rights().has(Right.LOOKUP))
                    .ifPresent(above -> turn.require(above.rights(), above.name(), Right.CREATE));
            // The same where there is no such user, which is nobody's business.
            throw new MailboxException(MailboxException.Reason.NOPERM, "No folder above " + turn.name(name)
                    + " lets " + turn.account() + " make one.");
        }
        reach.find(name).filter(place -> !place.account().equals(turn.account())).ifPresent(place -> {
            if (!place.rights().has(Right.LOOKUP)) {
                throw new MailboxException(MailboxException.Reason.CANNOT, "No folder can be called " + turn.name(name)
                        + ".");
            }
            if (place.folder().selectable()) {
                throw new MailboxException(MailboxException.Reason.ALREADYEXISTS, "There is a folder "
                        + turn.name(name) + " already.");
            }
        });
        return at.get();
    }

    static SpecialUse use(String attribute) {
        return SpecialUse.named(attribute).orElseThrow(() -> new MailboxException(MailboxException.Reason.USEATTR,
                "This server knows no special use " + attribute + "."));
    }

    private static String checked(String name) {
        if (name.isEmpty()) {
            throw new MailboxException(MailboxException.Reason.CANNOT, "The folder's name is empty.");
        }
        if (name.length() > LONGEST_NAME) {
            throw new MailboxException(MailboxException.Reason.LIMIT,
                    "A folder's name has at most " + LONGEST_NAME + " characters.");
        }
        return name;
    }
}
