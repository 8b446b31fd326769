package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.NotifyEvent;
import dev.mailscope.server.imap.command.NotifyEvent.Named;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Visible;
import dev.mailscope.server.session.Limits;

/**
 * What NOTIFY tells of other folders than the open one (RFC 5465 section 5): the difference of what is visible in
 * two states.
 *
 * @param before   what the client knows
 * @param others   the same with what others have changed since
 * @param now      the same with what this client has changed itself, which it is not told (section 5); this is what is
 *                 told of the folders that others have changed
 * @param interest which events are wanted
 * @param open     the ids of the folders whose messages are told, or were told until now, as those of the open folder
 */
record OtherFolders(Visible before, Visible others, Visible now, Interest interest, Set<Long> open, Enabled enabled,
        Limits limits) {

    /** The responses: first which folders there are, then how they stand. */
    List<Response> responses() {
        var responses = new ArrayList<Response>();
        names(responses);
        others.account().folders().values().forEach(folder -> status(folder, responses));
        return responses;
    }

    /** How the watched folders stand, for the STATUS of NOTIFY SET (section 3.1). */
    static List<Response> standing(Visible seen, Interest interest, long open, Enabled enabled, Limits limits) {
        var responses = new ArrayList<Response>();
        for (var folder : seen.account().folders().values()) {
            var events = interest.events(seen, folder.name());
            if (folder.id() != open && folder.selectable() && wantsMessages(events)) {
                var items = EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY);
                if (events.contains(Named.FLAG_CHANGE)) {
                    items.add(StatusItem.UNSEEN);
                    items.add(StatusItem.HIGHESTMODSEQ);
                }
                if (enabled.condstore()) {
                    items.add(StatusItem.HIGHESTMODSEQ);
                }
                responses.add(Status.of(folder, List.copyOf(items), limits, enabled));
            }
        }
        return responses;
    }

    /** How many folders are watched for anything. */
    static int watched(Visible seen, Interest interest) {
        return (int) seen.account().folders().keySet().stream().filter(name -> !interest.events(seen, name).isEmpty())
                .count();
    }

    /**
     * The folders that are asked for, and of which nothing can be told because the user may not read them (sections 3.1
     * and 5.9).
     */
    static List<Response> withoutAccess(Visible seen, Interest interest) {
        return withoutAccess(seen.unreadable().stream().map(seen.account().names()::get)
                .filter(name -> !interest.events(seen, name).isEmpty()));
    }

    private static List<Response> withoutAccess(Stream<String> names) {
        return names.sorted().<Response>map(name -> new Response.ListMailbox(List.of("\\NoAccess"), Folder.SEPARATOR,
                name)).toList();
    }

    private static boolean wantsMessages(Set<NotifyEvent> events) {
        return events.contains(Named.MESSAGE_NEW);
    }

    // MailboxName and SubscriptionChange (sections 5.4 and 5.5)
    private void names(List<Response> responses) {
        responses.addAll(withoutAccess(others.unreadable().stream().filter(id -> !before.unreadable().contains(id))
                .map(others.account().names()::get)
                .filter(name -> !interest.events(before, name).isEmpty() || !interest.events(others, name).isEmpty())));
        var was = before.account();
        var is = others.account();
        if (was.names().equals(is.names()) && was.subscriptions().equals(is.subscriptions()) && sameSelectable()) {
            return;
        }
        var affected = new TreeSet<String>();
        var renamed = renamed();
        renamed.forEach((to, from) -> {
            if (wants(Named.MAILBOX_NAME, to) || wants(Named.MAILBOX_NAME, from)) {
                responses.add(listed(to, from));
            }
        });
        createdAndDeleted().stream().filter(name -> wants(Named.MAILBOX_NAME, name)).forEach(affected::add);
        var subscriptions = new TreeSet<>(was.subscriptions());
        subscriptions.addAll(is.subscriptions());
        subscriptions.removeIf(name -> was.subscriptions().contains(name) && is.subscriptions().contains(name));
        subscriptions.stream().filter(name -> wants(Named.SUBSCRIPTION_CHANGE, name)).forEach(affected::add);
        // A rename tells all of the new name, and of the old one that it is gone, which may be taken again.
        affected.removeIf(name -> renamed.containsKey(name) && wants(Named.MAILBOX_NAME, name));
        renamed.values().stream().filter(from -> is.folder(from).isPresent() && wants(Named.MAILBOX_NAME, from))
                .forEach(affected::add);
        affected.forEach(name -> responses.add(listed(name, null)));
    }

    private boolean sameSelectable() {
        return others.account().folders().values().stream().allMatch(folder -> before.account().folder(folder.id())
                .filter(was -> was.selectable() == folder.selectable()).isPresent());
    }

    /** The old name by the new one, where a folder has not just gone along with one above it. */
    private Map<String, String> renamed() {
        var renamed = new LinkedHashMap<String, String>();
        for (var was : before.account().folders().values()) {
            var to = others.account().names().get(was.id());
            if (to != null && !to.equals(was.name())) {
                var carried = carried(was.name());
                if (!carried.equals(to)) {
                    renamed.put(to, carried);
                }
            }
        }
        return renamed;
    }

    /** What a name has become because of what those above it have become: the client has been told of these first. */
    private String carried(String name) {
        var parent = ExtendedListing.parent(name);
        if (parent == null) {
            return name;
        }
        var above = before.account().folder(parent).map(folder -> others.account().names().get(folder.id()))
                .orElse(null);
        return (above == null ? carried(parent) : above) + name.substring(parent.length());
    }

    /** The names that have come or gone, and those above them (section 5.4). */
    private Set<String> createdAndDeleted() {
        var changed = new TreeSet<String>();
        for (var folder : others.account().folders().values()) {
            var was = before.account().folder(folder.id());
            if (was.isEmpty() || folder.selectable() && !was.get().selectable()) {
                changed.add(folder.name());
            }
        }
        before.account().folders().values().stream()
                .filter(folder -> !others.account().names().containsKey(folder.id()))
                .forEach(folder -> changed.add(folder.name()));
        var affected = new TreeSet<>(changed);
        for (var name : changed) {
            var parent = ExtendedListing.parent(name);
            if (parent != null) {
                affected.add(parent);
            }
        }
        return affected;
    }

    private boolean wants(Named event, String name) {
        return interest.events(before, name).contains(event) || interest.events(others, name).contains(event);
    }

    private Response listed(String name, String oldName) {
        return new Response.ListMailbox(ExtendedListing.attributes(now.account(), name, result -> true),
                Folder.SEPARATOR, name, List.of(), oldName);
    }

    // MessageNew, MessageExpunge and FlagChange (sections 5.1 to 5.3)
    private void status(Folder folder, List<Response> responses) {
        var was = before.account().folder(folder.id());
        // What this client has renamed or deleted meanwhile goes by the name it has now, or by none.
        var current = now.account().folder(folder.id());
        if (was.filter(same -> same == folder).isPresent() || open.contains(folder.id()) || !folder.selectable()
                || current.filter(Folder::selectable).isEmpty()) {
            return;
        }
        var events = interest.events(others, folder.name());
        var items = EnumSet.noneOf(StatusItem.class);
        if (wantsMessages(events) && haveComeOrGone(folder)) {
            items.addAll(EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT));
        }
        if (events.contains(Named.FLAG_CHANGE)) {
            flagChange(folder, items);
        }
        if (!items.isEmpty()) {
            if (enabled.condstore()) {
                items.add(StatusItem.HIGHESTMODSEQ);
            }
            responses.add(Status.of(current.get(), List.copyOf(items), limits, enabled));
        }
    }

    private boolean haveComeOrGone(Folder folder) {
        return before.account().folder(folder.id())
                .map(was -> folder.uidNext() != was.uidNext() || folder.forgottenAt() > was.modSeq()
                        || !folder.vanishedSince(was.modSeq()).isEmpty())
                .orElse(folder.uidNext() > 1);
    }

    private void flagChange(Folder folder, Set<StatusItem> items) {
        var was = before.account().folder(folder.id());
        var unseen = was.map(Folder::unseen).orElse(0) != folder.unseen();
        var changed = was.filter(old -> folder.changedSince(old.modSeq()).stream().anyMatch(uid -> uid < old.uidNext()))
                .isPresent();
        // Another folder has this name now: what the client may know of the name is void.
        if (before.account().folder(folder.name()).filter(Folder::selectable)
                .filter(old -> old.uidValidity() == folder.uidValidity()).isEmpty()) {
            items.addAll(EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY,
                    StatusItem.UNSEEN));
        }
        if (unseen) {
            items.add(StatusItem.UNSEEN);
        }
        // Without these two there is nothing to tell of other flags than \Seen (section 5.1).
        if (unseen || changed && enabled.condstore()) {
            items.add(StatusItem.UIDVALIDITY);
        }
    }
}
