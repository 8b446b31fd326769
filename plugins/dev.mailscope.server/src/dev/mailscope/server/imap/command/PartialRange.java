package dev.mailscope.server.imap.command;

/**
 * A window on what is found (RFC 9394 section 3.1): {@code 1:100} counts from the first, {@code -1:-100} from the last.
 *
 * @param from     the number on the left, from 1, without its sign
 * @param to       the number on the right, from 1, without its sign; may be the smaller one
 * @param fromLast true when it is counted from the last
 */
public record PartialRange(long from, long to, boolean fromLast) {
    /** Refuses numbers that cannot be written. */
    public PartialRange {
        if (Math.min(from, to) < 1 || Math.max(from, to) > SequenceSet.LARGEST) {
            throw new IllegalArgumentException("not a range: " + from + ':' + to);
        }
    }

    /** The index of the first thing within it, when so many are found; not below {@link #end} when there is none. */
    public int start(int count) {
        return (int) (fromLast ? Math.max(0, count - Math.max(from, to)) : Math.min(count, Math.min(from, to) - 1));
    }

    /** The index behind the last thing within it, when so many are found. */
    public int end(int count) {
        return (int) (fromLast ? Math.max(0, count - Math.min(from, to) + 1) : Math.min(count, Math.max(from, to)));
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        var sign = fromLast ? "-" : "";
        return sign + from + ':' + sign + to;
    }
}
