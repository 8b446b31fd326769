package dev.mailscope.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;

import dev.mailscope.lab.grade.ResultFile;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.play.Player;
import dev.mailscope.lab.play.Solution;
import dev.mailscope.lab.run.LabRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab}: whether a lab can be read, and whether its solution reaches full score. */
@Command(name = "lab", mixinStandardHelpOptions = true,
        description = "Reads a lab and says what is in it; with a solution, plays it. How to write both: docs/labs.md.")
final class LabCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LAB", converter = LabFile.class,
            description = "A lab's file, a folder with a lab.md, or the name of a lab that comes with Mailscope.")
    private Path file;

    @Option(names = "--solution", paramLabel = "FILE", description = "A solution, which must reach full score.")
    private Path solution;

    @Option(names = "--result", paramLabel = "FILE",
            description = "Where the result of the solution is written, to be graded.")
    private Path result;

    @Option(names = "--name", paramLabel = "NAME", description = "Who has done it, in the result.",
            defaultValue = "sample solution")
    private String name;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try {
            var parsed = LabParser.read(file);
            if (parsed.lab() == null) {
                parsed.problems().forEach(problem -> err.println(file + ": " + problem));
                return CommandLine.ExitCode.SOFTWARE;
            }
            var lab = parsed.lab();
            if (solution == null) {
                out.print(summary(lab));
                out.flush();
                return CommandLine.ExitCode.OK;
            }
            var played = play(lab, Solution.read(solution));
            played.problems().forEach(problem -> err.println("mailscope: " + problem));
            out.println(lab.title() + ": " + played.points() + " of " + played.most() + " points");
            return played.isFull() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            err.println("mailscope: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Player.Played play(Lab lab, Solution steps) throws IOException {
        var work = Files.createTempDirectory("mailscope-lab");
        try (var run = LabRun.begin(lab, work)) {
            var played = Player.play(run, steps);
            if (result != null) {
                ResultFile.write(run, name, result);
            }
            return played;
        } finally {
            try (var files = Files.walk(work)) {
                for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String summary(Lab lab) {
        var out = new StringBuilder(lab.title()).append('\n');
        for (var i = 0; i < lab.steps().size(); i++) {
            var step = lab.steps().get(i);
            out.append("  ").append(i + 1).append(". ").append(step.title()).append(": ")
                    .append(step.blocks(Block.Check.class).size()).append(" checks, ")
                    .append(step.blocks(Block.Prediction.class).size()).append(" predictions, ")
                    .append(step.blocks(Block.Question.class).size()).append(" questions, ")
                    .append(step.blocks(Block.Hint.class).size()).append(" hints\n");
        }
        return out.append("  ").append(lab.points()).append(" points\n").toString();
    }
}
