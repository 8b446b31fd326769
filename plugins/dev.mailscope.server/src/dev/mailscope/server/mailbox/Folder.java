package dev.mailscope.server.mailbox;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.message.Content;

/**
 * One folder (the RFC's mailbox) as it is at one version of the state. Immutable. Its counters and indexes are kept by
 * the {@code plus}, {@code minus} and {@code with} methods, which are the only way to a folder with other messages.
 *
 * @param id          names the folder for ever, whatever it is called (MAILBOXID, RFC 8474)
 * @param name        its full name in Unicode, levels separated by {@link #SEPARATOR}
 * @param uidValidity RFC 9051 section 2.3.1.1
 * @param uidNext     the UID the next message gets
 * @param modSeq      HIGHESTMODSEQ: the last modification sequence given to anything in it (RFC 7162)
 * @param recentFrom  messages from this UID on are recent to the next session that selects the folder
 * @param selectable  false for a name that only holds other folders ({@code \Noselect})
 * @param messages    by UID
 * @param byModSeq    the UID of each message by its modification sequence: what changed since
 * @param vanished    the UID of each expunged message by the modification sequence of its expunge
 * @param keywords    every keyword a message of it has ever had
 * @param unseen      the number of messages without {@code \Seen}
 * @param octets      the sum of the messages' sizes
 * @param uses        what the folder is for (RFC 6154)
 * @param access      who may do what with it (RFC 4314)
 */
public record Folder(long id, String name, long uidValidity, long uidNext, long modSeq, long recentFrom,
        boolean selectable, TreePMap<Long, Message> messages, TreePMap<Long, Long> byModSeq,
        TreePMap<Long, Long> vanished, long forgottenAt, TreePSet<String> keywords, int unseen, long octets,
        TreePSet<SpecialUse> uses, AccessList access) {

    /** How many expunges a folder remembers (RFC 7162 section 5.3). */
    public static final int REMEMBERED = 20_000;

    /** How many keywords the messages of a folder may ever have had (RFC 5530 section 3, LIMIT). */
    public static final int MOST_KEYWORDS = 1_000;

    /** What separates the levels of a folder's name. */
    public static final char SEPARATOR = '/';
    /** The one folder every account has, and the only one POP3 knows. */
    public static final String INBOX = "INBOX";

    static Folder empty(long id, String name, long uidValidity, long modSeq, AccessList access) {
        return new Folder(id, name, uidValidity, 1, modSeq, 1, true, TreePMap.empty(), TreePMap.empty(),
                TreePMap.empty(), 0, TreePSet.empty(String.CASE_INSENSITIVE_ORDER), 0, 0, TreePSet.empty(), access);
    }

    /**
     * The one form of a name that can be written in several ways: in Normalization Form C, as Net-Unicode has it (RFC
     * 9051 section 5.1), and with INBOX, which is written in any case, in capitals.
     */
    public static String canonicalName(String name) {
        // Below the first combining character nothing changes.
        var composed = name.chars().allMatch(c -> c < 0x300) ? name
                : Normalizer.normalize(name, Normalizer.Form.NFC);
        var end = composed.indexOf(SEPARATOR);
        var first = end < 0 ? composed : composed.substring(0, end);
        return first.equalsIgnoreCase(INBOX) ? INBOX + composed.substring(first.length()) : composed;
    }

    /**
     * Refuses a name that is no Net-Unicode, whatever its normalization (RFC 9051 section 5.1, RFC 5198 section 2, RFC
     * 6855 section 3). MailboxException with CANNOT, which says what is in it.
     */
    static void requireNetUnicode(String name) {
        if (name.startsWith("\uFEFF")) {
            throw new MailboxException(MailboxException.Reason.CANNOT,
                    "A folder's name does not begin with a byte order mark.");
        }
        name.codePoints().forEach(c -> {
            var what = switch (Character.getType(c)) {
                case Character.CONTROL -> "control characters";
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "line and paragraph separators";
                case Character.SURROGATE, Character.UNASSIGNED -> "code points that are no character";
                default -> null;
            };
            if (what != null) {
                throw new MailboxException(MailboxException.Reason.CANNOT, String.format(Locale.ROOT,
                        "A folder's name has no %s, such as U+%04X.", what, c));
            }
        });
    }

    /** True for the account's INBOX. */
    public boolean isInbox() {
        return name.equals(INBOX);
    }

    /** The number of messages. */
    public int size() {
        return messages.size();
    }

    /** The message with that UID, or null. */
    public Message message(long uid) {
        return messages.get(uid);
    }

    /** The UIDs of the messages changed or added after that modification sequence, in the order of the changes. */
    public Collection<Long> changedSince(long since) {
        return byModSeq.tailMap(since, false).values();
    }

    /** The UIDs expunged after that modification sequence, in the order of the expunges. */
    public Collection<Long> vanishedSince(long since) {
        return vanished.tailMap(since, false).values();
    }

    /** The messages that came after UIDNEXT had that value, by UID. */
    public TreePMap<Long, Message> arrivedSince(long uid) {
        return messages.tailMap(uid, true);
    }

    /** The number of messages that are recent to the next session that selects the folder. */
    public int recent() {
        SortedMap<Long, Message> tail = messages.tailMap(recentFrom, true);
        return tail.size();
    }

    /** The flags with keywords as the folder has them already: in that spelling, and the very same strings. */
    Flags spelled(Flags flags) {
        if (!flags.hasKeywords()) {
            return flags;
        }
        var spelled = new ArrayList<String>();
        var same = true;
        for (var name : flags.names()) {
            var known = keywords.ceiling(name);
            var kept = known != null && known.equalsIgnoreCase(name) ? known : name;
            spelled.add(kept);
            same &= kept == name;
        }
        // Many messages may share the flags.
        return same ? flags : Flags.of(spelled);
    }

    Folder plus(Message message) {
        return new Folder(id, name, uidValidity, Math.max(uidNext, message.uid() + 1), message.modSeq(), recentFrom,
                selectable, messages.plus(message.uid(), message), byModSeq.plus(message.modSeq(), message.uid()),
                vanished, forgottenAt, keywords.plusAll(message.flags().keywords()), unseen + unseenCount(message),
                octets + message.size(), uses, access);
    }

    Folder minus(Message message, long at) {
        var gone = vanished.plus(at, message.uid());
        var forgotten = forgottenAt;
        if (gone.size() > REMEMBERED) {
            forgotten = gone.firstKey();
            gone = gone.minus(forgotten);
        }
        return new Folder(id, name, uidValidity, uidNext, at, recentFrom, selectable, messages.minus(message.uid()),
                byModSeq.minus(message.modSeq()), gone, forgotten, keywords, unseen - unseenCount(message),
                octets - message.size(), uses, access);
    }

    Folder with(Message before, Message after) {
        return new Folder(id, name, uidValidity, uidNext, after.modSeq(), recentFrom, selectable,
                messages.plus(after.uid(), after),
                byModSeq.minus(before.modSeq()).plus(after.modSeq(), after.uid()), vanished,
                forgottenAt, keywords.plusAll(after.flags().keywords()),
                unseen - unseenCount(before) + unseenCount(after), octets, uses, access);
    }

    Folder withModSeq(long at) {
        return new Folder(id, name, uidValidity, uidNext, at, recentFrom, selectable, messages, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, uses, access);
    }

    Folder withName(String newName) {
        return new Folder(id, newName, uidValidity, uidNext, modSeq, recentFrom, selectable, messages, byModSeq,
                vanished, forgottenAt, keywords, unseen, octets, uses, access);
    }

    Folder withRecentFrom(long uid) {
        return new Folder(id, name, uidValidity, uidNext, modSeq, uid, selectable, messages, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, uses, access);
    }

    Folder withSelectable(boolean can) {
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, can, messages, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, uses, access);
    }

    Folder withUses(Collection<SpecialUse> now) {
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, selectable, messages, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, TreePSet.from(now), access);
    }

    Folder withAccess(AccessList now) {
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, selectable, messages, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, uses, now);
    }

    Folder withContents(UnaryOperator<Content> step) {
        var same = messages;
        for (var message : messages.values()) {
            same = same.plus(message.uid(), message.with(step.apply(message.content())));
        }
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, selectable, same, byModSeq, vanished,
                forgottenAt, keywords, unseen, octets, uses, access);
    }

    private static int unseenCount(Message message) {
        return message.flags().seen() ? 0 : 1;
    }
}
