package dev.mailscope.server.cli;

import java.io.PrintWriter;
import java.time.Duration;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Prints a recording's events as they come, a line each, on a thread of its own. */
final class TracePrinter implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int BATCH = 1_000;
    private static final String RESET = "\u001b[0m";

    private final Recording recording;
    private final PrintWriter out;
    private final boolean colour;
    private final Thread thread;
    private long next;

    TracePrinter(Recording recording, PrintWriter out, boolean colour) {
        this.recording = recording;
        this.out = out;
        this.colour = colour;
        this.next = recording.first();
        this.thread = Thread.ofPlatform().name("mailscope-trace").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Prints what is left and ends. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        printNew();
    }

    private void run() {
        try {
            while (true) {
                printNew();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void printNew() {
        while (next <= recording.last()) {
            if (next < recording.first()) {
                out.println("(events " + next + " to " + (recording.first() - 1) + " were dropped before printing)");
                next = recording.first();
            }
            var events = recording.events(next, BATCH);
            if (events.isEmpty()) {
                break;
            }
            for (var event : events) {
                out.println(line(event));
                next = event.number() + 1;
            }
        }
        out.flush();
    }

    private String line(TraceEvent event) {
        var text = EventText.line(event);
        return colour ? colourOf(event.what()) + text + RESET : text;
    }

    private static String colourOf(What what) {
        return switch (what) {
            case What.Received r -> "\u001b[36m";
            case What.Response r -> "\u001b[32m";
            case What.StateChanged s -> "\u001b[33m";
            case What.Told t -> "\u001b[33m";
            case What.Marked m -> "\u001b[33m";
            case What.PhaseChanged p -> "\u001b[35m";
            case What.Rejected r -> "\u001b[31m";
            case What.Held h -> "\u001b[31m";
            case What.Released r -> "\u001b[31m";
            case What.Fault f -> "\u001b[31m";
            case What.Replaced r -> "\u001b[31m";
            case What.Delivery d -> "\u001b[36m";
            case What.Device d -> "\u001b[34m";
            case What.Connected c -> "\u001b[1m";
            case What.TlsStarted t -> "\u001b[1m";
            case What.CompressionStarted c -> "\u001b[1m";
            case What.Closed c -> "\u001b[1m";
            case What.Command c -> "";
            case What.Sent s -> "\u001b[2m";
            case What.ViewOpened v -> "";
            case What.ViewClosed v -> "";
            case What.Remark r -> "\u001b[2m";
        };
    }
}
