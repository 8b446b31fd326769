package dev.mailscope.server.imap;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.mailscope.server.imap.command.PartialRange;
import dev.mailscope.server.imap.command.SearchResult;
import dev.mailscope.server.imap.command.SearchResult.Option;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;

/**
 * What a search has found, in the order in which it is to be answered, and what of it is answered or kept.
 *
 * @param sequences the messages' sequence numbers
 * @param uids      their UIDs, one for one
 * @param modSeqs   their modification sequences, one for one
 * @param uid       true when the client wants UIDs
 * @param asksModSeq true when a key was about modification sequences, so that the answer tells one too
 */
record Outcome(long[] sequences, long[] uids, long[] modSeqs, boolean uid, boolean asksModSeq) {
    /** What was found. */
    static Outcome of(List<Candidate> found, boolean uid, boolean asksModSeq) {
        return new Outcome(found.stream().mapToLong(Candidate::sequence).toArray(),
                found.stream().mapToLong(candidate -> candidate.message().uid()).toArray(),
                found.stream().mapToLong(candidate -> candidate.message().modSeq()).toArray(), uid, asksModSeq);
    }

    /** How many messages were found. */
    int count() {
        return sequences.length;
    }

    /** The numbers that the client wants. */
    long[] numbers() {
        return uid ? uids : sequences;
    }

    /** The highest modification sequence of what was found, when it is to be told. */
    OptionalLong modSeq() {
        return asksModSeq ? LongStream.of(modSeqs).max() : OptionalLong.empty();
    }

    /** ESEARCH, which says what was asked for (RFC 4731 section 3.1, RFC 9394 section 3.1). */
    Response extended(String tag, SearchResult result) {
        var found = count() > 0;
        var min = found && result.has(Option.MIN) ? OptionalLong.of(numbers()[0]) : OptionalLong.empty();
        var max = found && result.has(Option.MAX) ? OptionalLong.of(numbers()[count() - 1]) : OptionalLong.empty();
        return new Response.ExtendedSearch(tag, uid, min, max,
                found && result.has(Option.ALL) ? SequenceSet.of(numbers()) : null,
                result.partial() == null ? null : partial(result.partial()),
                result.has(Option.COUNT) ? OptionalLong.of(count()) : OptionalLong.empty(),
                asksModSeq ? told(result).mapToLong(index -> modSeqs[index]).max() : OptionalLong.empty());
    }

    private Response.Partial partial(PartialRange range) {
        var within = places(range).mapToLong(index -> numbers()[index]).toArray();
        return new Response.Partial(range, within.length == 0 ? null : SequenceSet.of(within));
    }

    private IntStream places(PartialRange range) {
        return range == null ? IntStream.empty() : IntStream.range(range.start(count()), range.end(count()));
    }

    /** The UIDs that {@code $} stands for from now on (RFC 5182 section 2.4, RFC 9394 section 3.2). */
    SequenceSet saved(SearchResult result) {
        return SequenceSet.of(told(result).mapToLong(index -> uids[index]).sorted().distinct().toArray());
    }

    /**
     * The places of the messages that the answer is about: the first, the last and a window alone, when no more is
     * asked for.
     */
    private IntStream told(SearchResult result) {
        if (count() == 0) {
            return IntStream.empty();
        }
        var min = result.has(Option.MIN);
        var max = result.has(Option.MAX);
        if (result.has(Option.ALL) || result.has(Option.COUNT) || !min && !max && result.partial() == null) {
            return IntStream.range(0, count());
        }
        var ends = IntStream.concat(min ? IntStream.of(0) : IntStream.empty(),
                max ? IntStream.of(count() - 1) : IntStream.empty());
        return IntStream.concat(places(result.partial()), ends);
    }
}
