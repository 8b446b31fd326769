package dev.mailscope.lab.pack;

import java.nio.file.Path;
import java.util.List;

/**
 * A lab: what a teacher has written, ready to be worked through.
 *
 * @param title  its first heading
 * @param intro  the text before the first step, as Markdown
 * @param setup  what is there before the first step
 * @param steps  the steps in order
 * @param source its text, whole
 * @param folder where the files it names are; null when it can name none
 */
public record Lab(String title, String intro, List<SetupCommand> setup, List<Step> steps, String source, Path folder) {
    /** Keeps its own copies. */
    public Lab {
        setup = List.copyOf(setup);
        steps = List.copyOf(steps);
    }

    /** How many points can be had: one for each check, question and prediction. */
    public int points() {
        return steps.stream().mapToInt(Step::points).sum();
    }
}
