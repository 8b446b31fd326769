package dev.mailscope.bench.hurt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Attacks by much that costs little to send. */
final class Floods {
    private static final int AT_ONCE = 6;

    private interface Talk {
        void by(Client client) throws IOException;
    }

    private Floods() {
    }

    static void into(Map<String, Attack> attacks) {
        attacks.put("compressed bomb", Floods::bombs);
        attacks.put("pipelined flood", server -> many(server.imap(), client -> {
            var reader = Thread.ofPlatform().start(() -> drained(client));
            var noops = "n NOOP\r\n".repeat(1_000);
            for (var i = 0; i < 300; i++) {
                client.send(noops);
            }
            client.send("z LOGOUT\r\n");
            joined(reader);
        }));
        attacks.put("long tags", server -> many(server.imap(), client -> {
            var reader = Thread.ofPlatform().start(() -> drained(client));
            for (var i = 0; i < 300; i++) {
                client.send("t".repeat(60_000) + " NOOP\r\n");
            }
            client.send("z LOGOUT\r\n");
            joined(reader);
        }));
        attacks.put("a line without end", server -> many(server.imap(), client -> endless(client)));
        attacks.put("a line without end, POP3", server -> anonymous(server.pop3(), client -> endless(client)));
        attacks.put("a line without end, SMTP", server -> anonymous(server.smtp(), client -> endless(client)));
    }

    private static String bombs(Server server) throws IOException {
        var bomb = bomb();
        var began = System.nanoTime();
        var outcome = many(server.imap(), client -> {
            client.ask("COMPRESS DEFLATE");
            client.send(bomb);
            client.drain(Long.MAX_VALUE);
        });
        return String.format("%s, %.1f s", outcome, Witness.seconds(began));
    }

    /** 64 MiB at most; the server is to have enough before. */
    private static void endless(Client client) {
        try {
            for (var i = 0; i < 1_024; i++) {
                client.send("x".repeat(65_536));
            }
            client.drain(Long.MAX_VALUE);
        } catch (IOException e) {
            // cut off
        }
    }

    /** 1 GB of one letter, in about 1 MB. */
    private static byte[] bomb() throws IOException {
        var octets = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (var out = new DeflaterOutputStream(octets, deflater)) {
            var piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 1_000; i++) {
                out.write(piece);
            }
        }
        return octets.toByteArray();
    }

    private static void drained(Client client) {
        try {
            client.drain(Long.MAX_VALUE);
        } catch (IOException e) {
            // cut off
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String many(int port, Talk talk) throws IOException {
        return together(port, Victim.ATTACKER, talk);
    }

    private static String anonymous(int port, Talk talk) throws IOException {
        return together(port, null, talk);
    }

    private static String together(int port, String user, Talk talk) throws IOException {
        var cut = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < AT_ONCE; i++) {
            var client = user == null ? new Client(port) : Client.imap(port, user);
            threads.add(Thread.ofPlatform().start(() -> {
                try (client) {
                    talk.by(client);
                } catch (IOException e) {
                    cut.incrementAndGet();
                }
            }));
        }
        threads.forEach(Floods::joined);
        return AT_ONCE + " at once, " + cut + " cut off";
    }
}
