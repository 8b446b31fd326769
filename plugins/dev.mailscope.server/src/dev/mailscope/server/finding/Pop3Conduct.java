package dev.mailscope.server.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.pop3.Pop3Parser;
import dev.mailscope.server.pop3.Pop3Phase;
import dev.mailscope.server.pop3.Pop3Verb;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What a POP3 client does. */
final class Pop3Conduct implements Conduct {
    private static final Pattern NAMED = Pattern.compile("(?i)(?:LIST|UIDL|RETR|TOP|DELE) 0*(\\d{1,9})\\b");
    // A reason in brackets is one of the server's.
    private static final Pattern REFUSAL = Pattern.compile("-ERR(?! \\[)");
    private static final Pattern RETR = Pattern.compile("(?i)RETR 0*(\\d{1,9})");
    private static final Pattern PASSWORD = Pattern.compile("(?i)PASS .*|AUTH (PLAIN|LOGIN)\\b.*");
    private static final Pattern STLS = Pattern.compile("(?m)^STLS\\r?$");
    private static final int LONGEST = 1_000;

    private final long number;
    private final Findings.Memory memory;
    private final Refusals refusals;
    private final List<Long> marks = new ArrayList<>();
    private final Set<Long> retrieved = new HashSet<>();
    private final List<Long> retrievals = new ArrayList<>();
    private String line = "";
    private long received;
    private boolean withTls;
    private boolean askedUidl;
    private boolean quit;

    Pop3Conduct(long number, Findings.Memory memory) {
        this.number = number;
        this.memory = memory;
        this.refusals = new Refusals(number, memory);
    }

    @Override
    public void take(TraceEvent event, Moment before, Moment after) {
        switch (event.what()) {
            case What.TlsStarted t -> withTls = true;
            case What.Received(var octets) -> {
                line = octets.firstLine(LONGEST);
                received = event.number();
            }
            case What.Rejected(var tag, var problem, var offset) -> rejected(event, problem);
            case What.Command c -> command(event, before.sessions().get(number));
            case What.Marked(var message, var uid, var deleted) -> {
                if (deleted) {
                    marks.add(event.number());
                } else {
                    marks.clear();
                }
            }
            case What.Response(var octets) -> {
                refusals.answered(event, REFUSAL.matcher(octets.firstLine(LONGEST)).lookingAt());
                if (event.command().equals(Pop3Verb.CAPA.name())) {
                    memory.offersStls |= STLS.matcher(new String(octets.first(LONGEST))).find();
                }
            }
            case What.Closed(var reason) -> closed(event, before.sessions().get(number), reason);
            default -> {
                // says nothing of the client
            }
        }
    }

    private void rejected(TraceEvent event, String problem) {
        if (problem.startsWith(Pop3Parser.NO_COMMAND)) {
            refusals.await(Rule.POP3_UNKNOWN_COMMAND, received, event, problem);
        }
        var verb = Arrays.stream(Pop3Verb.values()).filter(v -> v.name().equals(event.command())).findFirst();
        var phase = Pop3Phase.Kind.labelled(event.phase());
        if (verb.isPresent() && phase.isPresent() && !verb.get().isLegalIn(phase.get())) {
            memory.report(Rule.POP3_WRONG_PHASE, number, List.of(received, event.number()),
                    verb.get() + " was sent in " + phase.get().label() + ".");
        }
    }

    private void command(TraceEvent event, SessionState session) {
        if (PASSWORD.matcher(line).matches() && !withTls && memory.offersStls) {
            memory.report(Rule.POP3_PASSWORD_IN_CLEAR, number, List.of(event.number()), "");
        }
        named(event, session);
        switch (event.command()) {
            case "UIDL" -> askedUidl = true;
            case "QUIT" -> {
                quit = true;
                retrievedAgain(session);
            }
            case "RETR" -> {
                var which = RETR.matcher(line);
                if (session != null && which.lookingAt()) {
                    var index = Integer.parseInt(which.group(1));
                    session.told().keySet().stream().skip(Math.max(0, index - 1)).limit(index < 1 ? 0 : 1)
                            .forEach(retrieved::add);
                    retrievals.add(event.number());
                }
            }
            default -> {
                // of no interest here
            }
        }
    }

    /** A message is named by number: a mistake where there is none, or it is marked. */
    private void named(TraceEvent event, SessionState session) {
        var which = NAMED.matcher(line);
        if (session == null || !which.lookingAt()) {
            return;
        }
        var index = Integer.parseInt(which.group(1));
        // How many there are is not said here: of a captured server that may not be known.
        if (index > session.told().size()) {
            refusals.await(Rule.NO_SUCH_MESSAGE, received, event, "Message " + index + " was named.");
        } else if (!session.marked().isEmpty() && index > 0 && session.told().keySet().stream().skip(index - 1L)
                .limit(1).anyMatch(session.marked()::contains)) {
            refusals.await(Rule.NO_SUCH_MESSAGE, received, event, "Message " + index + " was named, and is marked.");
        }
    }

    /** One message may be looked at twice; all of them are only fetched again by who does not know that it has them. */
    private void retrievedAgain(SessionState session) {
        if (session == null || session.account().isEmpty()) {
            return;
        }
        var known = memory.retrievedBy(session.account());
        var all = session.told().keySet();
        if (!askedUidl && all.size() > 1 && retrieved.containsAll(all) && known.containsAll(all)
                && session.marked().isEmpty()) {
            memory.report(Rule.RETRIEVED_AGAIN, number, retrievals, "All " + all.size() + " messages of "
                    + session.account() + " had been retrieved in an earlier session.");
        }
        known.addAll(retrieved);
        retrieved.clear();
    }

    private void closed(TraceEvent event, SessionState session, String reason) {
        if (quit || session == null) {
            return;
        }
        retrievedAgain(session);
        // Whoever was marking when the server was stopped had no chance to say QUIT.
        if (!session.marked().isEmpty() && !reason.equals("server stopped")) {
            var events = new ArrayList<>(marks);
            events.add(event.number());
            var count = session.marked().size();
            memory.report(Rule.QUIT_MISSING, number, events, count == 1 ? "1 message was marked and stays."
                    : count + " messages were marked and stay.");
        }
    }
}
