package dev.mailscope.lab.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.mailscope.lab.pack.Lab;

/**
 * How far a lab is. An immutable value.
 *
 * @param current the step that can be read or worked at, from 0; the number of steps once all have ended
 * @param steps   how far each step is
 */
public record Progress(int current, List<StepState> steps) {
    /** Keeps its own copy. */
    public Progress {
        steps = List.copyOf(steps);
    }

    /** Nothing is begun. */
    static Progress of(Lab lab) {
        return new Progress(0, Collections.nCopies(lab.steps().size(), StepState.COMING)).with(0, StepState::opened);
    }

    /** True when all steps have ended. */
    public boolean isFinished() {
        return current == steps.size();
    }

    /** How far the current step is. IllegalStateException when the lab is finished. */
    public StepState now() {
        if (isFinished()) {
            throw new IllegalStateException("All steps of this lab have ended.");
        }
        return steps.get(current);
    }

    /** How many points there are so far, of {@link Lab#points}. */
    public int points(Lab lab) {
        var points = 0;
        for (var i = 0; i < steps.size(); i++) {
            points += steps.get(i).points(lab.steps().get(i));
        }
        return points;
    }

    Progress with(int step, UnaryOperator<StepState> change) {
        var next = new ArrayList<>(steps);
        next.set(step, change.apply(next.get(step)));
        return new Progress(current, next);
    }

    Progress with(UnaryOperator<StepState> change) {
        return with(current, change);
    }

    /** The current step has ended; the next one can be read. */
    Progress next() {
        var next = new Progress(current + 1, steps);
        return next.isFinished() ? next : next.with(StepState::opened);
    }

    /** That step is to be done again, and those after it after that; what was replied stays. */
    Progress back(int step) {
        var next = new Progress(step, steps);
        for (var i = step; i < steps.size(); i++) {
            var reopened = i == step;
            next = next.with(i, state -> {
                var open = state.opened();
                return reopened ? open : new StepState(StepState.Stage.COMING, 0, 0, 0, List.of(), List.of(),
                        open.replies(), open.hints(), open.tries());
            });
        }
        return next;
    }
}
