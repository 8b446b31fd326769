package dev.mailscope.server.analysis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What a {@link Sequence} knows of one open session: who it is, and which of its commands wait. */
final class SequenceSession {
    private static final Pattern NAME = Pattern.compile("(?i)\"name\"\\s+\"([^\"]+)\"");
    private static final Pattern LOGIN = Pattern.compile("(?i)(?:\\S+ LOGIN|USER) (?:\"([^\"]+)\"|([^\\s\"{]+)).*");
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 40;

    private final Map<Long, Sequence.Open> byCause = new HashMap<>();
    private final Set<Sequence.Open> toldToGoOn = new HashSet<>();
    private final long begun;
    private Sequence.Lifeline lifeline;
    private boolean namedByClient;
    private String line = "";
    // What is being received: not yet understood, or asked by the server to go on.
    private Sequence.Open partial;
    private Sequence.Open goesOn;
    private boolean goodbye;

    SequenceSession(TraceEvent first, int lane) {
        begun = first.number();
        var peer = first.what() instanceof What.Connected c ? c.peer().substring(c.peer().lastIndexOf(':') + 1) : "";
        lifeline = new Sequence.Lifeline(first.session(), first.protocol(), peer.isEmpty() ? "" : ":" + peer,
                first.phase(), lane);
    }

    Sequence.Lifeline lifeline() {
        return lifeline;
    }

    /** True when the client has taken its leave. */
    boolean saidGoodbye() {
        return goodbye;
    }

    /** Learns of the session from an event that is neither an answer nor how a command was understood. */
    void learn(TraceEvent event) {
        switch (event.what()) {
            case What.Received(var octets) -> line = octets.firstLine(MOST);
            case What.PhaseChanged(var from, var to, var user) -> lifeline = new Sequence.Lifeline(lifeline.session(),
                    lifeline.protocol(), lifeline.name(), to, lifeline.lane());
            case What.ViewOpened view -> name(view.account(), false);
            default -> {
                // says nothing about who it is
            }
        }
    }

    /** The command that the octets now received belong to; empty when they begin one. */
    Optional<Sequence.Open> continued() {
        var joined = partial != null ? partial : goesOn;
        goesOn = null;
        partial = joined;
        return Optional.ofNullable(joined);
    }

    /** A command begins with that event, while those wait. */
    Sequence.Open begin(long event, List<Sequence.Open> waiting) {
        var depth = 0;
        for (var taken = true; taken;) {
            var at = depth;
            taken = waiting.stream().anyMatch(o -> o.session() == lifeline.session() && o.depth() == at);
            depth += taken ? 1 : 0;
        }
        partial = new Sequence.Open(event, lifeline.session(), lifeline.lane(), depth);
        return partial;
    }

    /** What was received is a command, or none. */
    void understood(TraceEvent event) {
        if (partial != null) {
            byCause.put(event.number(), partial);
            partial = null;
        }
        if (event.what() instanceof What.Command) {
            goodbye |= event.command().equals("QUIT") || event.command().equals("LOGOUT");
            learnFrom(event.command());
        }
    }

    /** A response was made, and will be sent: what the client sends after one to go on belongs to the same command. */
    void made(TraceEvent event, Completion completion) {
        if (completion == Completion.CONTINUE) {
            goesOn = commandOf(event.cause()).orElse(null);
        }
    }

    /** The command that an event with that cause belongs to. */
    Optional<Sequence.Open> commandOf(long cause) {
        return Optional.ofNullable(byCause.getOrDefault(cause, partial));
    }

    /** True when no command asks for a response with that cause just now: none is open, or it only waits. */
    boolean isUnasked(long cause) {
        var command = byCause.get(cause);
        return command == null ? cause != begun : toldToGoOn.contains(command);
    }

    /** The client was told to go on with that command. */
    void toldToGoOn(Sequence.Open command) {
        toldToGoOn.add(command);
    }

    /** That command has been answered. */
    void answered(Sequence.Open command) {
        byCause.values().removeIf(command::equals);
        toldToGoOn.remove(command);
    }

    private void learnFrom(String command) {
        if (command.equals("ID")) {
            var name = NAME.matcher(line);
            if (name.find()) {
                name(name.group(1), true);
            }
        } else if (command.equals("LOGIN") || command.equals("USER")) {
            var login = LOGIN.matcher(line);
            if (login.matches()) {
                name(login.group(1) != null ? login.group(1) : login.group(2), false);
            }
        }
    }

    private void name(String name, boolean byClient) {
        if (byClient || !namedByClient) {
            namedByClient |= byClient;
            var cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "\u2026";
            lifeline = new Sequence.Lifeline(lifeline.session(), lifeline.protocol(), Escape.controls(cut),
                    lifeline.phase(), lifeline.lane());
        }
    }
}
