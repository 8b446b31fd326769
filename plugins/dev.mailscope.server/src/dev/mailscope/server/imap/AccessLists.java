package dev.mailscope.server.imap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.trace.What;

/** SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS (RFC 4314 section 3). */
final class AccessLists {
    private static final int LONGEST_IDENTIFIER = 255;

    private AccessLists() {
    }

    static Reply set(Turn turn, ImapCommand.SetAcl command) {
        var identifier = prepared(command.identifier());
        return change(turn, command.mailbox(), (t, place) -> {
            if (identifier.length() > LONGEST_IDENTIFIER) {
                throw new MailboxException(MailboxException.Reason.LIMIT,
                        "An identifier has at most " + LONGEST_IDENTIFIER + " characters.");
            }
            var entry = place.folder().access().entries().get(identifier);
            var before = entry == null ? Rights.NONE : entry;
            var after = switch (command.mode()) {
                case REPLACE -> command.rights();
                case ADD -> before.plus(command.rights());
                case REMOVE -> before.minus(command.rights());
            };
            // Taking from nothing makes no entry.
            if (entry != null || command.mode() != ImapCommand.SetAcl.Mode.REMOVE) {
                t.setAccess(place.account(), place.folder().id(), identifier, Optional.of(after));
            }
            var now = t.folder(place.account(), place.folder().id()).access().entry(identifier);
            return identifier + (AccessList.isNegative(identifier) ? " takes " : " has ")
                    + (now.all().isEmpty() ? "no rights" : now)
                    + (now.equals(after) ? "." : "; the owner always has " + AccessList.OWNER + ".");
        });
    }

    static Reply delete(Turn turn, ImapCommand.DeleteAcl command) {
        var identifier = prepared(command.identifier());
        return change(turn, command.mailbox(), (t, place) -> {
            t.setAccess(place.account(), place.folder().id(), identifier, Optional.empty());
            return identifier + " has no entry" + (identifier.equals(place.account())
                    ? "; the owner always has " + AccessList.OWNER + "." : ".");
        });
    }

    static Reply get(Turn turn, String mailbox) {
        return offered(turn, () -> turn.read(state -> {
            var place = turn.place(state, mailbox, Right.ADMINISTER);
            var rights = new LinkedHashMap<String, String>();
            place.folder().access().entries().forEach((identifier, entry) ->
                    rights.put(identifier, entry.compatible()));
            return Reply.ok(turn.phase(), "GETACL completed.").saying(new Response.AccessList(place.name(), rights));
        }));
    }

    static Reply list(Turn turn, ImapCommand.ListRights command) {
        return offered(turn, () -> turn.read(state -> {
            var place = turn.place(state, command.mailbox(), Right.ADMINISTER);
            var identifier = prepared(command.identifier());
            var optional = AccessList.optional(identifier, place.account());
            var required = identifier.equals(place.account()) ? AccessList.OWNER : Rights.NONE;
            // No right depends on another; the letters of RFC 2086 stand by themselves (section 2.1.1).
            return Reply.ok(turn.phase(), "LISTRIGHTS completed.").saying(new Response.ListRights(place.name(),
                    command.identifier(), required.compatible(), List.of(optional.compatible().split(""))));
        }));
    }

    static Reply mine(Turn turn, String mailbox) {
        return offered(turn, () -> turn.read(state -> {
            var place = turn.knownPlace(state, mailbox);
            return Reply.ok(turn.phase(), "MYRIGHTS completed.").saying(of(place));
        }));
    }

    /** What the user may do with a folder, as MYRIGHTS tells it. */
    static Response of(Place place) {
        return new Response.MyRights(place.name(), place.rights().compatible());
    }

    private interface Work {
        /** Gives what is so now, in words. */
        String on(Transaction t, Place place);
    }

    private interface Answer {
        Reply get();
    }

    private static Reply change(Turn turn, String mailbox, Work work) {
        return offered(turn, () -> turn.change(t -> {
            var place = turn.place(t.state(), mailbox, Right.ADMINISTER);
            var text = turn.verb() + " completed: " + work.on(t, place);
            return turn.phase() instanceof Phase.Selected open && !turn.rights(t.state()).has(Right.READ)
                    ? Reply.ok(new Phase.Authenticated(turn.account()), text)
                            .saying(Notices.ok(null, "The folder that was open may no longer be read by "
                                    + turn.account() + "; none is open now."))
                            .recording(List.of(new What.ViewClosed(open.folder())))
                    : Reply.ok(turn.phase(), text);
        }));
    }

    private static Reply offered(Turn turn, Answer answer) {
        return turn.context().hasAccessLists() ? answer.get() : turn.say(notOffered(turn));
    }

    /** The answer where access lists have no effect. */
    static Reply notOffered(Turn turn) {
        return Reply.bad(turn.phase(), "This server offers no access lists (RFC 4314).");
    }

    // The parser has seen that it can be.
    private static String prepared(String identifier) {
        return AccessList.prepared(identifier).orElseThrow();
    }
}
