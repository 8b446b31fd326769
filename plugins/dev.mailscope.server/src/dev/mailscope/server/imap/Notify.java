package dev.mailscope.server.imap;

import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.NotifyEvent;
import dev.mailscope.server.imap.command.NotifyEvent.Named;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;

/** NOTIFY (RFC 5465): the client says what it wants to be told of, and is told at any time. */
final class Notify {
    private Notify() {
    }

    static Reply run(Turn turn, ImapCommand.Notify command) {
        var unknown = command.groups().stream().flatMap(group -> group.events().stream())
                .filter(event -> !(event instanceof Named named && Interest.SUPPORTED.contains(named)))
                .map(NotifyEvent::wireName).distinct().sorted().toList();
        if (!unknown.isEmpty()) {
            return turn.read(state -> Reply.no(turn.phase(), new ResponseCode.BadEvent(
                    Interest.SUPPORTED.stream().map(NotifyEvent::wireName).toList()),
                    "The server does not tell of " + String.join(", ", unknown) + "."));
        }
        if (command.groups().isEmpty()) {
            return turn.change(t -> Reply.ok(turn.phase(), "Nothing is told unasked from now on.")
                    .watching(Watching.NOTHING));
        }
        return set(turn, command.status(), Interest.of(command));
    }

    private static Reply set(Turn turn, boolean status, Interest interest) {
        // Watches first and tells then: what happens between is not missed.
        var store = turn.context().store();
        var wide = turn.context().hasAccessLists() && interest.wantsShared();
        var watch = !interest.atAnyTime() ? Watching.NOTHING.watch() : wide ? store.watch(turn.context()::wake)
                : store.watch(turn.account(), turn.context()::wake);
        try {
            var watching = new Watching(interest, null, turn.context().cause(), watch);
            var reply = turn.change(t -> {
                var known = Watching.Known.of(turn.reach(t.state()), wide);
                var watched = OtherFolders.watched(known.visible(), interest);
                var most = turn.context().limits().notifications();
                if (watched > most) {
                    return Reply.no(turn.phase(), ResponseCode.Simple.NOTIFICATIONOVERFLOW, "These are " + watched
                            + " folders, and at most " + most + " can be watched; nothing has changed.");
                }
                var open = turn.phase() instanceof Phase.Selected selected ? selected.view().folderId() : 0;
                return Reply.ok(turn.phase(), "NOTIFY completed.")
                        .watching(interest.wantsOthers()
                                ? watching.knowing(known) : watching)
                        .saying(new Joined<>(List.of(OtherFolders.withoutAccess(known.visible(), interest),
                                status ? OtherFolders.standing(known.visible(), interest, open, turn.enabled(),
                                        turn.context().limits()) : List.<Response>of())));
            });
            if (reply.watching() == null || reply.watching().watch() != watch) {
                watch.close();
            }
            return reply;
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** What has happened since the client was last told. */
    static Reply push(Turn turn) {
        return turn.read(state -> Reply.still(turn.phase(), Waiting.NOTHING));
    }

    /** What is said in place of more than can be told at once (section 5.8). */
    static Response overflow(int most) {
        return Notices.ok(ResponseCode.Simple.NOTIFICATIONOVERFLOW, "There is more to tell at once than " + most
                + " responses about other folders and notes: nothing is told unasked from now on.");
    }
}
