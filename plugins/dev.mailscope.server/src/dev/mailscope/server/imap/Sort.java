package dev.mailscope.server.imap;

import java.util.Comparator;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SortCriterion;
import dev.mailscope.server.imap.response.Response;

/** SORT and UID SORT (RFC 5256 section 3, RFC 5957), and what of it the client wants (RFC 5267 section 3). */
final class Sort {
    private Sort() {
    }

    static Reply run(Turn turn, ImapCommand.Sort command) {
        return Search.find(turn, command.key(), command.charset(), needsHeader(command), found -> {
            found.sort(order(command.criteria()));
            var outcome = Outcome.of(found, command.uid(), Enabled.asksModSeq(command.key()));
            return command.result() == null
                    ? Search.completed(turn, found).saying(new Response.Sort(outcome.modSeq(), outcome.numbers()))
                    : Search.extended(turn, found, command.result(), outcome);
        });
    }

    private static boolean needsHeader(ImapCommand.Sort command) {
        return command.criteria().stream().map(SortCriterion::key).anyMatch(key -> switch (key) {
            case ARRIVAL, SIZE -> false;
            case CC, DATE, DISPLAYFROM, DISPLAYTO, FROM, SUBJECT, TO -> true;
        });
    }

    /** The order of the criteria; what is equal is to stay in the order of the mailbox. */
    private static Comparator<Candidate> order(List<SortCriterion> criteria) {
        Comparator<Candidate> order = (one, other) -> 0;
        for (var criterion : criteria) {
            var by = by(criterion.key());
            order = order.thenComparing(criterion.reverse() ? by.reversed() : by);
        }
        return order;
    }

    private static Comparator<Candidate> by(SortCriterion.Key key) {
        return switch (key) {
            case ARRIVAL -> Comparator.comparing(candidate -> candidate.message().internalDate().toInstant());
            case CC -> Comparator.comparing(candidate -> candidate.sortKeys().cc());
            case DATE -> Comparator.comparing(Candidate::sent);
            case DISPLAYFROM -> Comparator.comparing(candidate -> candidate.sortKeys().displayFrom());
            case DISPLAYTO -> Comparator.comparing(candidate -> candidate.sortKeys().displayTo());
            case FROM -> Comparator.comparing(candidate -> candidate.sortKeys().from());
            case SIZE -> Comparator.comparingLong(candidate -> candidate.message().size());
            case SUBJECT -> Comparator.comparing(candidate -> candidate.sortKeys().subject());
            case TO -> Comparator.comparing(candidate -> candidate.sortKeys().to());
        };
    }
}
