package dev.mailscope.server.finding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.mailscope.server.explain.Line;
import dev.mailscope.server.imap.command.CommandParser;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.Frame;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapFramer;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.Parsed;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What an IMAP client does: phases, capabilities, passwords, polling, and what is left behind. */
final class ImapConduct implements Conduct {
    private static final Pattern CAPABILITIES = Pattern.compile("(?i)^(?:\\* |.*\\[)CAPABILITY ([^\\]\\r\\n]*)");
    private static final Pattern PASSWORD = Pattern.compile("(?i)\\S+ AUTHENTICATE (?:PLAIN|LOGIN)\\b.*");
    private static final Pattern ANNOUNCEMENT = Pattern.compile("~?\\{(\\d+)\\+?}\\r?\\n?$");
    private static final Pattern COMPLETION = Pattern.compile("(?i)[^*+\\s]\\S* (OK|NO|BAD)\\b");
    private static final Pattern TOO_LARGE = Pattern.compile("\\S+ (?:NO|BAD) \\[(?:TOOBIG|LIMIT)].*");
    private static final Set<String> POLLS = Set.of("NOOP", "CHECK", "STATUS", "SELECT", "EXAMINE");
    private static final long UNASKED = 4096;
    private static final int POLLED = 5;
    private static final long POLLED_FOR = 4_000_000;
    private static final int LONGEST = 2_000;
    private static final int LARGEST_COMMAND = 64 * 1024;

    /** A message marked \Deleted by this session. */
    private record Mark(String account, long folderId, long uid) {
    }

    private final long number;
    private final Findings.Memory memory;
    private final MessageNumbers numbers;
    private final Refusals refusals;
    private final Set<String> capabilities = new HashSet<>();
    private final Map<Mark, Long> marks = new LinkedHashMap<>();
    private final List<Long> polls = new ArrayList<>();
    private ImapFramer framer = new ImapFramer();
    private String line = "";
    private String polled = "";
    private long polledFrom;
    private long received;
    private long announced = -1;
    private boolean announcedWithPlus;
    private boolean incomplete;
    private boolean rejected;
    private boolean withTls;
    private boolean waits;

    ImapConduct(long number, Findings.Memory memory) {
        this.number = number;
        this.memory = memory;
        this.numbers = new MessageNumbers(number, memory);
        this.refusals = new Refusals(number, memory);
    }

    @Override
    public void take(TraceEvent event, Moment before, Moment after) {
        switch (event.what()) {
            case What.TlsStarted t -> withTls = true;
            case What.Received(var octets) -> received(event, Line.of(octets, LARGEST_COMMAND));
            case What.Rejected(var tag, var problem, var offset) -> rejected(event, problem);
            case What.Command c -> command(event, before);
            case What.Response(var octets) -> response(event, octets.firstLine(LONGEST), before);
            case What.StateChanged(var version, var changes) -> changes.forEach(change -> mark(event, change));
            case What.Closed(var reason) -> closed(event, after);
            default -> {
                // says nothing of the client, or is looked at below
            }
        }
        numbers.take(event, before, after);
    }

    private void received(TraceEvent event, Line piece) {
        var text = new String(piece.octets(), StandardCharsets.ISO_8859_1);
        if (!incomplete) {
            line = text;
            framer = new ImapFramer();
        }
        // A literal that is thrown away unread belongs to no command.
        incomplete = !event.command().isEmpty() && piece.isUnfinished();
        rejected = false;
        received = event.number();
        var announcement = ANNOUNCEMENT.matcher(text);
        announced = announcement.find() ? size(announcement.group(1)) : -1;
        announcedWithPlus = announced >= 0 && announcement.group().contains("+");
        framer.feed(piece.octets(), 0, piece.octets().length);
    }

    private static long size(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private void rejected(TraceEvent event, String problem) {
        rejected = true;
        incomplete = false;
        if (problem.contains("expected " + CommandParser.KNOWN_COMMAND)) {
            refusals.await(Rule.UNKNOWN_COMMAND, received, event, problem);
        }
        var verb = ImapVerb.named(event.command());
        for (var phase : ImapPhase.values()) {
            if (verb != null && phase.label().equals(event.phase()) && !verb.legalIn(phase)) {
                memory.report(Rule.WRONG_PHASE, number, List.of(received, event.number()), verb + " was sent in "
                        + phase.label() + ".");
            }
        }
    }

    private void command(TraceEvent event, Moment before) {
        incomplete = false;
        var login = event.command().equals("LOGIN");
        var password = login || PASSWORD.matcher(line.lines().findFirst().orElse("")).matches();
        if (password && !withTls && login && capabilities.contains("LOGINDISABLED")) {
            memory.report(Rule.LOGIN_DISABLED, number, List.of(event.number()), "");
        } else if (password && !withTls && capabilities.contains("STARTTLS")) {
            memory.report(Rule.PASSWORD_IN_CLEAR, number, List.of(event.number()), "STARTTLS was offered.");
        }
        waits |= event.command().equals("IDLE") || event.command().equals("NOTIFY");
        poll(event);
        var parsed = parsed(event.command());
        numbers.command(event, parsed, before.sessions().get(number));
    }

    /** The command that has come, where it is one that names messages. */
    private ImapCommand parsed(String command) {
        if (!MessageNumbers.LOOKED_AT.contains(command)) {
            framer = new ImapFramer();
            return null;
        }
        for (var frame = framer.next(); frame != null; frame = framer.next()) {
            if (frame instanceof Frame.LiteralAnnounced literal) {
                if (literal.overLimit() != null) {
                    return null;
                }
                framer.accept();
            } else if (frame instanceof Frame.Command(var raw)) {
                return CommandParser.parse(raw, Dialect.REV1) instanceof Parsed.Ok ok ? ok.command() : null;
            } else {
                return null;
            }
        }
        return null;
    }

    private void poll(TraceEvent event) {
        // NOOP 7 times, or STATUS of the same folder: the line is the same apart from its tag.
        var asked = POLLS.contains(event.command()) ? line.substring(Math.max(0, line.indexOf(' '))).strip()
                .toUpperCase(Locale.ROOT) : "";
        if (asked.isEmpty() || !asked.equals(polled)) {
            polls.clear();
            polled = asked;
            polledFrom = event.time();
        }
        if (asked.isEmpty() || waits) {
            return;
        }
        polls.add(event.number());
        if (polls.size() >= POLLED && event.time() - polledFrom >= POLLED_FOR
                && capabilities.contains("IDLE")) {
            memory.report(Rule.POLLING, number, polls, event.command() + " was sent " + polls.size()
                    + " times in a row.");
            // Said once is enough for a session.
            waits = true;
        }
    }

    private void response(TraceEvent event, String text, Moment before) {
        var completed = COMPLETION.matcher(text);
        if (completed.lookingAt()) {
            refusals.answered(event, completed.group(1).equalsIgnoreCase("BAD"));
        }
        var told = CAPABILITIES.matcher(text);
        if (told.find()) {
            capabilities.clear();
            for (var name : told.group(1).split(" ")) {
                capabilities.add(name.toUpperCase(Locale.ROOT));
            }
        }
        if (rejected && announced >= 0 && TOO_LARGE.matcher(text).matches()) {
            tooLarge(event);
        }
    }

    private void tooLarge(TraceEvent event) {
        var events = List.of(received, event.number());
        var size = announced == Long.MAX_VALUE ? "more octets than can be counted" : announced + " octets";
        if (capabilities.contains("LITERAL-") && announcedWithPlus && announced > UNASKED) {
            memory.report(Rule.LITERAL_NOT_ASKED_FOR, number, events, "It announced " + size + ".");
        } else {
            var limit = capabilities.stream().filter(name -> name.startsWith("APPENDLIMIT=")).findFirst()
                    .filter(name -> event.command().equals("APPEND") || event.command().endsWith("REPLACE"));
            memory.report(Rule.LITERAL_TOO_LARGE, number, events, "It announced " + size + " for " + event.command()
                    + limit.map(name -> "; the server offers " + name).orElse("") + ".");
        }
    }

    private void mark(TraceEvent event, Change change) {
        if (change instanceof Change.FlagsChanged flags && event.command().endsWith("STORE")) {
            var mark = new Mark(flags.account(), flags.folderId(), flags.uid());
            if (flags.flags().deleted()) {
                marks.putIfAbsent(mark, event.number());
            } else {
                marks.remove(mark);
            }
        }
    }

    private void closed(TraceEvent event, Moment after) {
        var events = new TreeSet<Long>();
        var left = 0;
        for (var mark : marks.entrySet()) {
            var which = mark.getKey();
            var message = after.server().folder(which.account(), which.folderId())
                    .map(folder -> folder.message(which.uid())).orElse(null);
            if (message != null && message.flags().deleted()) {
                left++;
                events.add(mark.getValue());
            }
        }
        if (left > 0) {
            events.add(event.number());
            memory.report(Rule.NEVER_EXPUNGED, number, List.copyOf(events), (left == 1 ? "1 message was"
                    : left + " messages were") + " still there when the session ended.");
        }
    }
}
