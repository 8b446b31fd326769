package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.PhaseDiagram;
import dev.mailscope.server.analysis.PhasePath;

/** The ways of a state diagram with the steps that a session has gone on each of them. */
final class PhaseWays {
    /**
     * A command that leads a way, or what else has led there.
     *
     * @param steps   the steps it made
     * @param planned false when the protocol's table does not say that it leads there
     */
    record Line(String text, List<PhasePath.Step> steps, boolean planned) {
    }

    /**
     * A way from one phase to another.
     *
     * @param planned false when the protocol's table knows no such way: a cut line
     */
    record Way(String from, String to, List<Line> lines, boolean planned) {
        /** True when the session has gone it. */
        boolean isTaken() {
            return lines.stream().anyMatch(line -> !line.steps().isEmpty());
        }
    }

    private static final int LONGEST = 32;

    private PhaseWays() {
    }

    /** All ways the diagram has, and those the session has gone besides. */
    static List<Way> of(PhaseDiagram diagram, List<PhasePath.Step> steps) {
        var ways = new LinkedHashMap<List<String>, Way>();
        for (var transition : diagram.transitions()) {
            var lines = new ArrayList<Line>();
            for (var command : transition.commands()) {
                lines.add(new Line(command, steps.stream().filter(step -> goes(step, transition.from(), transition.to())
                        && step.planned() && step.by().equals(command)).toList(), true));
            }
            if (lines.isEmpty()) {
                lines.add(new Line(Messages.states_byItself, steps.stream().filter(step -> goes(step, transition.from(),
                        transition.to())).toList(), true));
            }
            ways.put(List.of(transition.from(), transition.to()), new Way(transition.from(), transition.to(), lines,
                    true));
        }
        for (var step : steps) {
            if (!step.from().isEmpty() && !step.planned()) {
                var way = ways.computeIfAbsent(List.of(step.from(), step.to()), ends -> new Way(step.from(), step.to(),
                        new ArrayList<>(), false));
                add(way.lines(), words(diagram, step), step);
            }
        }
        return List.copyOf(ways.values());
    }

    /** What made a step, in words. */
    static String words(PhaseDiagram diagram, PhasePath.Step step) {
        if (step.planned()) {
            return step.by();
        }
        var isCommand = diagram.phases().stream().flatMap(phase -> phase.commands().stream())
                .anyMatch(command -> command.name().equals(step.by()));
        return isCommand ? NLS.bind(Messages.states_refused, step.by()) : step.by();
    }

    private static void add(List<Line> lines, String text, PhasePath.Step step) {
        var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).text().equals(cut)) {
                var steps = new ArrayList<>(lines.get(i).steps());
                steps.add(step);
                lines.set(i, new Line(cut, steps, false));
                return;
            }
        }
        lines.add(new Line(cut, List.of(step), false));
    }

    private static boolean goes(PhasePath.Step step, String from, String to) {
        return step.from().equals(from) && step.to().equals(to);
    }
}
