package dev.mailscope.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a recording, or a part of it, in another format. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = "Writes a recording, a part of it or some of its sessions in another format. What each is for: "
                + "docs/exports.md.")
final class ExportRecording implements Callable<Integer> {
    /** The formats by name, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Format.values()).map(Format::id).iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RECORDING", description = "A .mailtrace file that is not being recorded.")
    private Path file;

    @Parameters(index = "1", paramLabel = "FORMAT", completionCandidates = Names.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String format;

    @Option(names = "--session", paramLabel = "N",
            description = "Only this session; may be given several times. 0 is the server itself.")
    private List<Long> sessions = List.of();

    @Option(names = "--from", paramLabel = "A", description = "From this event on. Without it: from the first.")
    private Long from;

    @Option(names = "--to", paramLabel = "B", description = "Up to this event. Without it: up to the last.")
    private Long to;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Where it is written; a file that is there is replaced. Without it: to standard output.")
    private Path output;

    @Override
    public Integer call() {
        var wanted = Format.of(format).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "there is no format "
                + format + "; the formats are " + Arrays.stream(Format.values()).map(Format::id)
                        .collect(Collectors.joining(", "))));
        try (var recording = Recording.open(file)) {
            var selection = selection(recording);
            if (output == null) {
                Export.write(wanted, selection, System.out, Progress.NONE);
                System.out.flush();
            } else {
                Export.write(wanted, selection, output, Progress.NONE);
            }
            var reason = recording.status().reason();
            if (!reason.isEmpty()) {
                spec.commandLine().getErr().println("mailscope: " + file + ": " + reason);
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            spec.commandLine().getErr().println("mailscope: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Selection selection(Recording recording) throws IOException {
        var first = from == null ? recording.first() : from;
        var last = to == null ? recording.last() : to;
        if (first > last || first < recording.first() || last > recording.last()) {
            throw new IOException(file + " has the events " + recording.first() + " to " + recording.last()
                    + ", and not from " + first + " to " + last);
        }
        return Selection.all(recording).range(first, last).ofSessions(sessions.toArray(Long[]::new));
    }
}
