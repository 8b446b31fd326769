package dev.mailscope.bench.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The server in its process, which can be killed and comes again on the same ports. */
final class Server implements AutoCloseable {
    static final String PASSWORD = "soaked";

    private final int users;
    private final String store;
    private Process process;
    private int[] ports = {0, 0, 0};

    /**
     * Starts it with so many accounts.
     *
     * @param store the folder that keeps the mail, null for none
     */
    Server(int users, String store) throws IOException {
        this.users = users;
        this.store = store;
        start();
    }

    static String user(int number) {
        return "user" + number;
    }

    int imap() {
        return ports[0];
    }

    int pop3() {
        return ports[1];
    }

    int smtp() {
        return ports[2];
    }

    /** Ends it as a power cut would, and starts it again. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        start();
    }

    private void start() throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                "dev.mailscope.server.cli.Main", "serve", "--quiet", "--imap", String.valueOf(ports[0]), "--pop3",
                String.valueOf(ports[1]), "--smtp", String.valueOf(ports[2])));
        IntStream.range(0, users).forEach(i -> command.addAll(List.of("--account", user(i) + ":" + PASSWORD)));
        if (store != null) {
            command.addAll(List.of("--store", store));
        }
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("listening ")) {
                ports = Stream.of("imap", "pop3", "smtp").mapToInt(port(line)).toArray();
                return;
            }
        }
        throw new IOException("the server has not started");
    }

    private static ToIntFunction<String> port(String line) {
        return protocol -> {
            var rest = line.substring(line.indexOf(" " + protocol + "=") + protocol.length() + 2);
            return Integer.parseInt(rest.substring(rest.indexOf(':') + 1).split(" ")[0]);
        };
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
