package dev.mailscope.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that need no workbench. Exit codes: 0 done and all right, 2 wrong usage or set-up, 1 anything else. */
@Command(name = "mailscope", description = "Explores mail protocols: a POP3 and IMAP server with a live trace.",
        subcommands = {Serve.class, ExportRecording.class, ImportRecording.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private Main() {
    }

    /** Runs the command named by the arguments and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("mailscope: " + e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
