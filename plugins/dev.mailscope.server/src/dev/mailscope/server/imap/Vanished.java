package dev.mailscope.server.imap;

import java.util.stream.LongStream;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.Folder;

/** Which messages of a folder are gone (RFC 7162 section 3.2.6). */
final class Vanished {
    private Vanished() {
    }

    /**
     * The UIDs of the messages expunged after that modification sequence, ascending. Where the folder does not remember
     * so far back, all UIDs that were given and are in use no longer.
     *
     * @param uids which ones are asked for; resolved, so without {@code *}
     * @param from the lowest UID that is of interest
     */
    static LongStream since(Folder folder, long modSeq, SequenceSet uids, long from) {
        if (modSeq >= folder.forgottenAt()) {
            return folder.vanishedSince(modSeq).stream().mapToLong(Long::longValue)
                    .filter(uid -> uid >= from && uids.contains(uid)).sorted();
        }
        return uids.ranges().stream()
                .flatMapToLong(range -> LongStream.rangeClosed(Math.max(from, range.low()),
                        Math.min(folder.uidNext() - 1, range.high())))
                .filter(uid -> folder.message(uid) == null);
    }

    /**
     * The lowest UID below which a client is known to have missed nothing: behind the last of the pairs of sequence
     * number and UID it gives that fits the folder (RFC 7162 section 3.2.5.2).
     */
    static long firstUnknown(long[] uids, SequenceSet sequences, SequenceSet matching) {
        var first = 1L;
        var sequence = new Numbers(sequences);
        var uid = new Numbers(matching);
        while (sequence.next() && uid.next() && sequence.value <= uids.length) {
            if (uids[(int) sequence.value - 1] == uid.value) {
                first = uid.value + 1;
            }
        }
        return first;
    }

    /** The numbers of a set one after the other; a set may stand for more than fit into memory. */
    private static final class Numbers {
        private final SequenceSet set;
        private int range;
        private long value;

        Numbers(SequenceSet set) {
            this.set = set;
        }

        boolean next() {
            if (range == set.ranges().size()) {
                return false;
            }
            var now = set.ranges().get(range);
            value = value < now.low() || value >= now.high() ? now.low() : value + 1;
            if (value == now.high()) {
                range++;
            }
            return true;
        }
    }
}
