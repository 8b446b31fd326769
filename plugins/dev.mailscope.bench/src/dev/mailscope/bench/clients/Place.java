package dev.mailscope.bench.clients;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a client lives during its round: a home folder of its own, which goes with it, and a log of what its programs
 * said. Programs run with a clean environment and a time limit, and with a
 * standard input on which nothing comes.
 */
final class Place implements AutoCloseable {
    private static final long LIMIT = 60; // seconds
    private static final int MOST_LOGGED = 20_000;
    private static final Pattern CONTROL = Pattern.compile("\u001b(?:\\[[0-9;?]*[a-zA-Z]|\\(B|[=>])");

    private final Path home;
    private final PrintWriter log;

    Place(PrintWriter log) throws IOException {
        this.home = Files.createTempDirectory("mailscope-client").toRealPath();
        this.log = log;
    }

    /** The home folder. */
    Path home() {
        return home;
    }

    /** Writes a file only its owner may read, below the home folder, and makes the folders that it lies in. */
    Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The file with the only certificate a client shall trust. */
    Path certificate(Access access) throws IOException {
        return write("server.pem", access.certificate());
    }

    /** The same with octets. */
    Path write(String name, byte[] octets) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, octets);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Copies a script that lies beside this class into the home folder. */
    Path script(String name) throws IOException {
        try (var in = Place.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the script " + name + " is missing from this build");
            }
            return write(name, in.readAllBytes());
        }
    }

    /** What the scripts of the bench are told in their environment; the copy is the folder they keep their mail in. */
    Map<String, String> variables(Access access, Path copy) throws IOException {
        return Map.of("MAIL_HOST", access.host(), "MAIL_PORT", Integer.toString(access.port()),
                "MAIL_SECURITY", access.security().name(), "MAIL_CERTIFICATE", certificate(access).toString(),
                "MAIL_USER", access.user(), "MAIL_PASSWORD", access.password(), "MAIL_COPY", copy.toString());
    }

    /** Runs a program, which must end with status 0; its standard output, a character for each octet. */
    String run(String... command) throws IOException, Failed, InterruptedException {
        return run(Map.of(), Set.of(0), command);
    }

    /** The same with further variables in its environment, and with other statuses that mean success. */
    String run(Map<String, String> variables, Set<Integer> statuses, String... command)
            throws IOException, Failed, InterruptedException {
        var out = home.resolve(".out");
        var err = home.resolve(".err");
        var builder = new ProcessBuilder(command).directory(home.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "HOME", home.toString(), "TMPDIR", home.toString(),
                "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8", "TERM", "xterm", "USER", "alice"));
        builder.environment().putAll(variables);
        log.println("$ " + String.join(" ", command));
        var process = start(builder);
        var ended = process.waitFor(LIMIT, TimeUnit.SECONDS);
        if (!ended) {
            var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        var answer = Form.text(Files.readAllBytes(out));
        var errors = Form.text(Files.readAllBytes(err));
        var said = CONTROL.matcher(answer).replaceAll("");
        log.print(said.length() <= MOST_LOGGED ? said : said.substring(0, MOST_LOGGED) + "\u2026\n");
        log.print(errors);
        if (!ended) {
            throw new Failed(command[0] + " did not end within " + LIMIT + " s" + lastLine(errors, answer));
        }
        if (!statuses.contains(process.exitValue())) {
            throw new Failed(command[0] + " ended with status " + process.exitValue() + lastLine(errors, answer));
        }
        return answer;
    }

    /** Removes the home folder. */
    @Override
    public void close() throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(home)) {
            paths = walk.toList();
        }
        for (var path : paths.reversed()) {
            Files.delete(path);
        }
    }

    private static Process start(ProcessBuilder builder) throws Failed {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Failed(e.getMessage(), e);
        }
    }

    private static String lastLine(String errors, String answer) {
        var said = (errors.isBlank() ? answer : errors).strip();
        return said.isEmpty() ? "" : ": " + said.substring(said.lastIndexOf('\n') + 1);
    }
}
