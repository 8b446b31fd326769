package dev.mailscope.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Dovecot's IMAP process with the corpus as its mail, talked to through its standard input and output, as
 * {@code ssh} users do: logged in from the start, with a configuration of its own, listening nowhere, and gone when it
 * is closed. Its mail is a Maildir whose files are the messages to the octet.
 */
final class Dovecot implements AutoCloseable {
    private static final long FIRST_TIME = 1_700_000_000;

    private final Path home;
    private final Process process;
    private final ImapClient client;

    private Dovecot(Path home, Process process, ImapClient client) {
        this.home = home;
        this.process = process;
        this.client = client;
    }

    /** Starts it. IOException when it cannot be, with what it said. */
    static Dovecot start(List<byte[]> messages) throws IOException {
        var home = Files.createTempDirectory("mailscope-compare").toRealPath();
        // As root it serves mail as nobody, who has to get in.
        open(home);
        for (var folder : List.of("Maildir", "Maildir/cur", "Maildir/new", "Maildir/tmp")) {
            open(Files.createDirectory(home.resolve(folder)));
        }
        for (var i = 0; i < messages.size(); i++) {
            // Dovecot gives UIDs in the order of the numbers that the names begin with.
            var file = home.resolve("Maildir/cur/" + (FIRST_TIME + i) + ".compare:2,");
            Files.write(file, messages.get(i));
        }
        var root = System.getProperty("user.name").equals("root");
        var configuration = Files.writeString(home.resolve("dovecot.conf"), """
                base_dir = %1$s
                log_path = %1$s/log
                ssl = no
                protocols = imap
                mail_location = maildir:%1$s/Maildir
                mail_plugins =
                """.formatted(home) + (root ? "mail_uid = nobody\nmail_gid = nogroup\n" : ""));
        var builder = new ProcessBuilder("doveadm", "-c", configuration.toString(), "exec", "imap")
                .redirectError(home.resolve("errors").toFile());
        builder.environment().putAll(Map.of("HOME", home.toString(), "USER", "alice"));
        var process = builder.start();
        try {
            return new Dovecot(home, process, new ImapClient(process.getInputStream(), process.getOutputStream()));
        } catch (IOException e) {
            process.destroy();
            throw new IOException("Dovecot did not start: " + Files.readString(home.resolve("errors")), e);
        }
    }

    /** Its version, as it says it. */
    static String version() throws IOException {
        var process = new ProcessBuilder("dovecot", "--version").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    /** The conversation with it. */
    ImapClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(home)) {
            for (var file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
