package dev.mailscope.ui;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Display;

/**
 * Asks the UI thread again and again to do nothing, and measures how long it takes to come to that. When that is too
 * long it looks what the thread is doing. It tells how much processor time the UI thread had meanwhile, and how long it
 * was away itself: on a machine with other work, or while garbage is collected, both are away.
 */
final class Watchdog implements AutoCloseable {
    /** The UI thread may be away for so long, in milliseconds. */
    static final int MOST = 50;

    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int FRAMES = 16;
    private static final String OURS = "dev.mailscope.";

    /** One time that the UI thread was away, in milliseconds, and what it did when that had taken too long. */
    private record Away(double millis, double busy, double self, List<StackTraceElement> doing) {
    }

    private final Display display;
    private final Thread ui;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Away> all = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::watch);
    private volatile long served;
    private volatile boolean closed;

    /** Watches from now on. */
    Watchdog(Display display) {
        this.display = display;
        this.ui = display.getThread();
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    /** Says what was measured. After it was closed. */
    void report(String what, PrintStream out) {
        out.printf("%n%s: asked %,d times%n%n", what, all.size());
        out.println("| | median | 99 % | 99.9 % | worst | above " + MOST + " ms |");
        out.println("|---|---:|---:|---:|---:|---:|");
        row("UI thread away, ms", all.stream().mapToDouble(Away::millis).toArray(), out);
        row("… while the watchdog was not", all.stream().mapToDouble(a -> a.millis() - a.self()).toArray(), out);
        row("… processor time the UI thread had in it", all.stream().mapToDouble(Away::busy).toArray(), out);
        out.println();
        var culprits = new HashMap<String, List<Away>>();
        all.stream().filter(away -> away.millis() > MOST)
                .forEach(away -> culprits.computeIfAbsent(name(away.doing()), n -> new ArrayList<>()).add(away));
        culprits.entrySet().stream().sorted(Map.Entry.comparingByValue((a, b) -> b.size() - a.size()))
                .forEach(entry -> culprit(entry.getKey(), entry.getValue(), out));
    }

    private static void culprit(String name, List<Away> times, PrintStream out) {
        var worst = times.stream().max((a, b) -> Double.compare(a.busy(), b.busy())).orElseThrow();
        out.printf("%d times %s; worst %.0f ms, most processor time %.0f ms:%n", times.size(), name,
                times.stream().mapToDouble(Away::millis).max().orElseThrow(), worst.busy());
        worst.doing().stream().limit(FRAMES).forEach(frame -> out.println("    " + frame));
    }

    private static void row(String name, double[] times, PrintStream out) {
        Arrays.sort(times);
        out.printf("| %s | %.1f | %.1f | %.1f | %.1f | %d |%n", name, at(times, 0.5), at(times, 0.99), at(times, 0.999),
                at(times, 1), Arrays.stream(times).filter(time -> time > MOST).count());
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    // Ours that was at work, and what it had called.
    private static String name(List<StackTraceElement> stack) {
        for (var i = 0; i < stack.size(); i++) {
            if (stack.get(i).getClassName().startsWith(OURS)) {
                return "in " + frame(stack.get(i)) + (i == 0 ? "" : ", which called " + frame(stack.get(i - 1)));
            }
        }
        return stack.stream().limit(1).map(Watchdog::frame).map(frame -> "in " + frame + ", not for us")
                .collect(Collectors.joining());
    }

    private static String frame(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    private void watch() {
        while (!closed && !display.isDisposed()) {
            all.add(ask());
            LockSupport.parkNanos(EVERY);
        }
    }

    private Away ask() {
        served = 0;
        var busy = threads.getThreadCpuTime(ui.threadId());
        var start = System.nanoTime();
        display.asyncExec(() -> served = System.nanoTime());
        List<StackTraceElement> doing = List.of();
        var self = 0L;
        while (served == 0) {
            var before = System.nanoTime();
            LockSupport.parkNanos(LOOK);
            var now = System.nanoTime();
            // What it slept longer than it wanted to.
            self += Math.max(0, Math.min(served == 0 ? now : served, now) - before - 2 * LOOK);
            if (doing.isEmpty() && served == 0 && now - start > TimeUnit.MILLISECONDS.toNanos(MOST)) {
                doing = List.of(ui.getStackTrace());
            }
        }
        return new Away((served - start) / 1e6, (threads.getThreadCpuTime(ui.threadId()) - busy) / 1e6, self / 1e6,
                doing);
    }
}
