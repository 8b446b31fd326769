package dev.mailscope.ui.restart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What the process of a visit says. It is read to its end, so that the process never waits for a reader. */
final class Output {
    private static final Duration REST = Duration.ofSeconds(10);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> verdict = new CompletableFuture<>();
    private final Thread reader;

    Output(Process process) {
        reader = Thread.ofPlatform().daemon().name("output of a visit").start(() -> read(process));
    }

    /** The line that says how the visit went; what happened instead when there is none. */
    String verdict(int seconds) {
        return verdict.completeOnTimeout("silence for " + seconds + " s", seconds, TimeUnit.SECONDS).join();
    }

    /** All lines by now; those to its end, when the process has ended. */
    String text(Process process) {
        if (!process.isAlive()) {
            try {
                reader.join(REST); // a child of its own may still hold the other end
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return String.join("\n", lines);
    }

    private void read(Process process) {
        try (var in = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (line.equals(Visit.DONE) || line.startsWith(Visit.FAILED)) {
                    verdict.complete(line);
                }
            }
        } catch (IOException e) {
            lines.add(e.toString()); // as when the process was killed
        }
        verdict.complete("the end of its output");
    }
}
