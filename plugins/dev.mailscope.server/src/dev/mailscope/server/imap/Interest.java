package dev.mailscope.server.imap;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.imap.command.EventGroup;
import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.MailboxFilter;
import dev.mailscope.server.imap.command.NotifyEvent;
import dev.mailscope.server.imap.command.NotifyEvent.Named;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Visible;

/**
 * What a client wants to be told of unasked (RFC 5465 section 6). Immutable.
 *
 * @param asked      true when a NOTIFY has said so, false for what IMAP does of itself
 * @param messages   true to tell of messages that come to, and go from, the open folder
 * @param flags      true to tell of flags that change in it
 * @param delayed    true to tell expunges in it during commands only
 * @param attributes what FETCH responses tell of messages that have come into it; empty for none
 * @param others     what is to be told of other folders
 */
record Interest(boolean asked, boolean messages, boolean flags, boolean delayed, List<FetchAttribute> attributes,
        List<EventGroup> others) {
    /** Before the first NOTIFY: all of the open folder, during commands. */
    static final Interest UNASKED = new Interest(false, true, true, true, List.of(), List.of());
    /** After NOTIFY NONE. */
    static final Interest NOTHING = new Interest(true, false, false, true, List.of(), List.of());

    /** The events that the server knows how to tell. */
    static final Set<Named> SUPPORTED = EnumSet.of(Named.MESSAGE_NEW, Named.MESSAGE_EXPUNGE, Named.FLAG_CHANGE,
            Named.MAILBOX_NAME, Named.SUBSCRIPTION_CHANGE, Named.MAILBOX_METADATA_CHANGE, Named.SERVER_METADATA_CHANGE);

    /** What a NOTIFY asks for. Without a group for the open folder nothing of it is told (section 3.1). */
    static Interest of(ImapCommand.Notify command) {
        var others = command.groups().stream().filter(group -> !group.mailboxes().isSelected()).toList();
        return command.groups().stream().filter(group -> group.mailboxes().isSelected()).findFirst()
                .map(group -> new Interest(true, group.events().contains(Named.MESSAGE_NEW),
                        group.events().contains(Named.FLAG_CHANGE),
                        group.mailboxes() == MailboxFilter.Simple.SELECTED_DELAYED, group.attributes(), others))
                .orElse(new Interest(true, false, false, true, List.of(), others));
    }

    /** True when something is to be told as it happens, whether or not a command is in progress. */
    boolean atAnyTime() {
        return asked && (messages || flags || !others.isEmpty());
    }

    /** True when expunges in the open folder are told even where no command is in progress. */
    boolean expungesAtAnyTime() {
        return asked && messages && !delayed;
    }

    /** True when any other folder's events are wanted, or such as are of no messages. */
    boolean wantsOthers() {
        return others.stream().anyMatch(group -> !group.events().isEmpty());
    }

    /** True when it may want events of folders that are not the user's own. */
    boolean wantsShared() {
        return others.stream().anyMatch(group -> !group.events().isEmpty() && switch (group.mailboxes()) {
            case MailboxFilter.Simple simple -> simple == MailboxFilter.Simple.SUBSCRIBED;
            case MailboxFilter.Subtree subtree -> true;
            case MailboxFilter.Mailboxes mailboxes -> true;
        });
    }

    /** True when it wants to be told what is noted of the server, whichever folders that stands with (section 5.7). */
    boolean wantsServer() {
        return others.stream().anyMatch(group -> group.events().contains(Named.SERVER_METADATA_CHANGE));
    }

    /** The events of folders that are wanted of that name, which need not be there, as the user is shown it. */
    Set<NotifyEvent> events(Visible seen, String name) {
        var events = new HashSet<NotifyEvent>();
        for (var group : others) {
            if (includes(group.mailboxes(), seen, name)) {
                events.addAll(group.events());
            }
        }
        events.remove(Named.SERVER_METADATA_CHANGE);
        return events;
    }

    private static boolean includes(MailboxFilter filter, Visible seen, String name) {
        return switch (filter) {
            case MailboxFilter.Simple simple -> switch (simple) {
                case SELECTED, SELECTED_DELAYED -> false;
                // The server's user delivers mail to any folder, so that inboxes are all of them (section 6.3).
                case INBOXES, PERSONAL -> isSelectable(seen, name) && seen.isOwn(name);
                case SUBSCRIBED -> seen.account().subscriptions().contains(name);
            };
            case MailboxFilter.Subtree(var names) -> isSelectable(seen, name) && names.stream()
                    .anyMatch(top -> name.equals(top) || name.startsWith(top + Folder.SEPARATOR));
            case MailboxFilter.Mailboxes(var names) -> names.contains(name);
        };
    }

    private static boolean isSelectable(Visible seen, String name) {
        return seen.account().folder(name).filter(Folder::selectable).isPresent();
    }
}
