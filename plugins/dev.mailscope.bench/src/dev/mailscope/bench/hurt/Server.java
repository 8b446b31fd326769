package dev.mailscope.bench.hurt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Victim} in its process, seen from outside. */
final class Server implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final List<String> ports;
    // Where the store is, and the recording; null for neither.
    private final Path folder;

    /**
     * Starts one with so little memory, set up for that attack: with so many messages, or with a store and a recording
     * when it needs these.
     */
    Server(String memory, Attack attack, int messages) throws IOException {
        folder = attack.needsStore() ? Files.createTempDirectory("mailscope-hurt") : null;
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + memory,
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), Victim.class.getName(),
                String.valueOf(folder == null ? messages : 0), String.valueOf(attack.connections()),
                folder == null ? "" : folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        ports = List.of(answer().split(" "));
    }

    int imap() {
        return Integer.parseInt(ports.get(0));
    }

    int pop3() {
        return Integer.parseInt(ports.get(1));
    }

    int smtp() {
        return Integer.parseInt(ports.get(2));
    }

    /** The heap in use after a collection, in MiB. */
    int heap() throws IOException {
        process.getOutputStream().write("heap\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return Integer.parseInt(answer());
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has died");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (folder != null) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
