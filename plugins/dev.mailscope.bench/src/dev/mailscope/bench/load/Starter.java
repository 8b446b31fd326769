package dev.mailscope.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the servers, each in a folder of its own below a scratch folder, which lies in memory where that can be. */
final class Starter {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final String HEAP = "-Xmx1g";

    private final String dovecotFormat;
    private final Path scratch;
    private final Path answers;
    private int started;

    /**
     * A starter.
     *
     * @param scratch       where the folders of the servers are made
     * @param dovecotFormat how Dovecot keeps its mail: {@code sdbox}, {@code mdbox} or {@code maildir}
     * @param answers       what the bare server knows; may be made later than this
     */
    Starter(Path scratch, String dovecotFormat, Path answers) {
        this.scratch = scratch;
        this.dovecotFormat = dovecotFormat;
        this.answers = answers;
    }

    /** Where what is written lies. */
    static String medium() {
        return Files.isWritable(IN_MEMORY) ? IN_MEMORY + " (memory)" : System.getProperty("java.io.tmpdir");
    }

    /** A new scratch folder. */
    static Path scratch() throws IOException {
        return open((Files.isWritable(IN_MEMORY) ? Files.createTempDirectory(IN_MEMORY, "mailscope-bench")
                : Files.createTempDirectory("mailscope-bench")).toRealPath());
    }

    /** Dovecot, when root runs it, serves mail as somebody else, who has to get in. */
    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Deletes a folder with all that lies in it, whatever of it is vanishing meanwhile. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Starts one. IOException with its output when it does not start. */
    Server start(Kind kind) throws IOException {
        var home = open(Files.createDirectory(scratch.resolve(kind.name().toLowerCase(Locale.ROOT) + ++started)));
        return switch (kind) {
            case QUIET -> mailscope(kind, home, List.of("--no-trace"),
                    "serve --no-trace: events are numbered, not kept");
            case RECORDING -> mailscope(kind, home,
                    List.of("--quiet", "--trace", home.resolve("all.mailtrace").toString()),
                    "serve --quiet --trace FILE: every event is recorded to a file in " + medium());
            case DOVECOT -> dovecot(home);
            case GREENMAIL -> greenMail(home);
            case BARE -> bare(home);
        };
    }

    private static List<String> java(Path home, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-Xlog:disable",
                "-XX:G1PeriodicGCInterval=20000")); // as the script starts it
        // For a look inside: MAILSCOPE_BENCH_JAVA takes options of the JVM, such as those of its flight recorder.
        var options = System.getenv("MAILSCOPE_BENCH_JAVA");
        if (options != null && !options.isBlank()) {
            command.addAll(List.of(options.replace("%h", home.getFileName().toString()).strip().split("\\s+")));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private static Server mailscope(Kind kind, Path home, List<String> options, String words) throws IOException {
        var command = java(home, "-cp", System.getProperty("java.class.path"), "dev.mailscope.server.cli.Main", "serve",
                "--imap", "0", "--pop3", "0", "--limit", "connections=10000");
        Server.users().forEach(user -> command.addAll(List.of("--account", user + ":" + Server.PASSWORD)));
        command.addAll(options);
        var line = new StringBuilder();
        var process = Server.start(home, command, line);
        return new Server(kind, words + "; mail in memory; " + HEAP, home, process, port(line, "imap"),
                port(line, "pop3"));
    }

    /** The port in {@code listening imap 127.0.0.1:1143 pop3 127.0.0.1:1110}, or the like. */
    private static int port(CharSequence line, String protocol) {
        var text = line.toString();
        var at = text.indexOf(':', text.indexOf(protocol)) + 1;
        var end = at;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Integer.parseInt(text, at, end, 10);
    }

    private static Server greenMail(Path home) throws IOException {
        var jar = System.getProperty("mailscope.greenmail", "");
        if (!Files.isReadable(Path.of(jar))) {
            throw new IOException("GreenMail's jar is not there: " + jar);
        }
        var imap = Server.freePort();
        var pop3 = Server.freePort();
        var users = Server.users().stream().map(user -> user + ":" + Server.PASSWORD + "@example.org")
                .collect(Collectors.joining(","));
        var process = Server.start(home, java(home, "-Dgreenmail.imap.hostname=127.0.0.1",
                "-Dgreenmail.pop3.hostname=127.0.0.1", "-Dgreenmail.imap.port=" + imap, "-Dgreenmail.pop3.port=" + pop3,
                "-Dgreenmail.users=" + users, "-jar", jar));
        Server.await(home, process, imap, pop3);
        return new Server(Kind.GREENMAIL, Path.of(jar).getFileName() + "; mail in memory; " + HEAP, home, process, imap,
                pop3);
    }

    private Server bare(Path home) throws IOException {
        var line = new StringBuilder();
        var process = Server.start(home, java(home, "-cp", System.getProperty("java.class.path"),
                BareServer.class.getName(), answers.toString()), line);
        return new Server(Kind.BARE, "a virtual thread for each connection, answers known by heart; " + HEAP, home,
                process, port(line, "imap"), port(line, "pop3"));
    }

    private Server dovecot(Path home) throws IOException {
        var imap = Server.freePort();
        var pop3 = Server.freePort();
        var root = System.getProperty("user.name").equals("root");
        var user = root ? "nobody" : System.getProperty("user.name");
        var group = root ? "nogroup" : command("id", "-gn");
        var mail = Files.createDirectory(home.resolve("mail"));
        Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
        var configuration = Files.writeString(home.resolve("dovecot.conf"), """
                base_dir = %1$s/run
                state_dir = %1$s/run
                log_path = %1$s/errors
                ssl = no
                disable_plaintext_auth = no
                protocols = imap pop3
                listen = 127.0.0.1
                mail_location = %2$s:%1$s/mail/%%u
                mail_fsync = never
                mail_uid = %3$s
                mail_gid = %4$s
                first_valid_uid = 1
                mail_max_userip_connections = 0
                passdb {
                  driver = static
                  args = password=%5$s
                }
                userdb {
                  driver = static
                  args = uid=%3$s gid=%4$s home=%1$s/mail/%%u
                }
                service imap-login {
                  inet_listener imap {
                    port = %6$d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                  service_count = 0
                  client_limit = 10000
                  process_min_avail = %8$d
                }
                service pop3-login {
                  inet_listener pop3 {
                    port = %7$d
                  }
                  inet_listener pop3s {
                    port = 0
                  }
                  service_count = 0
                  client_limit = 10000
                  process_min_avail = %8$d
                }
                service imap {
                  service_count = 1000
                  process_limit = 4000
                  process_min_avail = %8$d
                }
                service pop3 {
                  service_count = 1000
                  process_limit = 4000
                  process_min_avail = %8$d
                }
                service auth {
                  client_limit = 20000
                }
                service anvil {
                  client_limit = 20000
                }
                """.formatted(home, dovecotFormat, user, group, Server.PASSWORD, imap, pop3,
                Runtime.getRuntime().availableProcessors())
                + (root ? "" : """
                default_internal_user = %1$s
                default_internal_group = %2$s
                default_login_user = %1$s
                service anvil {
                  chroot =
                }
                service imap-login {
                  chroot =
                }
                service pop3-login {
                  chroot =
                }
                """.formatted(user, group)));
        var process = Server.start(home, List.of("dovecot", "-F", "-c", configuration.toString()));
        Server.await(home, process, imap, pop3);
        return new Server(Kind.DOVECOT, command("dovecot", "--version") + "; mail_location = " + dovecotFormat + " in "
                + medium() + ", mail_fsync = never; login processes serve many clients (service_count = 0), mail"
                + " processes are used again (service_count = 1000); static passdb, no TLS, no plugins, no hibernation",
                home, process, imap, pop3);
    }

    private static String command(String... command) throws IOException {
        var process = new ProcessBuilder(command).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return text;
    }
}
