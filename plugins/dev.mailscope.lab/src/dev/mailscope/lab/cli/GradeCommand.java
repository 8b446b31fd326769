package dev.mailscope.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.mailscope.lab.grade.Grade;
import dev.mailscope.lab.grade.GradeTable;
import dev.mailscope.lab.grade.Grader;
import dev.mailscope.lab.grade.ResultFile;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.server.file.PrivateFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grade}: what results are worth, by their recordings. */
@Command(name = "grade", mixinStandardHelpOptions = true,
        description = "Checks every result again from its recording, and lists a whole class. Exit code 1 when one of "
                + "them is not what it claims to be.")
final class GradeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RESULT",
            description = "The students' .mailresult files, or folders with them.")
    private List<Path> results;

    @Option(names = "--lab", paramLabel = "LAB", converter = LabFile.class,
            description = "The lab they should be of, as the teacher has it, or the name of one that comes with "
                    + "Mailscope. Without it: the one each result brings.")
    private Path lab;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes the table to a file, too, for a spreadsheet.")
    private Path csv;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try {
            var grader = Grader.byItself();
            if (lab != null) {
                var parsed = LabParser.read(lab);
                if (parsed.lab() == null) {
                    parsed.problems().forEach(problem -> err.println(lab + ": " + problem));
                    return CommandLine.ExitCode.USAGE;
                }
                grader = Grader.by(parsed.lab());
            }
            var grades = new ArrayList<Grade>();
            for (var result : files()) {
                grades.add(grader.grade(result));
            }
            out.print(GradeTable.text(grades));
            out.flush();
            if (csv != null) {
                PrivateFiles.write(csv, GradeTable.csv(grades));
            }
            return grades.stream().allMatch(Grade::isAsClaimed) ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            err.println("mailscope: " + (e.getMessage() == null ? e : e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
    }

    /** Those that are named, and those in the folders that are, by name. */
    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var result : results) {
            if (!Files.isDirectory(result)) {
                files.add(result);
                continue;
            }
            try (var inside = Files.list(result)) {
                var found = inside.filter(file -> file.getFileName().toString().endsWith(ResultFile.ENDING)).sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw new IOException("there is no " + ResultFile.ENDING + " file in the folder " + result);
                }
                files.addAll(found);
            }
        }
        return files;
    }
}
