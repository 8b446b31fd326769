package dev.mailscope.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import dev.mailscope.server.AccountMail;
import dev.mailscope.server.Endpoint;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.classroom.ClassList;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.server.classroom.ReadablePasswords;
import dev.mailscope.server.trace.RecordingLimits;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: the servers in a terminal, with their trace on standard output, until SIGINT or SIGTERM. */
@Command(name = "serve", description = "Runs the POP3 and IMAP server in the terminal and prints its trace.",
        mixinStandardHelpOptions = true)
public class Serve implements Callable<Integer> {
    /** Set to {@code true} where standard output is a terminal; Java 21 itself cannot tell. */
    private static final String TERMINAL = "mailscope.terminal";

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "ADDRESS",
            description = "The address to listen on (${DEFAULT-VALUE}). Other machines can connect to any but a loopback "
                    + "address; the sample account's password is known to everybody, so that needs --account.")
    private String host = ServerConfig.sample().host();

    @Option(names = "--imap", paramLabel = "PORT", description = "IMAP port, 0 for any free one (${DEFAULT-VALUE}).")
    private int imap = ServerConfig.DEFAULT_IMAP_PORT;

    @Option(names = "--pop3", paramLabel = "PORT", description = "POP3 port, 0 for any free one (${DEFAULT-VALUE}).")
    private int pop3 = ServerConfig.DEFAULT_POP3_PORT;

    @Option(names = "--smtp", paramLabel = "PORT",
            description = "Lets mail arrive by SMTP on this port, 0 for any free one. Without it: no SMTP.")
    private Integer smtp;

    @Mixin
    private AccountOptions accounts;

    @Mixin
    private TlsOptions tls;

    @Option(names = "--mail", paramLabel = "DIR",
            description = "Every account starts with the .eml files of this folder; subfolders become folders.")
    private Path mail;

    @Option(names = "--store", paramLabel = "DIR",
            description = "Keeps accounts and mail in this folder, over crashes and restarts; it is made when it is "
                    + "missing. Without it they are in memory.")
    private Path store;

    @Option(names = "--trace", paramLabel = "FILE", description = "Records the trace to this .mailtrace file.")
    private Path trace;

    @Option(names = "--no-trace",
            description = "Keeps no event, in memory or in a file, and prints none: for measuring what the trace costs.")
    private boolean noTrace;

    @Option(names = "--limit", paramLabel = "NAME=VALUE",
            description = "What a client may use up: imapLine, pop3Line, message (octets, 52428800 unless said "
                    + "otherwise: IMAP's APPENDLIMIT, SMTP's SIZE), connections, "
                    + "idleBeforeLogin, idle, write (seconds), mistakes, recipients (of a mail by SMTP), loginDelay (seconds "
                    + "between POP3 logins), expire (days POP3 keeps mail), notifications (folders one NOTIFY watches), "
                    + "results (messages one IMAP command finds or changes), "
                    + "annotations (of a folder or the server), annotation (octets), failedLogin (seconds its answer "
                    + "waits at most), arrivals (new connections of one address within a minute), accountSessions (of "
                    + "one account at once), spool (octets: a larger message comes into a file of the store instead of "
                    + "memory). May be given several times.")
    private Map<String, Integer> limits = Map.of();

    @Option(names = "--literal-minus",
            description = "Offers LITERAL- instead of LITERAL+ (RFC 7888): no large literal without waiting.")
    private boolean literalMinus;

    @Option(names = "--utf8-accept",
            description = "Offers UTF8=ACCEPT (RFC 6855). A client that does not enable it then cannot append a message "
                    + "with octets beyond US-ASCII in its header, and is shown such a one as a surrogate.")
    private boolean utf8Accept;

    @Option(names = "--progress", paramLabel = "SECONDS", defaultValue = "12",
            description = "How often an IMAP client is told how far a SEARCH, SORT or THREAD has come that takes long "
                    + "(RFC 9585), in seconds. Default: ${DEFAULT-VALUE}.")
    private int progress;
    @Option(names = "--no-acl",
            description = "Offers no ACL (RFC 4314): no folder can be shared with other users.")
    private boolean noAcl;

    @Option(names = "--classroom", paramLabel = "LIST",
            description = "An account for each student of this file, one a line, with a password after a comma where "
                    + "there is one; TLS is required, folders cannot be shared, and each student has limits. Needs "
                    + "--hand-out, and takes neither --account nor --store.")
    private Path classroom;

    @Option(names = "--hand-out", paramLabel = "FILE",
            description = "Where --classroom writes user names, passwords, ports and the certificate's fingerprint: a "
                    + ".csv, a .html page to print, or plain text. Only its owner can read it.")
    private Path handOut;

    @Option(names = "--quiet", description = "Does not print the trace.")
    private boolean quiet;

    private Classroom opened;

    @Override
    public Integer call() throws InterruptedException {
        var config = config();
        try {
            serve(config);
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            say(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    /**
     * What the user wants accounts to begin with; empty when nothing is said of it. IOException or
     * IllegalArgumentException says what is wrong.
     */
    protected Optional<AccountMail> accountMail() throws IOException {
        return Optional.ofNullable(mail).map(AccountMail.Files::new);
    }

    /** Tells the user something that is no failure. */
    protected final void say(String text) {
        spec.commandLine().getErr().println("mailscope: " + text);
    }

    private ServerConfig config() {
        try {
            var begun = accountMail();
            var config = accounts.in(ServerConfig.sample().withHost(host).withPorts(imap, pop3).withRecording(trace)
                    .withTls(tls.config()).withLiteralMinus(literalMinus).withUtf8(utf8Accept)
                    .withAcl(!noAcl).withProgress(Duration.ofSeconds(progress)).withStore(store));
            if (noTrace && trace != null) {
                throw new IllegalArgumentException("--trace and --no-trace exclude each other");
            }
            if (noTrace) {
                config = config.withRecordingLimits(RecordingLimits.NOTHING);
            }
            if (smtp != null) {
                config = config.withSmtpPort(smtp);
            }
            for (var limit : limits.entrySet()) {
                config = config.withLimits(config.limits().with(limit.getKey(), limit.getValue()));
            }
            if (classroom != null || handOut != null) {
                opened = classroom(begun.orElse(AccountMail.SAMPLE));
                return opened.in(config);
            }
            return begun.isEmpty() ? config : config.withMail(begun.get());
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Classroom classroom(AccountMail begun) throws IOException {
        if (classroom == null || handOut == null) {
            throw new IllegalArgumentException("--classroom and --hand-out need each other");
        }
        if (accounts.isGiven() || store != null || smtp != null) {
            throw new IllegalArgumentException("--classroom excludes --account, --store and --smtp");
        }
        var list = ClassList.parse(ClassList.read(classroom), new ReadablePasswords()::next);
        if (!list.problems().isEmpty() || list.students().isEmpty()) {
            throw new IllegalArgumentException(classroom + ": " + (list.problems().isEmpty() ? "it names no student"
                    : list.problems().stream().map(ClassList.Problem::toString).collect(Collectors.joining("; "))));
        }
        return new Classroom(host, list.students(), begun,
                limits.getOrDefault("arrivals", Classroom.ARRIVALS),
                limits.getOrDefault("accountSessions", Classroom.ACCOUNT_SESSIONS));
    }

    private void serve(ServerConfig config) throws IOException, InterruptedException {
        var server = MailServer.open(config);
        server.notes().forEach(this::say);
        try {
            server.start();
            if (opened != null) {
                opened.handOut(server).write(handOut);
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var out = spec.commandLine().getOut();
        var printer = quiet || noTrace ? null : new TracePrinter(server.trace(), out, onTerminal());
        // Before anybody can know that we listen: whoever does may end us at once.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, printer), "mailscope-shutdown"));
        out.println("listening " + server.endpoints().stream().map(Endpoint::toString)
                .collect(Collectors.joining(" ")));
        if (server.isExposed()) {
            out.println("warning: other machines can connect");
        }
        if (opened != null) {
            out.println("accounts for " + opened.students().size() + " students; " + handOut + " is to be handed out");
        }
        out.flush();
        if (printer != null) {
            printer.start();
        }
        new CountDownLatch(1).await();
    }

    /** Only whoever started us can tell for sure: from JDK 22 on there is a console without a terminal too. */
    private static boolean onTerminal() {
        return Boolean.parseBoolean(System.getProperty("mailscope.terminal",
                String.valueOf(System.console() != null)));
    }

    private static void end(MailServer server, TracePrinter printer) {
        server.close();
        if (printer != null) {
            printer.close();
        }
        // A JVM ended by a signal reports the signal; being told to stop is no failure.
        Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }
}
