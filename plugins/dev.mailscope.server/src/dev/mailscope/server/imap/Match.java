package dev.mailscope.server.imap;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

import dev.mailscope.server.imap.command.EncodedText;
import dev.mailscope.server.imap.command.SearchKey;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.message.SearchText;
import dev.mailscope.server.message.SentDate;

/**
 * A search key made ready to be asked of one message after the other (RFC 3501 section 6.4.4). Of several keys the
 * quick ones are asked first, so that few messages have their text read.
 */
final class Match {
    private final Phase.Selected open;
    private final FolderView view;
    private final Charset charset;
    private final Instant now;

    private Match(Phase.Selected open, Charset charset, Instant now) {
        this.now = now;
        this.open = open;
        this.view = open.view();
        this.charset = charset;
    }

    /** The key as a predicate, asked at that time. CharacterCodingException when a text is not of that charset. */
    static Predicate<Candidate> of(SearchKey key, Phase.Selected open, Charset charset, Instant now)
            throws CharacterCodingException {
        return new Match(open, charset, now).of(key);
    }

    /** True when a key names messages by sequence number. */
    static boolean asksSequence(SearchKey key) {
        return key.any(part -> part instanceof SearchKey.Sequence(var set) && !set.isEmpty());
    }

    /** True when asking has to read messages, which takes its time. */
    static boolean readsMessages(SearchKey key) {
        return cost(key) > 0;
    }

    private Predicate<Candidate> of(SearchKey key) throws CharacterCodingException {
        return switch (key) {
            case SearchKey.All all -> candidate -> true;
            case SearchKey.And(var keys) -> {
                // A list, not a chain: a chain of thousands would be as deep.
                var all = new ArrayList<Predicate<Candidate>>(keys.size());
                for (var each : keys.stream().sorted(Comparator.comparingInt(Match::cost)).toList()) {
                    all.add(of(each));
                }
                yield candidate -> all.stream().allMatch(each -> each.test(candidate));
            }
            case SearchKey.Or(var one, var other) -> cost(one) <= cost(other) ? of(one).or(of(other))
                    : of(other).or(of(one));
            case SearchKey.Not(var turned) -> of(turned).negate();
            case SearchKey.Flag(var name, var set) -> candidate -> candidate.message().flags().contains(name) == set;
            case SearchKey.Recent(var set) -> candidate -> candidate.recent() == set;
            case SearchKey.Sequence(var set) -> set.isSaved() ? sequence(set).or(uid(SequenceSet.SAVED)) : sequence(set);
            case SearchKey.Uid(var set) -> uid(set);
            case SearchKey.ModSeq(var from) -> candidate -> candidate.message().modSeq() >= from;
            case SearchKey.Envelope(var field, var text) -> field == SearchKey.EnvelopeField.SUBJECT
                    ? header(field.name(), text(text)) : addresses(field.name(), text(text));
            case SearchKey.Header(var field, var text) -> text.octets().length == 0
                    ? candidate -> candidate.header().field(field).isPresent() : header(field, text(text));
            case SearchKey.Body(var text) -> {
                var wanted = text(text);
                yield candidate -> wanted.inBody(candidate.octets(), candidate.structure());
            }
            case SearchKey.Text(var text) -> {
                var wanted = text(text);
                yield candidate -> wanted.inMessage(candidate.octets(), candidate.structure());
            }
            case SearchKey.Received(var when, var date) -> candidate -> fits(when, date,
                    candidate.message().internalDate());
            case SearchKey.Saved(var when, var date) -> candidate -> fits(when, date,
                    candidate.message().saved().atOffset(ZoneOffset.UTC));
            case SearchKey.SaveDateSupported supported -> candidate -> true;
            case SearchKey.Older(var seconds) -> {
                var latest = now.minusSeconds(seconds);
                yield candidate -> !candidate.message().internalDate().toInstant().isAfter(latest);
            }
            case SearchKey.Younger(var seconds) -> {
                var earliest = now.minusSeconds(seconds);
                yield candidate -> !candidate.message().internalDate().toInstant().isBefore(earliest);
            }
            case SearchKey.EmailId(var id) -> candidate -> Fetched.emailId(candidate.message()).equals(id);
            case SearchKey.ThreadId thread -> candidate -> false;
            case SearchKey.Sent(var when, var date) -> candidate -> fits(when, date, SentDate.of(candidate.header()));
            case SearchKey.Larger(var octets) -> candidate -> candidate.message().size() > octets;
            case SearchKey.Smaller(var octets) -> candidate -> candidate.message().size() < octets;
        };
    }

    /**
     * A number beyond the last message is no mistake here, it is true of no message. RFC 3501 section 9 has BAD for
     * commands that use such a number, and lists COPY, FETCH and STORE, which name what they work on ({@link Targets});
     * in SEARCH a set is a question, which {@code NOT} may turn round. Dovecot draws the same line.
     */
    private Predicate<Candidate> sequence(SequenceSet set) {
        var numbers = set.resolve(view.exists());
        return candidate -> numbers.contains(candidate.sequence());
    }

    private Predicate<Candidate> uid(SequenceSet set) {
        var uids = Targets.uids(open, set);
        return candidate -> uids.contains(candidate.message().uid());
    }

    private SearchText text(EncodedText text) throws CharacterCodingException {
        return new SearchText(text.decode(charset));
    }

    private static Predicate<Candidate> header(String field, SearchText text) {
        return candidate -> text.in(candidate.header(), field);
    }

    private static Predicate<Candidate> addresses(String field, SearchText text) {
        return candidate -> text.inAddresses(candidate.header(), field);
    }

    private static boolean fits(SearchKey.When when, LocalDate date, Optional<OffsetDateTime> of) {
        return of.isPresent() && fits(when, date, of.get());
    }

    /** The day as it was where the date was written; time and zone are left aside. */
    private static boolean fits(SearchKey.When when, LocalDate date, OffsetDateTime of) {
        var day = of.toLocalDate();
        return switch (when) {
            case BEFORE -> day.isBefore(date);
            case ON -> day.equals(date);
            case SINCE -> !day.isBefore(date);
        };
    }

    /** What asking costs: 0 for what is at hand, 1 where the header is read, 2 where all is. */
    private static int cost(SearchKey key) {
        return switch (key) {
            case SearchKey.And(var keys) -> keys.stream().mapToInt(Match::cost).max().orElse(0);
            case SearchKey.Or(var one, var other) -> Math.max(cost(one), cost(other));
            case SearchKey.Not(var turned) -> cost(turned);
            case SearchKey.Envelope e -> 1;
            case SearchKey.Header h -> 1;
            case SearchKey.Sent s -> 1;
            case SearchKey.Body b -> 2;
            case SearchKey.Text t -> 2;
            case SearchKey.All a -> 0;
            case SearchKey.Flag f -> 0;
            case SearchKey.Recent r -> 0;
            case SearchKey.Sequence s -> 0;
            case SearchKey.Uid u -> 0;
            case SearchKey.ModSeq m -> 0;
            case SearchKey.Received r -> 0;
            case SearchKey.Saved s -> 0;
            case SearchKey.SaveDateSupported s -> 0;
            case SearchKey.Older o -> 0;
            case SearchKey.Younger y -> 0;
            case SearchKey.EmailId e -> 0;
            case SearchKey.ThreadId t -> 0;
            case SearchKey.Larger l -> 0;
            case SearchKey.Smaller s -> 0;
        };
    }
}
