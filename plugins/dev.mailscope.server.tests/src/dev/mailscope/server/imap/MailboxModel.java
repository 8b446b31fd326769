package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import dev.mailscope.server.imap.ResponseGrammar.Read;

/**
 * What a client knows of the folder it has open, from untagged responses alone, and what a server may tell it next
 * (RFC 3501 sections 5.2, 5.5 and 7; RFC 7162; RFC 9051). Told otherwise, it fails.
 */
final class MailboxModel {
    /** What all clients together know of the folders: which message has which UID, and who was told it is recent. */
    static final class World {
        private final Map<String, String> messages = new ConcurrentHashMap<>();
        private final Map<String, MailboxModel> recent = new ConcurrentHashMap<>();

        /** Notes which message has that UID; gives what was noted before. */
        String identify(long validity, long uid, String what) {
            return messages.putIfAbsent(validity + "/" + uid, what);
        }
    }

    /** One message; 0 and null for what it was never told. */
    static final class Known {
        long uid;
        Set<String> flags;
        long modSeq;

        @Override
        public String toString() {
            return uid + "" + flags + "@" + modSeq;
        }
    }

    private final World world;
    private final List<Known> messages = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String command = "";
    private String opening = "";
    private boolean readOnly;
    private String folder;
    private long uidValidity;
    private long uidNext;
    private long highestModSeq;
    private boolean condstore;
    private boolean asksModSeq;
    private boolean qresync;
    private boolean rev2;
    private boolean notifies;
    private boolean delayed;
    private boolean stands;

    MailboxModel(World world) {
        this.world = world;
    }

    int exists() {
        return messages.size();
    }

    Known get(int sequence) {
        return messages.get(sequence - 1);
    }

    List<Known> all() {
        return messages;
    }

    String folder() {
        return folder;
    }

    long uidValidity() {
        return uidValidity;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    boolean isCondstore() {
        return condstore;
    }

    boolean isQresync() {
        return qresync;
    }

    boolean isRev2() {
        return rev2;
    }

    /** True when a NOTIFY has asked for news at any time. */
    boolean isToldAtAnyTime() {
        return notifies;
    }

    /** True while sequence numbers may change under the client's hands. */
    boolean isShifting() {
        return notifies && !delayed;
    }

    /** True while a NOTIFY keeps the news of the open folder away. */
    boolean standsStill() {
        return stands;
    }

    /** The modification sequence from which a client would go on (RFC 7162 section 3.2). */
    long highestModSeq() {
        return highestModSeq;
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    void begins(String text) {
        command = text;
        if (text.matches("(SELECT|EXAMINE) .*")) {
            opening = text;
        }
        if (text.matches("(?s)(UID )?(FETCH.*MODSEQ.*|FETCH.*CHANGEDSINCE.*|STORE.*UNCHANGEDSINCE.*|SEARCH.*MODSEQ.*)")
                || text.matches("STATUS.*HIGHESTMODSEQ.*") || text.matches("(SELECT|EXAMINE).*(CONDSTORE|QRESYNC).*")) {
            asksModSeq = true;
        }
    }

    void ends(Read tagged) {
        var ok = tagged.kind().equals("OK");
        if (command.equals(opening) && !opening.isEmpty()) {
            if (!ok) {
                forget(null);
            } else {
                check(opening.split(" ")[1].equals(folder), "no CLOSED before " + opening);
                check(uidValidity > 0 && uidNext > 0, "opened without UIDVALIDITY or UIDNEXT");
                check(!condstore || highestModSeq > 0, "opened without HIGHESTMODSEQ");
                check(messages.isEmpty() || messages.getLast().uid < uidNext, "a UID that is not below UIDNEXT");
                readOnly = tagged.code().equals("READ-ONLY");
            }
        } else if (ok && command.matches("CLOSE|UNSELECT")) {
            forget(null);
        } else if (ok && command.startsWith("NOTIFY SET")) {
            notifies = command.contains("(selected") && !command.contains("selected NONE");
            delayed = command.contains("selected-delayed");
            stands = !notifies;
        } else if (ok && command.equals("NOTIFY NONE")) {
            notifies = false;
            stands = true;
        }
        if (tagged.code().equals("HIGHESTMODSEQ")) {
            highest((Long) tagged.about().getFirst());
        }
        if (tagged.code().equals("MODIFIED")) {
            check(condstore || asksModSeq, "MODIFIED without CONDSTORE");
        }
        condstore |= asksModSeq;
        command = "";
        opening = "";
    }

    void told(Read response) {
        switch (response.kind()) {
            case "OK" -> coded(response);
            case "FLAGS" -> {
                // Before CLOSED it is about the folder that was open.
                if (!opening.isEmpty() && folder == null) {
                    forget(opening.split(" ")[1]);
                }
                names.clear();
                ((List<?>) response.data()).forEach(flag -> names.add(upper((String) flag)));
                check(names.containsAll(Set.of("\\SEEN", "\\DELETED", "\\FLAGGED", "\\ANSWERED", "\\DRAFT")), "FLAGS "
                        + names);
            }
            case "EXISTS" -> exists(response.number());
            case "RECENT" -> check(response.number() <= messages.size(), "more recent messages than there are");
            case "EXPUNGE" -> {
                check(!qresync, "EXPUNGE after ENABLE QRESYNC");
                mayExpunge();
                check(response.number() <= messages.size(), "EXPUNGE of what is not there");
                messages.remove((int) response.number() - 1);
            }
            case "VANISHED" -> vanished((List<?>) response.data());
            case "FETCH" -> fetched(response.number(), (Map<?, ?>) response.data());
            case "SEARCH" -> numbers((List<?>) response.data());
            case "ESEARCH" -> check(((Map<?, ?>) response.data()).containsKey("TAG"), "ESEARCH without its tag");
            case "ENABLED" -> {
                var all = (List<?>) response.data();
                qresync |= all.contains("QRESYNC");
                condstore |= qresync || all.contains("CONDSTORE");
                rev2 |= all.contains("IMAP4REV2");
            }
            case "BYE" -> check(command.equals("LOGOUT"), "BYE");
            default -> {
                // nothing of the folder
            }
        }
    }

    private void forget(String next) {
        messages.clear();
        folder = next;
        uidValidity = 0;
        uidNext = 0;
        highestModSeq = 0;
    }

    private void coded(Read response) {
        switch (response.code()) {
            case "CLOSED" -> {
                check(!opening.isEmpty() && folder != null, "CLOSED with nothing open, or nothing opening");
                forget(null);
            }
            case "UIDVALIDITY" -> uidValidity = (Long) response.about().getFirst();
            case "UIDNEXT" -> uidNext = (Long) response.about().getFirst();
            case "HIGHESTMODSEQ" -> highest((Long) response.about().getFirst());
            case "UNSEEN" -> check(!rev2 && (Long) response.about().getFirst() <= messages.size(), "UNSEEN");
            default -> {
                // about something else
            }
        }
    }

    private void highest(long modSeq) {
        check(modSeq >= highestModSeq, "HIGHESTMODSEQ " + modSeq + " after " + highestModSeq);
        highestModSeq = modSeq;
    }

    private void exists(long number) {
        check(number >= messages.size(), number + " EXISTS after " + messages.size());
        while (messages.size() < number) {
            messages.add(new Known());
        }
    }

    private void mayExpunge() {
        check(folder != null, "an expunge with no folder open");
        check(!stands || command.matches("(?s)(UID )?(EXPUNGE|MOVE|REPLACE|NOTIFY).*"),
                "told although NOTIFY says not to");
        check(command.isEmpty() ? isShifting() : !command.matches("(?s)(FETCH|STORE|SEARCH|SORT|THREAD)\\b.*")
                || isShifting(), "an expunge during <" + command + ">");
    }

    private void vanished(List<?> data) {
        check(qresync, "VANISHED without QRESYNC");
        var earlier = (Boolean) data.getFirst();
        if (!earlier) {
            mayExpunge();
        } else {
            check(command.matches("(?s)UID FETCH.*VANISHED.*") || command.contains("QRESYNC"), "VANISHED (EARLIER)");
        }
        for (var range : (List<?>) data.getLast()) {
            var ends = (long[]) range;
            check(ends[0] <= ends[1], "a range the wrong way round");
            for (var uid = ends[0]; uid <= ends[1]; uid++) {
                gone(uid, earlier);
            }
        }
    }

    private void gone(long uid, boolean earlier) {
        var index = place(uid);
        if (index < messages.size() && messages.get(index).uid == uid) {
            check(!earlier, "VANISHED (EARLIER) of a message that is there: " + uid);
            messages.remove(index);
            return;
        }
        if (!earlier) {
            // One of those between, of which it knows nothing.
            check(index > 0 && messages.get(index - 1).uid == 0, "VANISHED of a message it does not know: " + uid);
            messages.remove(index - 1);
        }
    }

    // The first known message whose UID is not lower.
    private int place(long uid) {
        for (var i = 0; i < messages.size(); i++) {
            if (messages.get(i).uid >= uid) {
                return i;
            }
        }
        return messages.size();
    }

    private void fetched(long number, Map<?, ?> items) {
        check(number <= messages.size(), "FETCH of what is not there: " + number);
        var known = messages.get((int) number - 1);
        if (items.get("UID") instanceof Long uid) {
            check(known.uid == 0 || known.uid == uid, "message " + number + " has UID " + uid + " and had "
                    + known.uid);
            known.uid = uid;
            ascend();
        }
        var asked = command.matches("(?s)(UID )?FETCH.*");
        check(!command.startsWith("UID ") || items.containsKey("UID"), "a UID command answered without UID: " + items);
        if (items.get("MODSEQ") instanceof List<?> modSeqs) {
            var modSeq = (Long) modSeqs.getFirst();
            check(condstore || asksModSeq, "MODSEQ for a client that does not ask for it");
            check(modSeq >= known.modSeq, "MODSEQ " + modSeq + " after " + known.modSeq);
            check(modSeq > known.modSeq || known.flags == null || !items.containsKey("FLAGS")
                    || flags(items).equals(known.flags) || known.modSeq == 0, "other flags with the same MODSEQ");
            known.modSeq = modSeq;
        } else if (condstore && !asked) {
            check(false, "a FETCH response without MODSEQ: " + items);
        }
        check(asked || !condstore && !rev2 || items.containsKey("UID"), "a FETCH response without UID: " + items);
        if (items.containsKey("FLAGS")) {
            flagged(known, items);
        }
        items.forEach((name, value) -> {
            if (name.equals("BODY[HEADER.FIELDS (Subject)]") && known.uid != 0) {
                identify(known.uid, ResponseTokens.latin1((byte[]) value).strip());
            }
        });
    }

    private void flagged(Known known, Map<?, ?> items) {
        var flags = flags(items);
        var recent = ((List<?>) items.get("FLAGS")).contains("\\Recent");
        check(!recent || !rev2, "\\Recent in IMAP4rev2");
        for (var flag : flags) {
            if (!names.contains(flag)) {
                throw new AssertionError("a flag that FLAGS does not list: " + flag + " not in " + names);
            }
        }
        // A FETCH may tell flags as it was asked to, but not those it changes itself (RFC 7162 section 3.2.4).
        if (condstore && known.flags != null && flags.contains("\\SEEN") && !known.flags.contains("\\SEEN")
                && command.contains("BODY[") && !readOnly) {
            check(items.containsKey("MODSEQ"), "other flags without MODSEQ");
        }
        known.flags = flags;
        if (recent && known.uid != 0 && !readOnly && !opening.startsWith("EXAMINE")) {
            var other = world.recent.putIfAbsent(folder + uidValidity + "/" + known.uid, this);
            check(other == null || other == this, "recent to two: " + known.uid);
        }
    }

    private static Set<String> flags(Map<?, ?> items) {
        var flags = new TreeSet<String>();
        ((List<?>) items.get("FLAGS")).forEach(flag -> flags.add(upper((String) flag)));
        flags.remove("\\RECENT");
        return flags;
    }

    private void ascend() {
        var last = 0L;
        var unknown = 0;
        for (var known : messages) {
            if (known.uid == 0) {
                unknown++;
            } else {
                if (known.uid <= last + unknown) {
                    throw new AssertionError("UIDs do not ascend: " + messages);
                }
                last = known.uid;
                unknown = 0;
            }
        }
    }

    /** No UID is ever another message's. */
    void identify(long uid, String what) {
        var before = world.messages.putIfAbsent(uidValidity + "/" + uid, what);
        check(before == null || before.equals(what), "UID " + uid + " is " + what + " and was " + before);
    }

    /** What is known of a message in the folder of that UIDVALIDITY; null for nothing. */
    String identity(long validity, long uid) {
        return world.messages.get(validity + "/" + uid);
    }

    private void numbers(List<?> numbers) {
        check(!rev2, "SEARCH in IMAP4rev2");
        var uid = command.startsWith("UID ");
        for (var number : numbers) {
            check(uid || (Long) number <= messages.size(), "SEARCH finds what is not there: " + number);
        }
        check(new HashSet<>(numbers).size() == numbers.size(), "SEARCH finds a message twice");
    }

    /** UIDs and flags as far as known, to compare with what is told later. */
    TreeMap<Long, Set<String>> flagsByUid() {
        var all = new TreeMap<Long, Set<String>>(Comparator.naturalOrder());
        messages.stream().filter(known -> known.uid != 0).forEach(known -> all.put(known.uid, known.flags));
        return all;
    }

    private static String upper(String flag) {
        return flag.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return folder + " " + uidValidity + " highest " + highestModSeq + " condstore " + condstore + " qresync "
                + qresync + " rev2 " + rev2 + " notifies " + notifies + " " + messages;
    }
}
