package dev.mailscope.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server that is measured: processes of its own, listening on loopback ports, gone with its mail when closed. */
final class Server implements AutoCloseable {
    /** How many accounts there are for one client each; they are called user0, user1, ... */
    static final int USERS = 32;
    /** The account whose folders all clients read. */
    static final String SHARED = "bench";
    /** The password of every account. */
    static final String PASSWORD = "secret";

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Kind kind;
    private final String settings;
    private final Path home;
    private final Process process;
    private final int imap;
    private final int pop3;

    Server(Kind kind, String settings, Path home, Process process, int imap, int pop3) {
        this.kind = kind;
        this.settings = settings;
        this.home = home;
        this.process = process;
        this.imap = imap;
        this.pop3 = pop3;
    }

    /** All accounts. */
    static List<String> users() {
        var users = new ArrayList<String>();
        users.add(SHARED);
        for (var i = 0; i < USERS; i++) {
            users.add("user" + i);
        }
        return users;
    }

    Kind kind() {
        return kind;
    }

    /** How it was set up, in words. */
    String settings() {
        return settings;
    }

    int imap() {
        return imap;
    }

    int pop3() {
        return pop3;
    }

    /**
     * The memory of its processes in octets, each page shared among several counted in parts (PSS).
     * UncheckedIOException where the system does not tell.
     */
    long memory() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).mapToLong(Server::memory).sum();
    }

    private static long memory(ProcessHandle process) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return 0;
        } catch (IOException e) {
            if (!process.isAlive()) {
                return 0;
            }
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process whose output goes to {@code log} in that folder. */
    static Process start(Path home, List<String> command) throws IOException {
        return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile()).start();
    }

    /** Starts a process that says on its first line of output where it listens, and returns that line. */
    static Process start(Path home, List<String> command, StringBuilder line) throws IOException {
        var process = new ProcessBuilder(command).directory(home.toFile())
                .redirectError(home.resolve("log").toFile()).start();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream()));
        var first = reader.readLine();
        if (first == null) {
            throw new IOException(command.getFirst() + " did not start: " + Files.readString(home.resolve("log")));
        }
        line.append(first);
        return process;
    }

    /** Waits until it listens. IOException with its output when it ends or takes too long. */
    static void await(Path home, Process process, int... ports) throws IOException {
        var deadline = System.nanoTime() + START_NANOS;
        for (var port : ports) {
            while (!listens(port)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IOException("the server did not start: " + Files.readString(home.resolve("log")));
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean listens(int port) {
        try (var client = new LineClient(port)) {
            client.readLine();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port of the loopback address that is free now. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Lets all its processes stand still, so that it costs nothing while another one is measured. */
    void stop() throws IOException {
        signal("STOP");
    }

    /** Lets its processes go on. */
    void goOn() throws IOException {
        signal("CONT");
    }

    // The first process stands still before the others are counted: it starts no more of them then.
    private void signal(String name) throws IOException {
        kill(name, List.of(process.pid()));
        kill(name, process.descendants().map(ProcessHandle::pid).toList());
    }

    private static void kill(String name, List<Long> processes) throws IOException {
        if (!processes.isEmpty()) {
            var command = new ArrayList<>(List.of("kill", "-" + name));
            processes.forEach(pid -> command.add(pid.toString()));
            run(command);
        }
    }

    /** Lets it collect its garbage, if it is one that has such. IOException when that cannot be asked for. */
    void collectGarbage() throws IOException {
        if (kind != Kind.DOVECOT && run(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.run")) != 0) {
            throw new IOException(kind + " does not collect its garbage");
        }
    }

    private static int run(List<String> command) throws IOException {
        try {
            // A process to signal that has ended meanwhile is no failure.
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            goOn();
        } finally {
            end();
            Starter.delete(home);
        }
    }

    private void end() {
        var all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (var child : all) {
                if (child.isAlive()) {
                    child.destroyForcibly();
                }
            }
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
