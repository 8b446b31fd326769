package dev.mailscope.bench.trace;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.FilterRun;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./mailscope bench trace}: what recording, opening, paging, filtering and going back in time take, with many
 * events and a folder of 10,000 messages, beside what they should take. Run with a heap of 512 MB.
 */
@Command(name = "mailscope bench trace", mixinStandardHelpOptions = true,
        description = "Measures recordings: events a second, opening, a page, filtering, the state at an event.")
public final class Main implements Callable<Integer> {
    private static final int MESSAGES = 10_000;
    private static final int PAGE = 50;
    private static final int EVENTS_OF_A_COMMAND = 4;
    // Every so many commands one changes something.
    private static final int CHANGES = 10;
    private static final String USER = "alice";
    private static final String FILTER = "kind == 'response' && status == 'NO'";
    private static final String[] COMMANDS = { "NOOP", "FETCH", "STORE", "SEARCH", "UID FETCH", "IDLE" };

    @Option(names = "--events", paramLabel = "N", defaultValue = "1000000",
            description = "How many events. Default: ${DEFAULT-VALUE}.")
    private int many;

    @Option(names = "--places", paramLabel = "N", defaultValue = "200",
            description = "At how many events, chosen at random, pages and states are asked for. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int places;

    private final Random random = new Random(1);

    /** Arguments: see {@code --help}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("mailscope-trace");
        var file = folder.resolve("many.mailtrace");
        try {
            System.out.printf("heap %,d MB, %d processors, Java %s, file in %s%n%n",
                    Runtime.getRuntime().maxMemory() >> 20, Runtime.getRuntime().availableProcessors(),
                    Runtime.version(), folder.getParent());
            System.out.println("| what | measured | aim |\n|---|---:|---:|");
            record(file);
            var start = System.nanoTime();
            try (var recording = Recording.open(file)) {
                row("opening " + number(recording.last()) + " events, " + (Files.size(file) >> 20) + " MB",
                        millis(start) + " ms", "1,000 ms");
                pages(recording);
                filter(recording);
                states(recording);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private void record(Path file) throws IOException {
        long start;
        long before;
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            var store = new MailStore(recording, Clock.systemDefaultZone(), recording.live().server());
            var inbox = fill(store);
            before = recording.last();
            start = System.nanoTime();
            for (var i = 0; recording.last() < many; i++) {
                recording.awaitRoom();
                command(recording, store, inbox, i);
            }
        }
        // With its end: closing waits until all is in the file.
        var events = Math.max(1, many - before);
        row("recording, until all is in the file", number(events * 1_000_000_000L / (System.nanoTime() - start))
                + " events/s", "200,000 events/s");
    }

    private static long fill(MailStore store) {
        return store.transact(Cause.SERVER, t -> {
            t.createAccount(USER);
            var inbox = t.folder(USER, Folder.INBOX).id();
            for (var i = 0; i < MESSAGES; i++) {
                t.append(USER, inbox, Flags.NONE, OffsetDateTime.now(store.clock()), Content.of(
                        ("Subject: " + i + "\r\n\r\nMail number " + i + "\r\n").getBytes(StandardCharsets.US_ASCII)));
            }
            return inbox;
        });
    }

    private void command(Recording recording, MailStore store, long inbox, int i) {
        var session = i % 20 + 1;
        var command = COMMANDS[i % COMMANDS.length];
        var folder = i % EVENTS_OF_A_COMMAND == 0 ? "Work/" + i % 10 : "INBOX";
        var received = recording.record(session, "imap", 0, "Selected", folder, "",
                new What.Received(Octets.of("a" + i + " " + command + " 1:* (FLAGS)\r\n")));
        var understood = recording.record(session, "imap", received, "Selected", folder, command,
                new What.Command("a" + i));
        if (i % CHANGES == 0) {
            var uid = 1 + random.nextInt(MESSAGES);
            store.transact(new Cause(session, understood, command), t -> {
                t.setFlags(USER, inbox, uid, i / CHANGES % 2 == 0 ? Flags.SEEN : Flags.FLAGGED);
                return null;
            });
        }
        recording.record(session, "imap", understood, "Selected", folder, command,
                new What.Response(Octets.of("* " + i + " FETCH (UID " + i + " FLAGS (\\Seen))\r\n")));
        recording.record(session, "imap", understood, "Selected", folder, command,
                new What.Response(Octets.of("a" + i + (i % 100 == 0 ? " NO not this one\r\n" : " OK done\r\n"))));
    }

    private void pages(Recording recording) {
        var times = new double[places];
        var busy = new double[places];
        var threads = ManagementFactory.getThreadMXBean();
        for (var i = 0; i < places; i++) {
            var from = somewhere(recording);
            var start = System.nanoTime();
            var busyStart = threads.getCurrentThreadCpuTime();
            var events = recording.events(from, PAGE);
            busy[i] = (threads.getCurrentThreadCpuTime() - busyStart) / 1e6;
            times[i] = (System.nanoTime() - start) / 1e6;
            if (events.isEmpty() || events.getFirst().number() != from) {
                throw new IllegalStateException("no page at event " + from);
            }
        }
        spread("a page of " + PAGE + " events anywhere", times, "10 ms");
        // What other work on the machine, and collecting garbage, do not add to.
        spread("… processor time of it", busy, "10 ms");
    }

    private static void filter(Recording recording) {
        var found = new AtomicLong();
        var start = System.nanoTime();
        new FilterRun(Filter.ALL.withText(FILTER), recording, () -> false).run(1, recording.last(),
                (to, passed, withdrawn) -> found.addAndGet(passed.size()));
        row("filtering all by " + FILTER + ": " + number(found.get()) + " fit", millis(start) + " ms", "1,000 ms");
    }

    private void states(Recording recording) {
        var times = new double[places];
        var busy = new double[places];
        var threads = ManagementFactory.getThreadMXBean();
        for (var i = 0; i < places; i++) {
            var at = somewhere(recording);
            var start = System.nanoTime();
            var busyStart = threads.getCurrentThreadCpuTime();
            var moment = recording.at(at);
            busy[i] = (threads.getCurrentThreadCpuTime() - busyStart) / 1e6;
            times[i] = (System.nanoTime() - start) / 1e6;
            var held = moment.server().accounts().get(USER).folders().values().stream()
                    .mapToInt(each -> each.messages().size()).sum();
            if (moment.number() != at || held != MESSAGES) {
                throw new IllegalStateException("not the state at event " + at);
            }
        }
        spread("the state at an event anywhere", times, "50 ms");
        spread("… processor time of it", busy, "50 ms");
    }

    private long somewhere(Recording recording) {
        return 2 + random.nextLong(recording.last() - PAGE - 1_000) + 900;
    }

    private static void spread(String what, double[] times, String aim) {
        var first = times[0];
        Arrays.sort(times);
        row(what, String.format(Locale.ROOT, "median %.1f ms, 95 %% %.1f ms, worst %.1f ms, first %.1f ms",
                times[times.length / 2], times[(int) (times.length * 0.95)], times[times.length - 1], first), aim);
    }

    private static void row(String what, String measured, String aim) {
        System.out.println("| " + what + " | " + measured + " | " + aim + " |");
    }

    private static String millis(long start) {
        return number((System.nanoTime() - start) / 1_000_000);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
