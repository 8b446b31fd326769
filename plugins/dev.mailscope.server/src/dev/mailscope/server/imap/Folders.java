package dev.mailscope.server.imap;

import java.util.List;
import java.util.function.Consumer;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.mailbox.Transaction;
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
            turn.account(t.state());
            var uses = command.uses().stream().map(Folders::use).toList();
            var folder = t.createFolder(turn.account(), checked(name));
            t.setSpecialUses(turn.account(), folder.id(), uses);
            return Reply.ok(turn.phase(), "Folder " + turn.name(name) + " created.")
                    .with(new ResponseCode.MailboxId(folder.id()));
        });
    }

    static Reply rename(Turn turn, ImapCommand.Rename command) {
        var to = command.to().endsWith("/") ? command.to().substring(0, command.to().length() - 1) : command.to();
        return change(turn, "Folder " + turn.name(command.from()) + " renamed to " + turn.name(to) + ".",
                t -> t.renameFolder(turn.account(), command.from(), checked(to)));
    }

    static Reply subscribe(Turn turn, String mailbox, boolean subscribed) {
        return change(turn, turn.name(mailbox) + (subscribed ? " is subscribed." : " is no longer subscribed."),
                t -> t.subscribe(turn.account(), subscribed ? checked(mailbox) : mailbox, subscribed));
    }

    /** The session's own open folder may go: then none is open any more. */
    static Reply delete(Turn turn, ImapCommand.Delete command) {
        return turn.change(t -> {
            turn.account(t.state());
            t.deleteFolder(turn.account(), command.mailbox());
            var text = "Folder " + turn.name(command.mailbox()) + " deleted.";
            if (turn.phase() instanceof Phase.Selected open
                    && t.state().folder(open.view().account(), open.view().folderId()).isEmpty()) {
                return Reply.ok(new Phase.Authenticated(turn.account()), text)
                        .saying(Notices.ok(null, "The folder that was open is deleted; none is open now."))
                        .recording(List.of(new What.ViewClosed(open.folder())));
            }
            return Reply.ok(turn.phase(), text);
        });
    }

    static SpecialUse use(String attribute) {
        return SpecialUse.named(attribute).orElseThrow(() -> new MailboxException(MailboxException.Reason.USEATTR,
                "This server knows no special use " + attribute + "."));
    }

    private static Reply change(Turn turn, String done, Consumer<Transaction> work) {
        return turn.change(t -> {
            turn.account(t.state());
            work.accept(t);
            return Reply.ok(turn.phase(), done);
        });
    }

    private static String checked(String name) {
        if (name.isEmpty()) {
            throw new MailboxException(MailboxException.Reason.CANNOT, "The folder's name is empty.");
        }
        if (name.length() > LONGEST_NAME) {
            throw new MailboxException(MailboxException.Reason.LIMIT,
                    "A folder's name has at most " + LONGEST_NAME + " characters.");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new MailboxException(MailboxException.Reason.CANNOT,
                    "A folder's name has no control characters.");
        }
        return Folder.canonicalName(name);
    }
}
