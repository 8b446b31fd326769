package dev.mailscope.server.trace;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;

/** How much memory an event keeps from being freed, in octets and roughly. */
final class EventWeight {
    private static final long BASE = 256;
    private static final long EACH = 128;

    private EventWeight() {
    }

    /** The weight of an event that follows that state. */
    static long of(What what, ServerState before) {
        return switch (what) {
            case What.Received(var octets) -> BASE + of(octets, true);
            case What.Response(var octets) -> BASE + of(octets, false);
            case What.StateChanged(var version, var changes) -> {
                var sum = BASE;
                for (var change : changes) {
                    sum += EACH + of(change, before);
                }
                yield sum;
            }
            case What.Told(var notices) -> BASE + EACH * notices.size();
            case What.Rejected(var tag, var problem, var offset) -> BASE + problem.length();
            case What.Remark(var text) -> BASE + text.length();
            case What.Delivery d -> BASE + EACH * d.recipients().size();
            case What.Device d -> BASE + EACH * (d.peers().size() + d.held().size());
            case What.Held h -> BASE + h.why().length();
            case What.Released r -> BASE + r.decision().length();
            case What.Fault f -> BASE + f.decision().length() + f.name().length();
            case What.Replaced(var octets, var toClient) -> BASE + of(octets, !toClient);
            case What.Connected c -> BASE;
            case What.Command c -> BASE;
            case What.PhaseChanged p -> BASE;
            case What.Sent s -> BASE;
            case What.ViewOpened v -> BASE;
            case What.ViewClosed v -> BASE;
            case What.Marked m -> BASE;
            case What.TlsStarted t -> BASE;
            case What.CompressionStarted c -> BASE;
            case What.Closed c -> BASE;
        };
    }

    private static long of(Octets octets, boolean withMail) {
        if (octets.plain() != null) {
            return octets.size();
        }
        var sum = 0L;
        for (var piece : octets.pieces()) {
            sum += switch (piece) {
                case Octets.Inline inline -> inline.size();
                case Octets.Hidden hidden -> EACH;
                case Octets.Slice slice -> withMail && isInMemory(slice.content()) ? slice.size() : EACH;
            };
        }
        return sum;
    }

    // Mail that comes belongs to the store as well, but may be gone from there tomorrow; mail that goes is only here.
    private static long of(Change change, ServerState before) {
        return switch (change) {
            case Change.MessageAdded added -> of(added.message());
            case Change.MessageRemoved removed -> of(removed.message());
            case Change.FolderDeleted deleted ->
                before.folder(deleted.account(), deleted.folderId()).map(Folder::octets).orElse(0L);
            case Change.AccountRemoved removed -> before.account(removed.account()).map(EventWeight::of).orElse(0L);
            case Change.FlagsChanged c -> 0;
            case Change.AccountAdded c -> 0;
            case Change.FolderCreated c -> 0;
            case Change.FolderRenamed c -> 0;
            case Change.SelectableChanged c -> 0;
            case Change.SpecialUseChanged c -> 0;
            case Change.SubscriptionChanged c -> 0;
            case Change.QuotaChanged c -> 0;
            case Change.AccessChanged c -> 0;
            case Change.AnnotationChanged c -> c.value().map(String::length).orElse(0);
            case Change.ServerAnnotationChanged c -> c.value().map(String::length).orElse(0);
            case Change.RecentClaimed c -> 0;
        };
    }

    private static long of(Message message) {
        return isInMemory(message.content()) ? message.size() : EACH;
    }

    // A large one that lies elsewhere never comes into memory, not even when it goes from there.
    private static boolean isInMemory(Content content) {
        return content.isInMemory() || content.size() <= Content.LARGE;
    }

    private static long of(Account account) {
        return account.folders().values().stream().mapToLong(Folder::octets).sum();
    }
}
