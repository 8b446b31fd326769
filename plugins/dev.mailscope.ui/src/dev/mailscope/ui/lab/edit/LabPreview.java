package dev.mailscope.ui.lab.edit;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;

/** A whole lab as one Markdown text: what the student will see, and for the teacher what is right. */
final class LabPreview {
    private LabPreview() {
    }

    /** The lab. */
    static String of(Lab lab) {
        var out = new StringBuilder("# ").append(lab.title()).append("\n\n").append(lab.intro()).append("\n\n");
        for (var step : lab.steps()) {
            out.append("## ").append(step.title()).append("\n\n");
            step.blocks().forEach(block -> out.append(of(block)).append("\n\n"));
        }
        return out.toString();
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Text(var line, var markdown) -> markdown;
            case Block.Check(var line, var says, var condition) -> "- \u25CB " + says;
            case Block.Hint(var line, var markdown) -> "**" + Messages.preview_hint + "** " + markdown;
            case Block.Doing(var line, var commands) -> "*" + Messages.preview_doing + "*";
            case Block.Question(var line, var asks, var answer, var because) -> "**" + Messages.preview_question + "** "
                    + asks + "\n\n" + of(answer) + quoted(because);
            case Block.Prediction(var line, var asks, var outcome, var because) -> "**" + Messages.preview_prediction
                    + "** " + asks + "\n\n" + of(outcome) + quoted(because);
        };
    }

    private static String of(Block.Answer answer) {
        return switch (answer) {
            case Block.Choice(var choices, var right, var several) -> IntStream.range(0, choices.size())
                    .mapToObj(i -> "- " + (right.contains(i) ? "\u2714 " : "\u25CB ") + choices.get(i))
                    .collect(Collectors.joining("\n"));
            case Block.FreeText(var right) -> "= " + String.join(" = ", right);
            case Block.WholeNumber(var right) -> "= " + right;
            case Block.Order(var right) -> IntStream.range(0, right.size()).mapToObj(i -> i + 1 + ". " + right.get(i))
                    .collect(Collectors.joining("\n"));
        };
    }

    private static String of(Block.Outcome outcome) {
        return switch (outcome) {
            case Block.OneOf(var choices, var conditions) -> choices.stream().map(choice -> "- \u25CB " + choice)
                    .collect(Collectors.joining("\n"));
            case Block.Amount(var number) -> "= `" + number.text() + "`";
        };
    }

    private static String quoted(String because) {
        return because.isBlank() ? "" : "\n\n" + because.lines().map(line -> "> " + line)
                .collect(Collectors.joining("\n"));
    }
}
