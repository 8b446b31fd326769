package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attacks by what the server keeps: more and more of it, until the server refuses it or the time is over. */
final class Hoards {
    private static final int AT_ONCE = 6;
    private static final int SECONDS = 30;

    private Hoards() {
    }

    static void into(Map<String, Attack> attacks) {
        attacks.put("mail without end", server -> hoard(server, AT_ONCE, i -> append(4_096)));
        attacks.put("large mail without end", server -> hoard(server, AT_ONCE, i -> append(1 << 20)));
        attacks.put("copies without end", server -> hoard(server, 1, i -> "COPY 1:* INBOX"));
        attacks.put("folders without end", server -> hoard(server, AT_ONCE, i -> "CREATE " + "a/b/c/d/e/f/g/h/" + i));
        attacks.put("keywords without end", server -> hoard(server, AT_ONCE, i -> "STORE "
                + (1 + i % 100_000) + " FLAGS.SILENT (" + many(100, n -> "k" + (i + n * n) % 1_000) + ")"));
        attacks.put("notes without end", server -> hoard(server, 1, i -> i % 101 == 0 ? "CREATE n" + i / 101
                : "SETMETADATA n" + i / 101 + " (/private/comment/" + i + " \"" + "x".repeat(8_000) + "\")"));
        attacks.put("subscriptions without end", server -> hoard(server, AT_ONCE, i -> "SUBSCRIBE s"
                + "x".repeat(200) + i));
    }

    private static String append(int octets) {
        return "APPEND INBOX {" + octets + "+}\r\n" + "a".repeat(octets);
    }

    private static String many(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(" "));
    }

    private static String hoard(Server server, int atOnce, IntFunction<String> command) throws IOException {
        var before = server.heap();
        var next = new AtomicInteger();
        var refused = new AtomicReference<>("");
        var threads = new ArrayList<Thread>();
        var began = System.nanoTime();
        for (var i = 0; i < atOnce; i++) {
            var client = Client.imap(server.imap(), Victim.ATTACKER);
            client.ask("SELECT INBOX");
            threads.add(Thread.ofPlatform().start(() -> {
                try (client) {
                    while (refused.get().isEmpty() && Witness.seconds(began) < SECONDS) {
                        var answer = client.ask(command.apply(next.getAndIncrement()));
                        if (!answer.contains(" OK ")) {
                            refused.set(answer.substring(answer.indexOf(' ') + 1));
                        }
                    }
                } catch (IOException e) {
                    refused.set(e.toString());
                }
            }));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return String.format("%,d times, heap %d to %d MiB; %s", next.get(), before, server.heap(),
                refused.get().isEmpty() ? "never refused" : refused);
    }
}
