package dev.mailscope.bench.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.FilterRun;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;

/**
 * Filters a recording of 1,000,000 events, or as many as are asked for, by some expressions, and says how long each
 * took and when its first event was there. Run with a heap of 512 MB.
 */
public final class Main {
    private static final String[] COMMANDS = { "NOOP", "FETCH", "STORE", "SEARCH", "UID FETCH", "IDLE" };
    private static final String[] FILTERS = { "command == 'STORE' && folder =^ 'Work'",
            "kind == 'response' && status == 'NO'", "session == 7", "needle", "text =~ 'FETCH.*12345'", "size > 40",
            "count(kind == 'command') % 1000 == 1" };

    private Main() {
    }

    /** The argument: how many events. */
    public static void main(String[] arguments) throws IOException {
        var many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var file = Files.createTempDirectory("filter").resolve("many.mailtrace");
        try {
            record(file, many);
            try (var recording = Recording.open(file)) {
                System.out.printf("%,d events, %,d octets%n", recording.last(), Files.size(file));
                for (var round = 1; round <= 3; round++) {
                    for (var text : FILTERS) {
                        filter(recording, text, round);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    private static void record(Path file, int many) throws IOException {
        var start = System.nanoTime();
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            for (var i = 0; i < many / 4; i++) {
                var session = i % 20 + 1;
                var command = COMMANDS[i % COMMANDS.length];
                var folder = i % 4 == 0 ? "Work/" + i % 10 : "INBOX";
                recording.awaitRoom();
                var received = recording.record(session, "imap", 0, "Selected", folder, "", new What.Received(
                        Octets.of("a" + i + " " + command + " 1:* (FLAGS)\r\n")));
                var understood = recording.record(session, "imap", received, "Selected", folder, command,
                        new What.Command("a" + i));
                var response = recording.record(session, "imap", understood, "Selected", folder, command,
                        new What.Response(Octets.of("* " + i + " FETCH (UID " + i + " FLAGS (\\Seen))\r\n")));
                recording.record(session, "imap", understood, "Selected", folder, command, new What.Response(
                        Octets.of("a" + i + (i % 100 == 0 ? " NO not this needle\r\n" : " OK done\r\n"))));
            }
        }
        System.out.printf("recorded in %,d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    private static void filter(Recording recording, String text, int round) {
        var found = new AtomicLong();
        var firstAt = new AtomicLong();
        var start = System.nanoTime();
        var run = new FilterRun(Filter.ALL.withText(text), recording, () -> false);
        run.run(1, recording.last(), (to, passed, withdrawn) -> {
            if (!passed.isEmpty()) {
                firstAt.compareAndSet(0, System.nanoTime() - start);
            }
            found.addAndGet(passed.size());
        });
        System.out.printf("round %d: %,5d ms, first after %,3d ms, %,7d fit: %s%n", round,
                (System.nanoTime() - start) / 1_000_000, firstAt.get() / 1_000_000, found.get(), text);
    }
}
