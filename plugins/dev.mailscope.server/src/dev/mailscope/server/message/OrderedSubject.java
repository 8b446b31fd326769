package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** THREAD=ORDEREDSUBJECT (RFC 5256 section 3): a thread is all that has the same base subject, by date. */
public final class OrderedSubject {
    private OrderedSubject() {
    }

    /** Threads the messages, which come in the order of the mailbox. */
    public static ThreadForest thread(List<ThreadMember> members) {
        // Stable: what is sent at the same time stays in the order of the mailbox.
        final var byDate = IntStream.range(0, members.size()).boxed()
                .sorted(Comparator.comparing(index -> members.get(index).sent())).toList();
        final var threads = new LinkedHashMap<String, List<Integer>>();
        for (final Integer index : byDate) {
            threads.computeIfAbsent(members.get(index).keys().subject(), subject -> new ArrayList<>(1)).add(index);
        }
        final var messages = new int[members.size()];
        final var parents = new int[members.size()];
        int at = 0;
        // In the order of their first messages, and so of these messages' dates.
        for (final List<Integer> thread : threads.values()) {
            final int first = at;
            for (final Integer index : thread) {
                messages[at] = index;
                parents[at] = at == first ? ThreadForest.ROOT : first;
                at++;
            }
        }
        return new ThreadForest(messages, parents);
    }
}
