package dev.mailscope.server.imap;

import java.text.Normalizer;
import java.util.BitSet;

import dev.mailscope.server.mailbox.Folder;

/**
 * The pattern of LIST and LSUB (RFC 3501 section 6.3.8): {@code *} stands for anything, {@code %} for anything within
 * one level. All positions the pattern may be at are followed side by side, so that no pattern takes longer than its
 * length times the name's.
 */
final class FolderPattern {
    private final String pattern;
    private final int literals;

    /** The pattern, with the reference before it. */
    FolderPattern(String reference, String pattern) {
        // Folders' names are so too.
        this.pattern = withoutRuns(Normalizer.normalize(reference + pattern, Normalizer.Form.NFC));
        this.literals = (int) this.pattern.chars().filter(c -> c != '*' && c != '%').count();
    }

    /** True when the name fits; the level INBOX is compared without regard to case. */
    boolean matches(String name) {
        if (literals > name.length()) {
            return false;
        }
        var anyCase = isInboxOrBelow(name) ? Folder.INBOX.length() : 0;
        var at = new BitSet(pattern.length() + 1);
        reach(at, 0);
        for (var i = 0; i < name.length() && !at.isEmpty(); i++) {
            at = after(at, name.charAt(i), i < anyCase);
        }
        return at.get(pattern.length());
    }

    private BitSet after(BitSet at, char c, boolean anyCase) {
        var next = new BitSet(pattern.length() + 1);
        for (var p = at.nextSetBit(0); p >= 0 && p < pattern.length(); p = at.nextSetBit(p + 1)) {
            var wanted = pattern.charAt(p);
            if (wanted == '*' || wanted == '%' && c != Folder.SEPARATOR) {
                reach(next, p);
            } else if (wanted == c || anyCase && Character.toUpperCase(wanted) == Character.toUpperCase(c)) {
                reach(next, p + 1);
            }
        }
        return next;
    }

    // A wildcard may stand for nothing, so what follows it is reached with it.
    private void reach(BitSet at, int position) {
        var p = position;
        at.set(p);
        while (p < pattern.length() && isWildcard(pattern.charAt(p))) {
            p++;
            at.set(p);
        }
    }

    private static boolean isInboxOrBelow(String name) {
        return name.startsWith(Folder.INBOX)
                && (name.length() == Folder.INBOX.length() || name.charAt(Folder.INBOX.length()) == Folder.SEPARATOR);
    }

    private static boolean isWildcard(char c) {
        return c == '*' || c == '%';
    }

    // Neighbouring wildcards are one: the wider of them.
    private static String withoutRuns(String text) {
        var shorter = new StringBuilder();
        for (var c : text.toCharArray()) {
            var last = shorter.length() - 1;
            if (isWildcard(c) && last >= 0 && isWildcard(shorter.charAt(last))) {
                if (c == '*') {
                    shorter.setCharAt(last, c);
                }
            } else {
                shorter.append(c);
            }
        }
        return shorter.toString();
    }
}
