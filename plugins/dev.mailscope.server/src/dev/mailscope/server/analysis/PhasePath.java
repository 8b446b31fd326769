package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** The way a session has taken through its phases. Takes its events in order. */
public final class PhasePath {
    /**
     * One step.
     *
     * @param number  which step it is, from 1
     * @param event   the number of the event with which it was taken
     * @param from    the phase that was left; empty for the first step, with which the session begins
     * @param to      the phase that was entered, {@link PhaseDiagram#CLOSED} at the end
     * @param by      the command that made it, or what else did, in words
     * @param planned true when that command leads there by the protocol's table, or the server by itself
     */
    public record Step(int number, long event, String from, String to, String by, boolean planned) {
    }

    /** What makes a step that no command makes. */
    public static final String SERVER = "the server";

    private final List<Step> steps = new ArrayList<>();
    private String phase = "";
    private String command = "";

    /** Takes the session's next event; gives the steps taken with it. */
    public List<Step> take(TraceEvent event) {
        var before = steps.size();
        if (phase.isEmpty() && !event.phase().isEmpty() && !(event.what() instanceof What.PhaseChanged)) {
            add(event, event.phase(), EventText.what(event), true);
        }
        switch (event.what()) {
            case What.Command c -> command = event.command();
            case What.PhaseChanged(var from, var to, var user) -> {
                add(event, to, event.command().isEmpty() ? SERVER : event.command(),
                        leads(event, from, to, event.command()));
            }
            case What.Closed(var reason) -> {
                var leads = leads(event, phase, PhaseDiagram.CLOSED, command);
                add(event, PhaseDiagram.CLOSED, leads && ways(event, phase) ? command : Escape.controls(reason), leads);
            }
            default -> {
                // the session stays where it is
            }
        }
        return List.copyOf(steps.subList(before, steps.size()));
    }

    /** Those of the steps that were taken up to that event. */
    public static List<Step> upTo(List<Step> steps, long event) {
        return steps.stream().filter(step -> step.event() <= event).toList();
    }

    private void add(TraceEvent event, String to, String by, boolean planned) {
        steps.add(new Step(steps.size() + 1, event.number(), phase, to, by, planned));
        phase = to;
    }

    private static boolean leads(TraceEvent event, String from, String to, String command) {
        return PhaseDiagram.of(event.protocol()).flatMap(diagram -> diagram.transition(from, to))
                .filter(way -> way.commands().isEmpty() || way.commands().contains(command)).isPresent();
    }

    // A command leads from there to the end; else the server closes by itself.
    private static boolean ways(TraceEvent event, String from) {
        return PhaseDiagram.of(event.protocol()).flatMap(diagram -> diagram.transition(from, PhaseDiagram.CLOSED))
                .filter(way -> !way.commands().isEmpty()).isPresent();
    }
}
