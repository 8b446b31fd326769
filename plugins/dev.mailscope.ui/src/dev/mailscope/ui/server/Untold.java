package dev.mailscope.ui.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.trace.SessionState;

/**
 * How many messages are new, or gone, without the client of a session having been told. In a large folder that is
 * counted in the background; until then it is not known. Used on the UI thread.
 */
final class Untold {
    /** Nothing is untold. */
    static final Count NONE = new Count(0, 0);

    // So many messages are counted at once.
    private static final int FEW = 1_000;

    /** So many of the messages that the client knows of are gone, and so many that it does not know of are there. */
    record Count(long gone, long fresh) {
    }

    private record Pair(TreePMap<Long, Message> told, TreePMap<Long, Message> held, boolean live) {
        // By identity: two versions of a folder that are equal, but not the same, are quicker counted than compared.
        boolean is(Pair other) {
            return told == other.told && held == other.held;
        }
    }

    private record Known(Pair of, Count count) {
    }

    private final Map<Long, Known> known = new HashMap<>();
    private final Batches<Long, Pair, Known> counting;

    /** Counts; {@code arrived} runs when some were missing and are there now. */
    Untold(Runnable arrived) {
        counting = new Batches<>(Messages.job_untold, pair -> new Known(pair, count(pair)), done -> {
            known.putAll(done);
            arrived.run();
        });
    }

    /**
     * What the client of that session has not been told of that folder; empty while it is being counted. As long as
     * both are those of the present, what was counted last is near enough meanwhile.
     */
    Optional<Count> of(SessionState session, Folder folder, boolean live) {
        var pair = new Pair(session.told(), folder.messages(), live);
        if (pair.told() == pair.held()) {
            known.remove(session.number());
            return Optional.of(NONE);
        }
        if (pair.told().size() + pair.held().size() <= FEW) {
            return Optional.of(count(pair));
        }
        var last = known.get(session.number());
        if (last != null && last.of().is(pair)) {
            return Optional.of(last.count());
        }
        counting.want(session.number(), pair);
        return last != null && live && last.of().live() ? Optional.of(last.count()) : Optional.empty();
    }

    /** No other sessions than those are asked about any more. */
    void keep(Set<Long> sessions) {
        known.keySet().retainAll(sessions);
        counting.keep(sessions);
    }

    private static Count count(Pair pair) {
        var gone = pair.told().keySet().stream().filter(uid -> !pair.held().containsKey(uid)).count();
        return new Count(gone, pair.held().size() - (pair.told().size() - gone));
    }
}
