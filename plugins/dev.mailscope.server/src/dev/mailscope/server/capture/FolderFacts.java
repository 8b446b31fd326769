package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.mailscope.server.mailbox.SpecialUse;

/** What a capture tells of one folder. A folder with another UIDVALIDITY is another one. */
final class FolderFacts {
    final AccountFacts account;
    final long id;
    final String firstName;
    final boolean wasThere;
    final Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
    final TreeMap<Long, MessageFacts> messages = new TreeMap<>();
    boolean selectable = true;
    long uidValidity;
    long firstUidNext;
    long uidNext;
    boolean viewed;

    /** A folder that was there before the capture began, or came into being within it. */
    FolderFacts(AccountFacts account, long id, String firstName, boolean wasThere) {
        this.account = account;
        this.id = id;
        this.firstName = firstName;
        this.wasThere = wasThere;
    }

    /** The server has told the UID that the next message gets. */
    void next(long uid) {
        if (uid > 0) {
            firstUidNext = firstUidNext == 0 ? uid : firstUidNext;
            uidNext = Math.max(uidNext, uid);
        }
    }

    /** The facts of the message with that UID, which those known so far become part of. */
    MessageFacts with(long uid, MessageFacts known) {
        var there = messages.get(uid);
        if (there == null) {
            known.uid = uid;
            messages.put(uid, known);
            return known;
        }
        known.becomes(there);
        return there;
    }

    /**
     * Gives each message of a view a UID that keeps its place between those whose UID is known: of a message seen
     * before whose UID is not known either, or a new one. Where no UID is left, what was told contradicts itself, and
     * the message stays without.
     */
    void place(List<MessageFacts> slots) {
        for (var from = 0; from < slots.size(); from++) {
            if (slots.get(from).uid == 0) {
                var to = from;
                while (to < slots.size() && slots.get(to).uid == 0) {
                    to++;
                }
                place(slots.subList(from, to), from == 0 ? 0 : slots.get(from - 1).uid,
                        to == slots.size() ? Long.MAX_VALUE : slots.get(to).uid);
                from = to;
            }
        }
    }

    private void place(List<MessageFacts> unknown, long below, long above) {
        if (below + 1 >= above) {
            return;
        }
        var before = new ArrayList<>(messages.subMap(below, false, above, false).values().stream()
                .filter(message -> !message.gone).toList());
        var highest = above == Long.MAX_VALUE && uidNext > 0 ? uidNext : above;
        var room = highest - below - 1;
        var next = below + 1;
        var certain = room == unknown.size();
        for (var slot : unknown) {
            if (!before.isEmpty()) {
                next = before.removeFirst().uid;
            } else {
                while (next < above && messages.containsKey(next)) {
                    next++;
                }
            }
            if (next >= above || next > 0xFFFF_FFFFL) {
                return;
            }
            slot.uidIsGuess = !certain;
            with(next, slot);
            next++;
        }
    }
}
