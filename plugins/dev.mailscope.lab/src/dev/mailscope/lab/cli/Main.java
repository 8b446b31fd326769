package dev.mailscope.lab.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code lab}, {@code grade} and {@code serve}. Exit codes: 0 done and all right, 1 something is not, 2 wrong usage.
 */
@Command(name = "mailscope", description = "Checks, plays and grades labs, and serves the mail of one.",
        subcommands = {LabCommand.class, GradeCommand.class, ServeCommand.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private Main() {
    }

    /** Runs the command named by the arguments and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main()).setOut(out).setErr(err)
                .setParameterExceptionHandler((e, arguments) -> {
                    err.println("mailscope: " + e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
