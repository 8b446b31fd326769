package dev.mailscope.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./mailscope bench load}: the same client does the same work on each server, in turn, and a table says how
 * often a second. See {@code docs/performance.md}.
 */
@Command(name = "mailscope bench load", mixinStandardHelpOptions = true,
        description = "Measures Mailscope beside Dovecot, GreenMail and a bare line server.")
public final class Main implements Callable<Integer> {
    private static final long QUICK_MILLIS = 150;
    private static final int WARM_CLIENTS = 8;
    // Until the JVM has compiled what a kind of work needs; with less, a server with more code looks slower than it is.
    private static final long WARM_MILLIS = 1_000;
    private static final int MOST_WARM = 15;
    // So many rounds are compared with as many before them, and have to be quicker by that.
    private static final int ALIKE = 2;
    private static final double QUICKER = 1.02;

    @Option(names = "--quick", description = "About a minute: one short round for each number.")
    private boolean quick;

    @Option(names = "--row", paramLabel = "ROW", description = "Only this work; may be given several times:"
            + " ${COMPLETION-CANDIDATES}.")
    private List<Row> rows = List.of(Row.values());

    @Option(names = "--server", paramLabel = "SERVER", description = "Only this server; may be given several times:"
            + " QUIET and RECORDING (Mailscope without and with its trace), DOVECOT, GREENMAIL, BARE.")
    private List<Kind> kinds = List.of(Kind.values());

    @Option(names = "--clients", paramLabel = "N", split = ",", description = "How many at once (1,8,32).")
    private List<Integer> clients = List.of(1, 8, 32);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each (3; quick: 1).")
    private Integer rounds;

    @Option(names = "--millis", paramLabel = "N",
            description = "How long a round takes, in milliseconds (800; quick: 150).")
    private Integer millis;

    @Option(names = "--idle", paramLabel = "N", defaultValue = "2000",
            description = "How many idle connections share what they cost in memory; 0: not measured. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int idle;

    @Option(names = "--dovecot-format", paramLabel = "FORMAT", defaultValue = "sdbox",
            description = "How Dovecot keeps its mail: sdbox, mdbox or maildir. Default: ${DEFAULT-VALUE}.")
    private String format;

    private final Map<Kind, Server> servers = new ConcurrentHashMap<>();
    private Path scratch;
    private Starter starter;
    private Path answers;
    private final List<String> failures = new ArrayList<>();

    /** Arguments: see {@code --help}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        scratch = Starter.scratch();
        answers = scratch.resolve("answers");
        // Whoever ends us ends the servers too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll));
        try {
            starter = new Starter(scratch, format, answers);
            System.out.println(machine());
            startAll();
            var table = measure();
            System.out.println("\n" + table);
            closeServers();
            if (idle > 0) {
                measureMemory();
            }
            failures.forEach(System.out::println);
            System.out.println("load at the end: " + load());
            return CommandLine.ExitCode.OK;
        } finally {
            closeAll();
        }
    }

    private void startAll() throws IOException {
        if (clients.stream().anyMatch(count -> count < 1 || count > Server.USERS)) {
            throw new IOException("at least 1 and at most " + Server.USERS + " clients at once");
        }
        for (var kind : kinds) {
            var begun = System.nanoTime();
            var server = start(kind);
            System.out.printf("- %s: %s (filled in %,d ms)%n", kind, server.settings(), millisSince(begun));
            server.stop();
        }
    }

    private Server start(Kind kind) throws IOException {
        if (kind == Kind.BARE && !Files.exists(answers)) {
            // Mailscope itself is not measured.
            try (var teacher = starter.start(Kind.QUIET)) {
                Filling.fill(teacher, 1);
                Filling.learn(teacher, answers);
            }
        }
        var server = starter.start(kind);
        servers.put(kind, server);
        if (kind != Kind.BARE) {
            Filling.fill(server, most());
            if (kinds.contains(Kind.BARE) && !Files.exists(answers) && kind != Kind.DOVECOT && kind != Kind.GREENMAIL) {
                Filling.learn(server, answers);
            }
        }
        return server;
    }

    private int most() {
        return clients.stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    private Table measure() {
        var table = new Table(kinds);
        var most = most();
        for (var row : rows) {
            var known = new LinkedHashMap<Integer, Table.Cells>();
            clients.forEach(count -> known.put(count, new Table.Cells()));
            var few = Math.min(WARM_CLIENTS, most);
            var warm = new Table.Cells();
            for (var kind : kinds) {
                if (measures(row, kind)) {
                    warm(row, kind, few, warm);
                }
                if (warm.hasFailed(kind)) {
                    known.forEach((count, cells) -> {
                        if (count >= few) {
                            cells.fail(kind);
                        }
                    });
                }
            }
            for (var round = 0; round < rounds(); round++) {
                for (var count : clients) {
                    for (var i = 0; i < kinds.size(); i++) {
                        var kind = kinds.get((i + round) % kinds.size());
                        if (measures(row, kind)) {
                            once(row, kind, count, millis(), known.get(count));
                        }
                    }
                }
            }
            known.forEach((count, cells) -> System.err.println(table.add(row, count, cells)));
        }
        return table;
    }

    /** Works unmeasured, until that gets no quicker any more: caches are filled then, and code is compiled. */
    private void warm(Row row, Kind kind, int count, Table.Cells cells) {
        var rates = new ArrayList<Double>();
        do {
            rates.add(once(row, kind, count, quick ? millis() : WARM_MILLIS, cells));
        } while (!quick && !cells.hasFailed(kind) && rates.size() < MOST_WARM && (rates.size() < 2 * ALIKE
                || !row.isTime() && mean(rates, ALIKE, 0) > QUICKER * mean(rates, 2 * ALIKE, ALIKE)));
    }

    /** The mean of the values from so many before the end to so many before it. */
    private static double mean(List<Double> of, int from, int to) {
        return of.subList(of.size() - from, of.size() - to).stream().mapToDouble(Double::doubleValue).sum()
                / (from - to);
    }

    /** The result of one round, 0 when the server has failed. */
    private double once(Row row, Kind kind, int count, long lasts, Table.Cells cells) {
        if (cells.hasFailed(kind)) {
            return 0;
        }
        try {
            var server = servers.get(kind);
            server.goOn();
            var result = Round.run(row, server, count, TimeUnit.MILLISECONDS.toNanos(lasts));
            cells.add(kind, result);
            server.stop();
            return result;
        } catch (IOException e) {
            cells.fail(kind);
            failures.add("- " + row + ", " + count + " clients, " + kind + ": " + e.getMessage());
            renew(kind);
            return 0;
        }
    }

    /** A server that was given up may still be at work, which would spoil what is measured next. */
    private void renew(Kind kind) {
        try {
            servers.get(kind).close();
            start(kind).stop();
        } catch (IOException e) {
            throw new UncheckedIOException(kind + " could not be started again", e);
        }
    }

    /** The bare server has nothing to tell to a client that idles. */
    private static boolean measures(Row row, Kind kind) {
        return kind != Kind.BARE || !row.isTime();
    }

    private void measureMemory() throws IOException {
        System.out.printf("memory for each of %,d connections in IDLE (PSS of all the server's processes):%n", idle);
        for (var kind : kinds) {
            if (kind == Kind.BARE) {
                continue; // its IDLE is none
            }
            try (var server = starter.start(kind)) {
                System.out.printf("- %s: %s KB%n", kind, Table.number(IdleMemory.of(server, idle) / 1_024));
            } catch (IOException e) {
                failures.add("- memory, " + kind + ": " + e.getMessage());
            }
        }
    }

    private void closeAll() {
        closeServers();
        try {
            Starter.delete(scratch);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("mailscope: " + scratch + " could not be deleted: " + e.getMessage());
        }
    }

    private void closeServers() {
        for (var kind : Kind.values()) {
            var server = servers.remove(kind);
            if (server != null) {
                try {
                    server.close();
                } catch (IOException e) {
                    System.err.println("mailscope: " + kind + " could not be ended: " + e.getMessage());
                }
            }
        }
    }

    private int rounds() {
        return rounds != null ? rounds : quick ? 1 : 3;
    }

    private long millis() {
        return millis != null ? millis : quick ? QUICK_MILLIS : 800;
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", load at the beginning: "
                + load() + "; " + rounds() + " rounds of " + millis() + " ms; what is written goes to "
                + Starter.medium() + ", and no server syncs";
    }

    /** The load averages, which say how much others were doing. */
    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip().replaceAll("( \\S+){2}$", "");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
