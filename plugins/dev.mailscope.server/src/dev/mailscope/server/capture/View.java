package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.What;

/** What one session's client has been told of the folder it has open: its messages in the order of their numbers. */
final class View {
    /** A message that has gone while this was learnt, and where it stood. */
    private record Removed(int at, MessageFacts message) {
    }

    private static final int MOST_MESSAGES = 100_000;

    private final Mailboxes mail;
    private final FolderFacts folder;
    private final Knowledge.Seen seen;
    private final boolean learning;
    private final boolean firstOfFolder;
    private final long uidNext;
    private final List<MessageFacts> slots = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Removed> removedWhileLearning = new ArrayList<>();
    private int arrived;

    View(Mailboxes mail, FolderFacts folder, Knowledge.Seen seen) {
        this.mail = mail;
        this.folder = folder;
        this.seen = seen;
        this.learning = mail.isLearning();
        this.firstOfFolder = !folder.viewed;
        this.uidNext = folder.uidNext;
        if (learning) {
            folder.viewed = true;
        } else {
            seen.atFirst.forEach(this::addSlot);
            synchronise();
        }
    }

    FolderFacts folder() {
        return folder;
    }

    int size() {
        return slots.size();
    }

    /** There were that many messages when the folder was opened. */
    void hasAtFirst(long count) {
        if (learning) {
            more(count, seen.atFirst);
        }
    }

    private void more(long count, List<MessageFacts> into) {
        var wanted = (int) Math.max(0, Math.min(count, MOST_MESSAGES) - slots.size());
        for (var left = mail.room(wanted); left > 0; left--) {
            var message = new MessageFacts();
            into.add(message);
            slots.add(message);
        }
    }

    /** The client is told that there are that many now. */
    void exists(long count) {
        var uids = new ArrayList<Long>();
        if (learning) {
            more(count, seen.later);
            return;
        }
        while (slots.size() < count && arrived < seen.later.size()) {
            var message = seen.later.get(arrived++).now();
            slots.add(message);
            mail.add(folder, message);
            if (message.uid > 0) {
                uids.add(message.uid);
            }
        }
        if (!uids.isEmpty()) {
            notices.add(new Notice.Arrived(slots.size(), 0, uids));
        }
    }

    /** The message with that number, from 1; null when there is none. */
    MessageFacts message(long number) {
        return number < 1 || number > slots.size() ? null : slots.get((int) number - 1).now();
    }

    /** The message with that UID; null when the client has not been told of one. */
    MessageFacts withUid(long uid) {
        for (var slot : slots) {
            if (slot.now().uid == uid) {
                return slot.now();
            }
        }
        return null;
    }

    /** The UID of a message was told. */
    MessageFacts isCalled(long number, long uid) {
        var message = message(number);
        if (message != null && learning && uid > 0 && uid <= 0xFFFF_FFFFL && message.uid == 0) {
            message = folder.with(uid, message);
            slots.set((int) number - 1, message);
        }
        return message;
    }

    /** The message with that number is gone for this client. */
    void expunge(long number) {
        if (number >= 1 && number <= slots.size()) {
            var message = slots.remove((int) number - 1).now();
            if (learning) {
                removedWhileLearning.add(new Removed((int) number - 1, message));
            } else if (message.uid > 0) {
                mail.remove(folder, message.uid);
                notices.add(new Notice.Expunged((int) number, message.uid));
            }
        }
    }

    /** The message with that UID is gone for this client. */
    void vanish(long uid) {
        for (var i = 0; i < slots.size(); i++) {
            if (slots.get(i).now().uid == uid) {
                expunge(i + 1L);
                return;
            }
        }
    }

    /** The flags of a message were told. */
    void flags(long number, Flags flags) {
        var message = message(number);
        if (message == null) {
            return;
        }
        if (learning) {
            message.flags = message.flags == null ? flags : message.flags;
        } else if (message.uid > 0) {
            var before = mail.held(folder).map(held -> held.message(message.uid)).orElse(null);
            var after = mail.flags(folder, message.uid, flags);
            if (after != null && !after.flags().equals(before.flags())) {
                notices.add(new Notice.FlagsChanged((int) number, message.uid, flags, false, after.modSeq()));
            }
        }
    }

    /** The client has changed the flags of a message and is not told which it has now. */
    void change(long number, UnaryOperator<Flags> step) {
        var message = message(number);
        if (message != null && message.uid > 0) {
            mail.held(folder).map(held -> held.message(message.uid))
                    .ifPresent(held -> mail.flags(folder, message.uid, step.apply(held.flags())));
        }
    }

    /** Records what the client has been told since the last time. */
    void told(Trail trail, long cause) {
        if (!notices.isEmpty()) {
            trail.record(cause, new What.Told(notices));
            notices.clear();
        }
    }

    /** The folder is no longer open. What was never told of its messages is settled now. */
    void close() {
        if (!learning) {
            return;
        }
        // Back to the order in which all of them stood, those that have gone in their places.
        var all = new ArrayList<>(slots);
        for (var removed : removedWhileLearning.reversed()) {
            all.add(Math.min(removed.at, all.size()), removed.message);
        }
        var known = new ArrayList<MessageFacts>();
        all.forEach(each -> known.add(each.now()));
        folder.place(known);
        for (var slot : seen.atFirst) {
            var message = slot.now();
            if (message.uid > 0 && !message.brought && folder.wasThere
                    && (firstOfFolder || uidNext == 0 || message.uid < uidNext)) {
                message.wasThere = true;
            }
        }
        for (var slot : known) {
            folder.uidNext = Math.max(folder.uidNext, slot.now().uid + 1);
        }
        removedWhileLearning.forEach(removed -> removed.message.now().gone = true);
    }

    private void addSlot(MessageFacts message) {
        slots.add(message.now());
    }

    /** What the folder holds is what was in it when it was opened. */
    private void synchronise() {
        var there = new HashSet<Long>();
        for (var slot : slots) {
            if (slot.uid > 0) {
                there.add(slot.uid);
                mail.add(folder, slot);
            }
        }
        mail.held(folder).ifPresent(held -> held.messages().keySet().stream().filter(uid -> !there.contains(uid))
                .toList().forEach(uid -> mail.remove(folder, uid)));
    }
}
