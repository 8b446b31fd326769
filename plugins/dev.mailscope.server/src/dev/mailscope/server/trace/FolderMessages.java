package dev.mailscope.server.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;

/**
 * The messages of a folder, one after the other as a checkpoint has them. What is the same in a moment read before is
 * taken from there: two moments of a recording differ little, and neither their making nor their memory need cost more
 * than that.
 */
final class FolderMessages {
    // Beyond one message of so many, a new tree is made sooner than the old one changed.
    private static final int FEW = 8;

    private final TreePMap<Long, Message> known;
    private final TreePMap<Long, Long> knownByModSeq;
    private final Iterator<Message> walk;
    private final List<Message> all = new ArrayList<>();
    private final List<Message> came = new ArrayList<>();
    private final List<Message> went = new ArrayList<>();
    private Message next;
    private int unseen;
    private long octets;
    private TreePMap<Long, Message> messages;
    private TreePMap<Long, Long> byModSeq;

    /** Those of a folder that was like this in another moment; null when it was not there. */
    FolderMessages(Folder near) {
        known = near == null ? TreePMap.empty() : near.messages();
        knownByModSeq = near == null ? TreePMap.empty() : near.byModSeq();
        walk = known.isEmpty() ? Collections.emptyIterator() : known.values().iterator();
        step();
    }

    /** The message of that UID, which is to be added next, as it was in the other moment; null: it was not there. */
    Message known(long uid) {
        while (next != null && next.uid() < uid) {
            went.add(next);
            step();
        }
        return next != null && next.uid() == uid ? next : null;
    }

    /** Adds the next message: the one that {@link #known} gave, or another one. */
    void add(Message message) {
        all.add(message);
        unseen += message.flags().seen() ? 0 : 1;
        octets += message.size();
        if (message == next) {
            step();
        } else {
            came.add(message);
        }
    }

    /** All have been added. */
    void end() {
        known(Long.MAX_VALUE);
        if ((went.size() + came.size()) * FEW > all.size()) {
            var uids = new TreeMap<Long, Message>();
            var modSeqs = new TreeMap<Long, Long>();
            for (var message : all) {
                uids.put(message.uid(), message);
                modSeqs.put(message.modSeq(), message.uid());
            }
            messages = TreePMap.fromSortedMap(uids);
            byModSeq = TreePMap.fromSortedMap(modSeqs);
            return;
        }
        messages = known;
        byModSeq = knownByModSeq;
        for (var message : went) {
            messages = messages.minus(message.uid());
            byModSeq = byModSeq.minus(message.modSeq());
        }
        for (var message : came) {
            messages = messages.plus(message.uid(), message);
            byModSeq = byModSeq.plus(message.modSeq(), message.uid());
        }
    }

    /** By UID. */
    TreePMap<Long, Message> messages() {
        return messages;
    }

    /** UIDs by modification sequence. */
    TreePMap<Long, Long> byModSeq() {
        return byModSeq;
    }

    /** How many have no {@code \Seen}. */
    int unseen() {
        return unseen;
    }

    /** The sum of their sizes. */
    long octets() {
        return octets;
    }

    private void step() {
        next = walk.hasNext() ? walk.next() : null;
    }
}
