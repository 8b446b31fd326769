package dev.mailscope.ui.server;

import java.util.HashSet;
import java.util.Set;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.Moment;

/** Which items of the tree of mail say something else in another moment, with other marks. */
final class Outdated {
    private Outdated() {
    }

    /** Those between what is shown and a moment that has not been shown yet; some may not be in the tree. */
    static Set<Object> between(MailLabels.Shown before, Moment moment, Marks marks, MailContent content) {
        var found = new HashSet<Object>();
        var server = moment.server();
        for (var account : server.accounts().values()) {
            found.add(new Item.OfAccount(account.name()));
            for (var folder : account.folders().values()) {
                var item = new Item.OfFolder(account.name(), folder.id());
                found.add(item);
                addMessages(item, before.moment.server(), folder, content, found);
            }
        }
        addOtherWords(before.marks, marks, found);
        addOtherWords(marks, before.marks, found);
        addMarked(before.moment, moment, found);
        addMarked(moment, before.moment, found);
        return found;
    }

    private static void addMessages(Item.OfFolder item, ServerState before, Folder is, MailContent content,
            Set<Object> found) {
        var was = item.in(before).orElse(null);
        if (was == null || was == is) {
            return; // what is new is labelled when it comes in
        }
        var left = content.listed(item, is);
        for (var message : is.messages().descendingMap().values()) {
            if (left-- == 0) {
                return;
            }
            if (was.message(message.uid()) != message) {
                found.add(new Item.OfMessage(item.account(), item.folderId(), message.uid()));
            }
        }
    }

    private static void addOtherWords(Marks of, Marks than, Set<Object> found) {
        of.words().forEach((item, word) -> {
            if (!than.word(item).equals(word)) {
                found.add(item);
            }
        });
    }

    private static void addMarked(Moment of, Moment than, Set<Object> found) {
        for (var session : of.sessions().values()) {
            var other = than.sessions().get(session.number());
            if (other == session || session.marked().isEmpty()) {
                continue;
            }
            for (var uid : session.marked()) {
                if (other == null || other.folderId() != session.folderId() || !other.marked().contains(uid)) {
                    found.add(new Item.OfMessage(session.account(), session.folderId(), uid));
                }
            }
        }
    }
}
