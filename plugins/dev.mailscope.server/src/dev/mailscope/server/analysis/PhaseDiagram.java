package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.pop3.Pop3Phase;
import dev.mailscope.server.pop3.Pop3Verb;

/**
 * The phases of a protocol, the commands that are legal in each, and which of them lead from one to another: what the
 * tables of {@link ImapVerb} and {@link Pop3Verb} say, by which the servers decide.
 *
 * @param protocol    {@code imap} or {@code pop3}
 * @param phases      the phases, in the order in which a session goes through them
 * @param transitions what leads from one to another, or to {@link #CLOSED}
 */
public record PhaseDiagram(String protocol, List<Phase> phases, List<Transition> transitions) {
    /** Where every session ends: its connection is closed. */
    public static final String CLOSED = "Closed";

    /**
     * A phase.
     *
     * @param name     the name the trace gives it
     * @param commands what is legal in it
     */
    public record Phase(String name, List<Command> commands) {
    }

    /**
     * A command that is legal in a phase.
     *
     * @param isNew       true when it was not legal in the phase before
     * @param explanation what it does, in one sentence
     */
    public record Command(String name, String syntax, String explanation, String reference, boolean isNew) {
    }

    /**
     * A way from one phase to another.
     *
     * @param commands what leads there when it succeeds; empty when the server goes on by itself
     */
    public record Transition(String from, String to, List<String> commands) {
    }

    /** The diagram of that protocol, by its name in the trace; empty when it has no phases. */
    public static Optional<PhaseDiagram> of(String protocol) {
        return switch (protocol) {
            case "imap" -> Optional.of(imap());
            case "pop3" -> Optional.of(pop3());
            default -> Optional.empty();
        };
    }

    /** The phase of that name; empty for {@link #CLOSED} and for what is none. */
    public Optional<Phase> phase(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    /** The way from one phase to another, if the tables know one. */
    public Optional<Transition> transition(String from, String to) {
        return transitions.stream().filter(t -> t.from().equals(from) && t.to().equals(to)).findFirst();
    }

    private static PhaseDiagram imap() {
        var phases = new ArrayList<Phase>();
        var ways = new Ways();
        for (var phase : ImapPhase.values()) {
            var before = ImapPhase.values()[Math.max(0, phase.ordinal() - 1)];
            var legal = Arrays.stream(ImapVerb.values()).filter(verb -> verb.legalIn(phase)).toList();
            phases.add(new Phase(phase.label(), legal.stream().map(verb -> new Command(verb.wireName(), verb.syntax(),
                    verb.explanation(), verb.reference(), phase == before || !verb.legalIn(before))).toList()));
            legal.forEach(verb -> verb.leadsTo().ifPresent(to -> ways.add(phase.label(), to.label(), verb.wireName())));
            if (legal.isEmpty()) {
                ways.byItself(phase.label(), CLOSED);
            }
        }
        return new PhaseDiagram("imap", List.copyOf(phases), ways.all());
    }

    private static PhaseDiagram pop3() {
        var phases = new ArrayList<Phase>();
        var ways = new Ways();
        var kinds = Pop3Phase.Kind.values();
        for (var kind : kinds) {
            var before = kinds[Math.max(0, kind.ordinal() - 1)];
            var legal = Pop3Verb.legalIn(kind);
            phases.add(new Phase(kind.label(), legal.stream().map(verb -> new Command(verb.name(), verb.syntax(),
                    verb.explanation(), verb.section(), kind == before || !verb.isLegalIn(before))).toList()));
            for (var verb : legal) {
                var to = verb.leadsTo(kind).map(Pop3Phase.Kind::label);
                if (to.isPresent() || verb.endsSession()) {
                    ways.add(kind.label(), to.orElse(CLOSED), verb.name());
                }
            }
            if (legal.isEmpty()) {
                ways.byItself(kind.label(), kind.ordinal() + 1 < kinds.length ? kinds[kind.ordinal() + 1].label()
                        : CLOSED);
            }
        }
        return new PhaseDiagram("pop3", List.copyOf(phases), ways.all());
    }

    private static final class Ways {
        private final Map<List<String>, List<String>> found = new LinkedHashMap<>();

        // A command that leads where the session is already leads nowhere.
        void add(String from, String to, String command) {
            if (!from.equals(to)) {
                found.computeIfAbsent(List.of(from, to), ends -> new ArrayList<>()).add(command);
            }
        }

        void byItself(String from, String to) {
            found.put(List.of(from, to), new ArrayList<>());
        }

        List<Transition> all() {
            return found.entrySet().stream().map(way -> new Transition(way.getKey().get(0), way.getKey().get(1),
                    List.copyOf(way.getValue()))).toList();
        }
    }
}
