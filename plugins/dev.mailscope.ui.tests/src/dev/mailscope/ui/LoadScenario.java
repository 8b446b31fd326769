package dev.mailscope.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.diagram.ConversationView;
import dev.mailscope.ui.diagram.SequenceView;
import dev.mailscope.ui.trace.TraceView;

/**
 * {@code ./mailscope bench ui}: lets 50,000 events a second arrive in the workbench, and measures how long its UI
 * thread is away. Checks nothing. Runs only when the system property {@code mailscope.load} names the file for what is
 * measured; {@code mailscope.load.seconds} says how long each of its parts takes, 30 unless given.
 */
class LoadScenario {
    private static final String FILE = System.getProperty("mailscope.load", "");
    private static final int RATE = 50_000;
    private static final int SESSIONS = 20;
    private static final long FIRST_SESSION = 1_000_000;
    private static final String[] COMMANDS = { "NOOP", "FETCH", "STORE", "SEARCH", "UID FETCH", "IDLE" };
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(2);
    // Messages are put in, and marked, so many times a second.
    private static final int CHANGES = 20;

    private final int seconds = Integer.getInteger("mailscope.load.seconds", 30);

    @BeforeEach
    void open() {
        assumeTrue(!FILE.isEmpty(), "no file for what is measured is given");
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective();
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
    }

    @Test
    void manyEvents() throws Exception {
        try (var out = new PrintStream(Files.newOutputStream(Path.of(FILE)), true, StandardCharsets.UTF_8)) {
            out.printf("heap %,d MB, %d processors, Java %s%n", Runtime.getRuntime().maxMemory() >> 20,
                    Runtime.getRuntime().availableProcessors(), Runtime.version());
            measure("trace, Mail Server and the conversation of a session", ConversationView.ID, out);
            measure("trace, Mail Server and the sequence chart of all sessions", SequenceView.ID, out);
        }
    }

    private void measure(String what, String view, PrintStream out) throws Exception {
        Robot.view(view, IViewPart.class);
        var load = new Load(Mailscope.get().server().recording());
        // What is done for the first time is not measured.
        load.run(seconds / 4.0);
        var collected = collected();
        var watchdog = new Watchdog(Robot.display());
        double rate;
        try (watchdog) {
            rate = load.run(seconds);
        }
        watchdog.report(what, out);
        out.printf("%,.0f events/s for %d s; %d ms of collecting garbage%n", rate, seconds, collected() - collected);
        load.end();
        Robot.ui(() -> Robot.page().hideView(Robot.page().findView(view)));
    }

    private static long collected() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    }

    /** Sessions that talk, as fast as is wanted; mail comes and is marked over the server's own ways. */
    private static final class Load {
        private final Recording recording;
        private long commands;
        private int changes;

        Load(Recording recording) {
            this.recording = recording;
            for (var session = FIRST_SESSION; session < FIRST_SESSION + SESSIONS; session++) {
                record(session, 0, "Not Authenticated", "", "",
                        new What.Connected("127.0.0.1:" + session, "127.0.0.1:1143"));
                record(session, 0, "Selected", "", "", new What.PhaseChanged("Authenticated", "Selected"));
                record(session, 0, "Selected", "INBOX", "SELECT",
                        new What.ViewOpened("alice", inbox(), "INBOX", false));
            }
        }

        /** So many seconds of it; gives the events of a second. */
        double run(double howLong) throws IOException {
            var start = System.nanoTime();
            var before = recording.last();
            for (var now = start; now < start + howLong * 1e9; now = System.nanoTime()) {
                var due = (now - start) / 1e9;
                for (; recording.last() - before < due * RATE; commands++) {
                    command();
                }
                for (; changes < due * CHANGES; changes++) {
                    Mailscope.get().server().deliver("alice", "INBOX", ("Subject: " + changes + "\r\n\r\nHello\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                }
                LockSupport.parkNanos(SLICE);
            }
            changes = 0;
            return (recording.last() - before) / ((System.nanoTime() - start) / 1e9);
        }

        void end() {
            for (var session = FIRST_SESSION; session < FIRST_SESSION + SESSIONS; session++) {
                record(session, 0, "Selected", "INBOX", "", new What.Closed("closed by the client"));
            }
        }

        private void command() {
            recording.awaitRoom();
            var session = FIRST_SESSION + commands % SESSIONS;
            var command = COMMANDS[(int) (commands % COMMANDS.length)];
            var received = record(session, 0, "Selected", "INBOX", "",
                    new What.Received(Octets.of("a" + commands + " " + command + " 1:* (FLAGS)\r\n")));
            var understood = record(session, received, "Selected", "INBOX", command, new What.Command("a" + commands));
            var first = record(session, understood, "Selected", "INBOX", command,
                    new What.Response(Octets.of("* " + commands + " FETCH (UID " + commands + " FLAGS (\\Seen))\r\n")));
            var last = record(session, understood, "Selected", "INBOX", command,
                    new What.Response(Octets.of("a" + commands + " OK done\r\n")));
            record(session, understood, "Selected", "INBOX", command, new What.Sent(60, first, last));
        }

        private long inbox() {
            return recording.live().server().account("alice").orElseThrow().inbox().id();
        }

        private long record(long session, long cause, String phase, String folder, String command, What what) {
            return recording.record(session, "imap", cause, phase, folder, command, what);
        }
    }
}
