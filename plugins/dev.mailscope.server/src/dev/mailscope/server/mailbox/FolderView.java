package dev.mailscope.server.mailbox;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What one session has been told of its folder: the second truth beside what the folder holds. Immutable; telling the
 * client something makes the next view. Sequence numbers are positions in this view, so they move only when the client
 * is told (RFC 9051 sections 2.3.1.2 and 7.5.1). A message expunged by another session stays readable here until then
 * (RFC 2180 section 4.1.2).
 */
public final class FolderView {
    // One message of so many is worth a walk past the others.
    private static final int SPARSE = 8;
    // So many changes are worth a list of all messages.
    private static final int MANY = 1_000;

    private final String account;
    private final long folderId;
    private final boolean readOnly;
    private final TreePMap<Long, Message> told;
    private final long uidNext;
    private final long flagsAt;
    private final long expungesAt;
    private final TreePSet<Long> recent;
    private final Folder toldWhole;
    // All null for not asked for. Where memory is short they are found anew: a thousand sessions may look at a folder
    // of a hundred thousand messages.
    // The first of them may be missing their successors, which have arrived since.
    private SoftReference<long[]> uids;
    // As the folder has them that all is told of.
    private SoftReference<Message[]> inOrder;
    private SoftReference<Flags[]> flagsInOrder;

    private FolderView(String account, long folderId, boolean readOnly, TreePMap<Long, Message> told, long uidNext,
            long flagsAt, long expungesAt, TreePSet<Long> recent, Folder toldWhole) {
        this.account = account;
        this.folderId = folderId;
        this.readOnly = readOnly;
        this.told = told;
        this.uidNext = uidNext;
        this.flagsAt = flagsAt;
        this.expungesAt = expungesAt;
        this.recent = recent;
        this.toldWhole = toldWhole;
    }

    /** The view of a session that opens the folder now: it is told everything at once. */
    public static FolderView open(String account, Folder folder, boolean readOnly) {
        return new FolderView(account, folder.id(), readOnly, folder.messages(), folder.uidNext(), folder.modSeq(),
                folder.modSeq(), recent(folder.messages(), folder.recentFrom()), folder);
    }

    /** The user name of the folder's account. */
    public String account() {
        return account;
    }

    /** The folder's id. */
    public long folderId() {
        return folderId;
    }

    /** True when it was opened by EXAMINE. */
    public boolean readOnly() {
        return readOnly;
    }

    /** The number of messages the client knows of: its highest sequence number. */
    public int exists() {
        return told.size();
    }

    /** How many of the messages are recent to this session (RFC 3501 section 2.3.2). */
    public int recent() {
        return recent.size();
    }

    /**
     * True when that message is recent to this session. Which messages are so is kept one by one: between two that are,
     * another session may have been told first of the next.
     */
    public boolean isRecent(long uid) {
        return !recent.isEmpty() && recent.contains(uid);
    }

    /** The UID of the message with that sequence number, 1 to {@link #exists}. */
    public long uid(int sequence) {
        return uids()[sequence - 1];
    }

    /** The sequence number of a message, or 0 when the client does not know of it. */
    public int sequence(long uid) {
        var index = Arrays.binarySearch(uids(), uid);
        return index < 0 ? 0 : index + 1;
    }

    /** The UIDs in the order of their sequence numbers; shared, never change it. */
    public long[] uids() {
        var known = uids == null ? null : uids.get();
        if (known == null) {
            known = told.keySet().stream().mapToLong(Long::longValue).toArray();
            uids = new SoftReference<>(known);
        } else if (known.length < told.size()) {
            var i = known.length;
            known = Arrays.copyOf(known, told.size());
            for (var arrived : told.tailMap(i == 0 ? 0L : known[i - 1], false).keySet()) {
                known[i++] = arrived;
            }
            uids = new SoftReference<>(known);
        }
        return known;
    }

    /** A message as the client last heard of it, or null when it does not know of it. */
    public Message told(long uid) {
        return told.get(uid);
    }

    /**
     * The messages by UID as the client last heard of them.
     */
    public TreePMap<Long, Message> told() {
        return told;
    }

    /** A message as it is in the folder now, or as it last was when it is expunged and the client does not know yet. */
    public Message message(Folder now, long uid) {
        var live = now.message(uid);
        return live != null ? live : told.get(uid);
    }

    /** The messages with these sequence numbers, each as {@link #message} gives it. */
    public Iterator<Message> messages(Folder now, Sequences sequences) {
        return now == toldWhole && sequences.count() > exists() / 2
                ? each(sequences, sequence -> inOrder(now)[sequence - 1]) : walk(now, sequences);
    }

    /** The flags of the messages with these sequence numbers: those messages need not be looked at for them again. */
    public Iterator<Flags> flags(Folder now, Sequences sequences) {
        if (now == toldWhole && sequences.count() > exists() / 2) {
            return each(sequences, sequence -> flagsInOrder(now)[sequence - 1]);
        }
        var messages = messages(now, sequences);
        return each(sequences, sequence -> messages.next().flags());
    }

    private Flags[] flagsInOrder(Folder now) {
        var known = flagsInOrder == null ? null : flagsInOrder.get();
        if (known == null) {
            known = new Flags[exists()];
            var walk = walk(now, Sequences.range(1, known.length));
            for (var i = 0; i < known.length; i++) {
                known[i] = walk.next().flags();
            }
            flagsInOrder = new SoftReference<>(known);
        }
        return known;
    }

    /** All messages in the order of their sequence numbers, found once; the client has been told of all of them. */
    private Message[] inOrder(Folder now) {
        var known = inOrder == null ? null : inOrder.get();
        if (known == null) {
            known = new Message[exists()];
            var walk = walk(now, Sequences.range(1, known.length));
            for (var i = 0; i < known.length; i++) {
                known[i] = walk.next();
            }
            inOrder = new SoftReference<>(known);
        }
        return known;
    }

    private Iterator<Message> walk(Folder now, Sequences sequences) {
        // A folder that is read to a good part is walked through: to look for each of its messages takes much longer.
        if (sequences.isEmpty() || sequences.count() < (sequences.last() - sequences.first()) / SPARSE) {
            return each(sequences, sequence -> message(now, uid(sequence)));
        }
        var walk = now.messages().tailMap(uid(sequences.first()), true).values().iterator();
        return each(sequences, new IntFunction<>() {
            private Message live;

            @Override
            public Message apply(int sequence) {
                var uid = uid(sequence);
                while ((live == null || live.uid() < uid) && walk.hasNext()) {
                    live = walk.next();
                }
                return live != null && live.uid() == uid ? live : told.get(uid);
            }
        });
    }

    // Whoever does not read the answers keeps the iterator: what it finds the messages by is not kept with it.
    private static <T> Iterator<T> each(Sequences sequences, IntFunction<T> message) {
        var next = sequences.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return next.hasNext();
            }

            @Override
            public T next() {
                return message.apply(next.nextInt());
            }
        };
    }

    /** True when there is something the client has not been told, be it held back or not. */
    public boolean isBehind(Folder now) {
        return now != toldWhole;
    }

    /**
     * The modification sequence up to which the client has been told all there is to tell, expunges included (RFC 7162
     * section 3.2).
     */
    public long toldUpTo(Folder now) {
        if (expungesAt < now.forgottenAt()) {
            return expungesAt;
        }
        for (var gone : now.vanished().tailMap(expungesAt, false).entrySet()) {
            if (told.containsKey(gone.getValue())) {
                return Math.min(flagsAt, gone.getKey() - 1);
            }
        }
        return flagsAt;
    }

    /** The messages that are gone from the folder and that the client still counts, by UID. */
    public List<Long> waitingExpunges(Folder now) {
        if (expungesAt < now.forgottenAt()) {
            return told.keySet().stream().filter(uid -> now.message(uid) == null).toList();
        }
        var waiting = new ArrayList<Long>();
        for (var uid : now.vanishedSince(expungesAt)) {
            if (told.containsKey(uid)) {
                waiting.add(uid);
            }
        }
        waiting.sort(null);
        return waiting;
    }

    /** The messages that have come into the folder and that the client does not know of, by UID. */
    public Collection<Message> untold(Folder now) {
        return now.arrivedSince(uidNext).values();
    }

    /** This view when the client has heard of these flags by an answer of its own, so that it is not told again. */
    public FolderView knowing(Message message) {
        if (!told.containsKey(message.uid())) {
            return this;
        }
        return new FolderView(account, folderId, readOnly, told.plus(message.uid(), message), uidNext, flagsAt,
                expungesAt, recent, null).sharing(this);
    }

    /**
     * What is to be told, and the view once it has been.
     *
     * @param next    the next view
     * @param notices in the order in which they must be sent
     */
    public record Telling(FolderView next, List<Notice> notices) {
    }

    /**
     * Compares with the folder as it is now. Expunges are told only where the RFC allows (RFC 9051 section 7.5.1: not
     * during FETCH, STORE, SEARCH); otherwise they wait.
     *
     * @param modSeqs true when the client also wants to hear of a message whose flags are again what they were (RFC
     *                7162)
     */
    public Telling tell(Folder now, boolean mayExpunge, boolean modSeqs) {
        return tell(now, now.recentFrom(), mayExpunge ? News.ALL : News.WITHOUT_EXPUNGES, modSeqs);
    }

    /**
     * The same for a session that has just claimed the folder's recent messages, or that is told only some news.
     *
     * @param recentFrom where they began before the claim: what has arrived from this UID on is recent to this session
     */
    public Telling tell(Folder now, long recentFrom, News news, boolean modSeqs) {
        if (now == toldWhole) {
            return new Telling(this, List.of());
        }
        var notices = new ArrayList<Notice>();
        var messages = told;
        var stillRecent = recent;
        var allGone = true;
        var anyGone = false;
        for (var uid : waitingExpunges(now)) {
            if (news.expunges().test(uid)) {
                notices.add(new Notice.Expunged(messages.headMap(uid).size() + 1, uid));
                messages = messages.minus(uid);
                stillRecent = stillRecent.minus(uid);
                anyGone = true;
            } else {
                allGone = false;
            }
        }
        var tellsAll = allGone && news.arrivals() && news.flags();
        var arrived = now.arrivedSince(uidNext);
        if (news.arrivals() && !arrived.isEmpty()) {
            messages = tellsAll ? messages : messages.plusAll(arrived);
            stillRecent = stillRecent.plusAll(recent(arrived, recentFrom));
            notices.add(new Notice.Arrived(tellsAll ? now.size() : messages.size(), stillRecent.size(),
                    List.copyOf(arrived.keySet())));
        }
        var changed = news.flags() ? now.changedSince(flagsAt) : List.<Long>of();
        // To count those before each of many takes long; no message comes or goes from here on.
        var all = messages;
        var order = changed.size() < MANY ? null : all.keySet().stream().mapToLong(Long::longValue).toArray();
        for (var uid : changed) {
            var known = messages.get(uid);
            var live = now.message(uid);
            if (known != null && uid < uidNext && isNews(known, live, modSeqs)) {
                messages = tellsAll ? messages : messages.plus(uid, live);
                var before = order == null ? all.headMap(uid).size() : Arrays.binarySearch(order, uid);
                notices.add(new Notice.FlagsChanged(before + 1, uid, live.flags(), isRecent(uid), live.modSeq()));
            }
        }
        // Who knows all has what the folder has, and shares it: a thousand sessions may be told of a hundred thousand
        // changes.
        var next = new FolderView(account, folderId, readOnly, tellsAll ? now.messages() : messages,
                news.arrivals() ? now.uidNext() : uidNext, news.flags() ? now.modSeq() : flagsAt,
                allGone ? now.modSeq() : expungesAt, stillRecent, allGone && news.flags() ? now : null);
        return new Telling(anyGone ? next : next.sharing(this), List.copyOf(notices));
    }

    private static boolean isNews(Message known, Message live, boolean modSeqs) {
        return modSeqs ? known.modSeq() != live.modSeq() : !known.flags().equals(live.flags());
    }

    private static TreePSet<Long> recent(TreePMap<Long, Message> messages, long from) {
        return messages.tailMap(from, true).keySet();
    }

    /** This view, with the UIDs that were found for one that has the same messages, or the first of them. */
    private FolderView sharing(FolderView before) {
        uids = before.uids;
        return this;
    }
}
