package dev.mailscope.server.imap;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Sequences;

/** Which messages of the view a command's set names. */
final class Targets {
    private Targets() {
    }

    /**
     * The sequence numbers of the messages. With uid the set names UIDs, and those that are not there are
     * left out (RFC 3501 section 6.4.8); so they are of a saved search, whose numbers are UIDs anyhow (RFC 5182 section
     * 2.1). Otherwise the set must have passed {@link #problem}.
     */
    static Sequences sequences(Phase.Selected open, SequenceSet named, boolean uid) {
        if (uid) {
            return places(open, uids(open, named));
        }
        var numbers = new Sequences.Builder();
        named.resolve(open.view().exists()).ranges()
                .forEach(range -> numbers.add((int) range.low(), (int) range.high()));
        return named.isSaved() ? Sequences.of(IntStream.concat(numbers.build().stream(),
                places(open, open.saved()).stream()).sorted().distinct().toArray()) : numbers.build();
    }

    /** The UIDs that a set of UIDs names, whether there are such messages or not; resolved. */
    static SequenceSet uids(Phase.Selected open, SequenceSet named) {
        var view = open.view();
        return uids(open, named, view.exists() == 0 ? 0 : view.uid(view.exists()));
    }

    /** The same where {@code *} stands for that UID. */
    static SequenceSet uids(Phase.Selected open, SequenceSet named, long last) {
        var own = named.resolve(last);
        return named.isSaved() ? own.or(open.saved()) : own;
    }

    private static Sequences places(Phase.Selected open, SequenceSet resolved) {
        var uids = open.view().uids();
        var places = new Sequences.Builder();
        resolved.ranges().forEach(range -> places.add(place(uids, range.low()) + 1, place(uids, range.high() + 1)));
        return places.build();
    }

    /**
     * Why a set of sequence numbers cannot be: it names a message that is not there (RFC 3501 section 9). That is so
     * for a command that works on the messages it names; SEARCH only asks, see {@link Match}.
     */
    static Optional<String> problem(FolderView view, SequenceSet set, boolean uid) {
        if (uid || set.isEmpty()) {
            return Optional.empty();
        }
        if (view.exists() == 0) {
            return Optional.of("There is no message to name: the folder is empty.");
        }
        return set.largest() <= view.exists() ? Optional.empty() : Optional.of("There is no message " + set.largest()
                + ": the highest sequence number is " + view.exists() + ".");
    }

    // The index of the first UID that is not lower.
    private static int place(long[] uids, long uid) {
        var found = Arrays.binarySearch(uids, uid);
        return found < 0 ? -found - 1 : found;
    }
}
