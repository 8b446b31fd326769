package dev.mailscope.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.mailscope.server.imports.Import;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: a recording from a capture or a transcript. */
@Command(name = "import", mixinStandardHelpOptions = true,
        description = "Makes a recording of a capture (pcap or pcapng) of POP3 and IMAP without TLS, or of a"
                + " transcript, which is run on a server of its own. Where that differs from what the transcript"
                + " expects is listed: exit code 1, and the recording is made all the same. More: docs/imports.md.")
final class ImportRecording implements Callable<Integer> {
    private static final String ENDING = ".mailtrace";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE",
            description = "The capture or transcript; which one, its content tells.")
    private Path file;

    @Option(names = {"-o", "--output"}, paramLabel = "OUT.mailtrace",
            description = "The recording; the file must not exist. Without it: beside the other, with its name.")
    private Path output;

    @Override
    public Integer call() {
        var made = output == null ? beside(file) : output;
        try {
            var outcome = Import.make(file, made, Progress.NONE);
            try (var recording = Recording.open(made)) {
                var sessions = 0;
                for (var number = recording.first(); number <= recording.last(); number++) {
                    var event = recording.event(number);
                    sessions += event != null && event.what() instanceof What.Connected ? 1 : 0;
                }
                say(made + ": " + recording.last() + " events of " + sessions
                        + (sessions == 1 ? " session" : " sessions"));
            }
            if (!outcome.isAsExpected()) {
                outcome.first().forEach(difference -> say(file + ", " + difference));
                say(outcome.summary());
                return CommandLine.ExitCode.SOFTWARE;
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            spec.commandLine().getErr().println("mailscope: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    private static Path beside(Path file) {
        var name = file.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ENDING);
    }
}
