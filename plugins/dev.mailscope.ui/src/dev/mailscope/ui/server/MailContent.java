package dev.mailscope.ui.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jface.viewers.ITreeContentProvider;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.Moment;

/** Accounts, their folders and the newest messages of these, as they are in the moment that is the viewer's input. */
final class MailContent implements ITreeContentProvider {
    // Of a folder with more messages, so many are listed at least, and less than a step more: most of the time the list
    // then grows at its end alone, which a tree on the screen takes quickly. Whenever rows at its beginning go, it is
    // measured anew row by row.
    private static final int MOST = 100;
    private static final int STEP = 50;

    private final Map<Item.OfFolder, Integer> asked = new HashMap<>();
    private Moment moment = Moment.START;

    /** Shows that moment; gives what was listed in a folder that is there still, and is listed no more. */
    List<Item> show(Moment next) {
        var before = moment.server();
        moment = next;
        var gone = new ArrayList<Item>();
        for (var account : before.accounts().values()) {
            for (var folder : account.folders().values()) {
                var item = new Item.OfFolder(account.name(), folder.id());
                var now = item.in(state());
                if (now.isPresent() && now.get() != folder) {
                    var listed = Set.copyOf(messages(item, state()));
                    messages(item, before).stream().filter(message -> !listed.contains(message)).forEach(gone::add);
                }
            }
        }
        return gone;
    }

    /** Lists so many more messages of that folder, for somebody who asked for the older ones. */
    void listMore(Item.Older older) {
        asked.merge(new Item.OfFolder(older.account(), older.folderId()), MOST, Integer::sum);
    }

    private ServerState state() {
        return moment.server();
    }

    @Override
    public Object[] getElements(Object input) {
        return state().accounts().keySet().stream().map(Item.OfAccount::new).toArray();
    }

    @Override
    public Object[] getChildren(Object parent) {
        return switch ((Item) parent) {
            case Item.OfAccount item -> item.in(state()).stream().flatMap(a -> a.folders().values().stream())
                    .sorted(FolderOrder.INBOX_FIRST).map(f -> new Item.OfFolder(item.account(), f.id())).toArray();
            case Item.OfFolder item -> messages(item, state()).toArray();
            case Item.OfMessage item -> new Object[0];
            case Item.Older item -> new Object[0];
        };
    }

    @Override
    public boolean hasChildren(Object element) {
        return switch ((Item) element) {
            case Item.OfAccount item -> true;
            case Item.OfFolder item -> item.in(state()).map(f -> f.size() > 0).orElse(false);
            case Item.OfMessage item -> false;
            case Item.Older item -> false;
        };
    }

    @Override
    public Object getParent(Object element) {
        return switch ((Item) element) {
            case Item.OfAccount item -> null;
            case Item.OfFolder item -> new Item.OfAccount(item.account());
            case Item.OfMessage item -> new Item.OfFolder(item.account(), item.folderId());
            case Item.Older item -> new Item.OfFolder(item.account(), item.folderId());
        };
    }

    /** How many messages of that folder, as it is in some state, are listed, the newest ones. */
    int listed(Item.OfFolder item, Folder folder) {
        var most = MOST + asked.getOrDefault(item, 0);
        return folder.size() <= most ? folder.size() : most + (folder.size() - most) % STEP;
    }

    /** The messages that are listed and have one of these contents. */
    Object[] messagesOf(Set<String> contents) {
        var found = new ArrayList<Item>();
        for (var account : state().accounts().values()) {
            for (var folder : account.folders().values()) {
                var item = new Item.OfFolder(account.name(), folder.id());
                folder.messages().descendingMap().values().stream().limit(listed(item, folder))
                        .filter(message -> contents.contains(message.content().id()))
                        .forEach(message -> found.add(
                                new Item.OfMessage(account.name(), folder.id(), message.uid())));
            }
        }
        return found.toArray();
    }

    private List<Item> messages(Item.OfFolder item, ServerState state) {
        var folder = item.in(state).orElse(null);
        if (folder == null) {
            return List.of();
        }
        List<Item> newest = new ArrayList<>();
        var most = listed(item, folder);
        for (var uid : folder.messages().descendingMap().keySet()) {
            if (newest.size() == most) {
                newest.add(new Item.Older(item.account(), item.folderId(), uid + 1));
                break;
            }
            newest.add(new Item.OfMessage(item.account(), item.folderId(), uid));
        }
        return newest.reversed();
    }
}
