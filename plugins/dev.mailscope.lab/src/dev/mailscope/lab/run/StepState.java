package dev.mailscope.lab.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Step;

/**
 * How far a step is. An immutable value.
 *
 * @param stage    where it is
 * @param part     the recording it is in, from 1: each retry begins another one; 0 while it has not begun
 * @param before   the number of the last event before it
 * @param last     the number of its last event, once it has ended; before that, up to where it was looked at
 * @param findings what was found of its checks, in their order
 * @param happened what has happened where something was predicted, in order; empty until it has ended
 * @param replies  what was answered and predicted, by the line of the question
 * @param hints    how many hints were asked for
 * @param tries    how often it was begun
 */
public record StepState(Stage stage, int part, long before, long last, List<Finding> findings, List<Happened> happened,
        SortedMap<Integer, Reply> replies, int hints, int tries) {
    /** Where a step can be. */
    public enum Stage {
        /** Another step comes first. */
        COMING,
        /** It can be read; what it does itself, and what is checked, begins when all is predicted. */
        OPEN,
        /** It is worked at. */
        WORKING,
        /** It has ended. */
        ENDED
    }

    /** A step that comes later. */
    public static final StepState COMING = new StepState(Stage.COMING, 0, 0, 0, List.of(), List.of(),
            Collections.emptySortedMap(), 0, 0);

    /** Keeps its own copies. */
    public StepState {
        findings = List.copyOf(findings);
        happened = List.copyOf(happened);
        replies = Collections.unmodifiableSortedMap(new TreeMap<>(replies));
    }

    /** What was replied to that question or prediction; null when nothing was yet. */
    public Reply reply(Block block) {
        return replies.get(block.line());
    }

    /** How many points it has; of a step that is worked at, as if it ended now, without its predictions. */
    public int points(Step step) {
        var points = findings.stream().filter(Finding::holds).count()
                + happened.stream().filter(Happened::right).count();
        for (var question : step.blocks(Block.Question.class)) {
            var reply = reply(question);
            points += reply != null && reply.isRight(question.answer()) ? 1 : 0;
        }
        return (int) points;
    }

    /** True when all that is to be predicted is. */
    public boolean isPredicted(Step step) {
        return step.blocks(Block.Prediction.class).stream().allMatch(asked -> reply(asked) != null);
    }

    /** True when all its questions are answered. */
    public boolean isAnswered(Step step) {
        return step.blocks(Block.Question.class).stream().allMatch(asked -> reply(asked) != null);
    }

    StepState opened() {
        return new StepState(Stage.OPEN, 0, 0, 0, List.of(), List.of(), replies, hints, tries);
    }

    StepState begun(int inPart, long after) {
        return new StepState(Stage.WORKING, inPart, after, after, List.of(), List.of(), replies, hints, tries + 1);
    }

    StepState looked(long to, List<Finding> found) {
        return new StepState(stage, part, before, to, found, happened, replies, hints, tries);
    }

    StepState ended(List<Happened> what) {
        return new StepState(Stage.ENDED, part, before, last, findings, what, replies, hints, tries);
    }

    StepState replied(int line, Reply reply) {
        var more = new TreeMap<>(replies);
        more.put(line, reply);
        return new StepState(stage, part, before, last, findings, happened, more, hints, tries);
    }

    StepState hinted() {
        return new StepState(stage, part, before, last, findings, happened, replies, hints + 1, tries);
    }
}
