package dev.mailscope.lab.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Condition;
import dev.mailscope.lab.pack.Step;
import dev.mailscope.server.expression.Evaluation;
import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * Looks at a step in a recording: which of its checks hold after which event. It looks at each event once. For one
 * thread at a time.
 */
public final class Watch {
    /** The time a condition has for one event. */
    public static final Duration MOST = Duration.ofSeconds(1);
    private static final int PAGE = 512;
    // No lab counts further.
    private static final long MOST_COUNTED = 1L << 40;

    private final Recording recording;
    private final long before;
    private final BooleanSupplier cancelled;
    private final Step step;
    private final List<Checked> checks = new ArrayList<>();
    private long seen;

    /**
     * @param before    the number of the last event before the step
     * @param cancelled is asked now and then; once it says true, no condition is looked at any longer
     */
    public Watch(Step step, Recording recording, long before, BooleanSupplier cancelled) {
        this.step = step;
        this.recording = recording;
        this.before = before;
        this.cancelled = cancelled;
        this.seen = before - 1;
        for (var check : step.blocks(Block.Check.class)) {
            checks.add(new Checked(evaluation(check.condition())));
        }
    }

    /** What is found of the checks, in their order, when the step goes up to that event. Never goes back. */
    public List<Finding> upTo(long last) {
        while (seen < last) {
            var events = recording.events(Math.max(1, seen + 1), (int) Math.min(PAGE, last - seen));
            for (var event : events) {
                if (event.number() > last) {
                    break;
                }
                checks.forEach(check -> check.at(event));
                seen = event.number();
            }
            if (events.isEmpty() || events.getLast().number() > last) {
                seen = last; // what lies between was dropped or is damaged
            }
        }
        return checks.stream().map(check -> check.finding).toList();
    }

    /** What has happened where something was predicted, in order, when the step ends with that event. */
    public List<Happened> predictions(StepState state, long last) {
        return step.blocks(Block.Prediction.class).stream().map(asked -> happened(asked, state.reply(asked), last))
                .toList();
    }

    private Happened happened(Block.Prediction asked, Reply reply, long last) {
        try {
            return switch (asked.outcome()) {
                case Block.OneOf one -> {
                    var outcomes = new ArrayList<Integer>();
                    for (var i = 0; i < one.conditions().size(); i++) {
                        if (holds(one.conditions().get(i), last)) {
                            outcomes.add(i);
                        }
                    }
                    yield new Happened(reply instanceof Reply.Chosen(var choices) && choices.size() == 1
                            && outcomes.containsAll(choices), outcomes, OptionalLong.empty(), "");
                }
                case Block.Amount(var number) -> {
                    var value = value(number, last);
                    yield new Happened(reply != null && reply.isNumber() && reply.number() == value, List.of(),
                            OptionalLong.of(value), "");
                }
            };
        } catch (EvaluationException | IllegalArgumentException e) {
            return new Happened(false, List.of(), OptionalLong.empty(), e.getMessage());
        }
    }

    /** The number, found by asking whether it is at least another one. */
    private long value(Condition.Number number, long last) {
        var low = 0L;
        var high = 1L;
        if (!holds(number.isAtLeast(0), last)) {
            low = -MOST_COUNTED;
            high = 0;
        } else {
            while (holds(number.isAtLeast(high), last)) {
                low = high;
                high *= 2;
                if (high > MOST_COUNTED) {
                    throw new IllegalArgumentException("The number is too large to be told.");
                }
            }
        }
        while (high - low > 1) {
            var middle = low + (high - low) / 2;
            if (holds(number.isAtLeast(middle), last)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean holds(Condition condition, long number) {
        var event = recording.event(number);
        if (event == null) {
            throw new IllegalArgumentException("Event " + number + " is not in the recording.");
        }
        return evaluation(condition).test(event);
    }

    private Evaluation evaluation(Condition condition) {
        return condition.inStepAfter(before).on(recording, MOST, cancelled);
    }

    /** A check on its way. */
    private static final class Checked {
        private final Evaluation evaluation;
        private Finding finding = Finding.NOT_YET;

        Checked(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        void at(TraceEvent event) {
            if (!finding.problem().isEmpty()) {
                return; // what took too long once is not tried again and again
            }
            try {
                var holds = evaluation.test(event);
                if (holds != finding.holds()) {
                    finding = holds ? new Finding(true, event.number(), "") : Finding.NOT_YET;
                }
            } catch (EvaluationException e) {
                finding = new Finding(false, 0, e.getMessage());
            }
        }
    }
}
