package dev.mailscope.server.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SearchKey;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** How one IMAP session's client names messages: by numbers that hold, and in as few commands as will do. */
final class MessageNumbers {
    /** The commands that name messages. */
    static final Set<String> LOOKED_AT = Set.of("FETCH", "STORE", "COPY", "MOVE", "SEARCH", "UID FETCH", "UID STORE",
            "UID COPY", "UID MOVE", "UID EXPUNGE");
    /** The commands during which no EXPUNGE may be told, and those after which the numbers are new anyway. */
    private static final Set<String> NO_EXPUNGE = Set.of("FETCH", "STORE", "SEARCH", "SORT", "THREAD", "SELECT",
            "EXAMINE", "CLOSE", "UNSELECT", "LOGIN", "AUTHENTICATE", "LOGOUT");
    private static final Pattern VALIDITY = Pattern.compile("^\\* OK \\[UIDVALIDITY (\\d{1,10})]");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d{1,10})\\b");
    private static final Pattern NEW_UIDS = Pattern.compile("\\[(?:APPENDUID|COPYUID) .*]");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}(:\\d{1,10})?");
    private static final int ONE_BY_ONE = 5;
    private static final long TOGETHER = 2_000_000;
    private static final int MOST = 1_000;
    private static final int LONGEST = 4_000;

    /** A message that was read or changed by its number, and where. */
    private record Named(long uid, long event) {
    }

    private final long session;
    private final Findings.Memory memory;
    private final Map<Long, Named> named = new HashMap<>();
    private final Set<Long> addressed = new HashSet<>();
    private final Set<Long> toldUids = new HashSet<>();
    private final List<TraceEvent> unanswered = new ArrayList<>();
    private final List<Long> run = new ArrayList<>();
    private List<FetchAttribute> runAttributes = List.of();
    private SequenceSet runLast;
    private long runTime;
    /** The UIDs the client knows of, in their order; null where they have to be looked up anew. */
    private List<Long> known;
    private int mostMessages;
    private boolean knowsWhatWasSent;
    private long expunge;
    private long validity;
    private long validityBefore;

    MessageNumbers(long session, Findings.Memory memory) {
        this.session = session;
        this.memory = memory;
    }

    /** Takes any event of the session. */
    void take(TraceEvent event, Moment before, Moment after) {
        switch (event.what()) {
            case What.ViewOpened view -> {
                named.clear();
                addressed.clear();
                toldUids.clear();
                known = null;
                expunge = 0;
                mostMessages = after.sessions().get(session) instanceof SessionState now ? now.told().size() : 0;
                validityBefore = 0;
            }
            case What.Sent sent -> {
                unanswered.clear();
                knowsWhatWasSent = true;
            }
            case What.Told(var notices) -> {
                known = notices.stream().allMatch(Notice.FlagsChanged.class::isInstance) ? known : null;
                if (notices.stream().anyMatch(Notice.Expunged.class::isInstance)) {
                    expunge = event.number();
                    mostMessages = Math.max(mostMessages, before.sessions().get(session) instanceof SessionState then
                            ? then.told().size() : 0);
                }
            }
            case What.Response(var octets) -> response(event, octets.firstLine(LONGEST), after);
            default -> {
                // names no message
            }
        }
    }

    /** Takes a command; parsed is null for one that names no messages. */
    void command(TraceEvent event, ImapCommand parsed, SessionState state) {
        var numbers = parsed == null || state == null ? null : sequenceNumbers(parsed);
        if (numbers != null) {
            pipelined(event, numbers);
        }
        // Where the recording does not say when an answer was sent, nobody knows whether the client waited for it.
        if (knowsWhatWasSent) {
            unanswered.add(event);
        }
        oneByOne(event, parsed);
        if (parsed != null && state != null && !state.folder().isEmpty()) {
            if (numbers != null) {
                moved(event, parsed, numbers, state);
            }
            uids(event, parsed, state);
        }
    }

    /** The sequence numbers a command names; null when it names none, or UIDs. */
    private static SequenceSet sequenceNumbers(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Fetch fetch when !fetch.uid() -> fetch.set();
            case ImapCommand.Store store when !store.uid() -> store.set();
            case ImapCommand.Copy copy when !copy.uid() -> copy.set();
            case ImapCommand.Move move when !move.uid() -> move.set();
            case ImapCommand.Search search -> inSearch(search.key());
            default -> null;
        };
    }

    private static SequenceSet inSearch(SearchKey key) {
        var found = new SequenceSet[1];
        key.any(each -> {
            if (each instanceof SearchKey.Sequence(var set)) {
                found[0] = set;
            }
            return false;
        });
        return found[0];
    }

    private static boolean namesAll(SequenceSet set) {
        return set.isSaved() || set.hasStar() && set.ranges().stream().anyMatch(range -> range.low() == 1);
    }

    private void pipelined(TraceEvent event, SequenceSet numbers) {
        var last = unanswered.reversed().stream().filter(each -> !NO_EXPUNGE.contains(each.command())
                && each.phase().equals("Selected")).findFirst();
        if (last.isPresent() && !namesAll(numbers)) {
            memory.report(Rule.AMBIGUOUS_PIPELINING, session, List.of(last.get().number(), event.number()),
                    event.command() + " " + numbers + " was sent before the answer to " + last.get().command() + ".");
        }
    }

    private void oneByOne(TraceEvent event, ImapCommand parsed) {
        if (!(parsed instanceof ImapCommand.Fetch fetch) || fetch.set().hasStar() || fetch.set().isSaved()
                || fetch.set().numbersCount() != 1 || !fetch.attributes().stream().allMatch(MessageNumbers::isSmall)) {
            run.clear();
            return;
        }
        if (!fetch.attributes().equals(runAttributes) || event.time() - runTime > TOGETHER
                || fetch.set().equals(runLast)) {
            run.clear();
        }
        runAttributes = fetch.attributes();
        runLast = fetch.set();
        runTime = event.time();
        run.add(event.number());
        if (run.size() == ONE_BY_ONE) {
            memory.report(Rule.FETCH_ONE_BY_ONE, session, run, "The same items were fetched of one message after the"
                    + " other.");
        }
    }

    /** Headers, flags and the like: a message's text is better fetched when it is wanted. */
    private static boolean isSmall(FetchAttribute attribute) {
        return switch (attribute) {
            case FetchAttribute.Simple simple -> simple != FetchAttribute.Simple.RFC822
                    && simple != FetchAttribute.Simple.RFC822_TEXT;
            case FetchAttribute.BodySection section -> section.section().text() != Section.Text.ALL
                    && section.section().text() != Section.Text.TEXT;
            case FetchAttribute.Binary binary -> false;
            case FetchAttribute.BinarySize size -> true;
            case FetchAttribute.Preview preview -> true;
        };
    }

    private void moved(TraceEvent event, ImapCommand parsed, SequenceSet set, SessionState state) {
        if (known == null) {
            known = List.copyOf(state.told().keySet());
        }
        if (parsed instanceof ImapCommand.Search || namesAll(set) || set.numbersCount() >= Math.max(2, known.size())) {
            // What is asked of all messages tells the client the numbers anew.
            named.clear();
            return;
        }
        var changes = parsed instanceof ImapCommand.Store || parsed instanceof ImapCommand.Copy
                || parsed instanceof ImapCommand.Move;
        var told = false;
        for (var each : set.resolve(known.size()).numbers(MOST)) {
            if (each > known.size()) {
                if (expunge != 0 && each <= mostMessages && !told) {
                    memory.report(Rule.NUMBER_GONE, session, List.of(expunge, event.number()), "Message " + each
                            + " was named, and there are " + known.size() + ".");
                    told = true;
                }
                continue;
            }
            var uid = known.get((int) each - 1);
            var last = named.get(each);
            if (changes && last != null && expunge > last.event() && known.contains(last.uid())
                    && !addressed.contains(uid)) {
                memory.report(Rule.NUMBER_MOVED, session, List.of(last.event(), expunge, event.number()), "Number "
                        + each + " named the message with UID " + last.uid() + "; now it names UID " + uid + ".");
            }
            named.put(each, new Named(uid, event.number()));
            addressed.add(uid);
        }
    }

    private void uids(TraceEvent event, ImapCommand parsed, SessionState state) {
        var set = switch (parsed) {
            case ImapCommand.Fetch fetch when fetch.uid() -> fetch.set();
            case ImapCommand.Store store when store.uid() -> store.set();
            case ImapCommand.Copy copy when copy.uid() -> copy.set();
            case ImapCommand.Move move when move.uid() -> move.set();
            case ImapCommand.UidExpunge(var uids) -> uids;
            default -> null;
        };
        if (set == null || set.isSaved()) {
            return;
        }
        for (var range : set.ranges()) {
            // From 1 on, or up to whatever there is: that is how a folder is read anew.
            if (range.low() == 1 || range.high() == SequenceSet.STAR) {
                continue;
            }
            for (var uid = range.low(); uid <= range.high() && uid < range.low() + MOST; uid++) {
                addressed.add(uid);
                if (validityBefore != 0 && !toldUids.contains(uid)) {
                    memory.report(Rule.UIDVALIDITY_IGNORED, session, List.of(event.number()), "UIDVALIDITY of "
                            + state.folder() + " was " + validityBefore + " and is " + validity
                            + ", and the client names UID " + uid + ", which it has not been told since.");
                    validityBefore = 0;
                }
            }
        }
    }

    private void response(TraceEvent event, String text, Moment after) {
        var told = VALIDITY.matcher(text);
        var state = after.sessions().get(session);
        if (told.find() && state != null && !state.folder().isEmpty()) {
            validity = Long.parseLong(told.group(1));
            var before = memory.validities.put(state.account() + '/' + state.folder(), validity);
            validityBefore = before == null || before == validity ? 0 : before;
        } else if (validityBefore != 0) {
            uidsTold(event, text);
        }
    }

    private void uidsTold(TraceEvent event, String text) {
        if (text.contains(" FETCH ")) {
            var uid = UID.matcher(text);
            while (uid.find()) {
                toldUids.add(Long.parseLong(uid.group(1)));
            }
        } else if (event.command().startsWith("UID S") || event.command().equals("UID THREAD")
                || NEW_UIDS.matcher(text).find()) {
            var numbers = NUMBER.matcher(text);
            while (numbers.find()) {
                var ends = numbers.group().split(":");
                var last = Long.parseLong(ends[ends.length - 1]);
                for (var uid = Long.parseLong(ends[0]); uid <= last && toldUids.size() < 100 * MOST; uid++) {
                    toldUids.add(uid);
                }
            }
        }
    }
}
