package dev.mailscope.bench.soak;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One client that works until it is told to end; a lost connection is no failure, and it comes again. */
abstract class Worker {
    private static final int RETRY_MILLIS = 100;

    final Server server;
    final Tally tally;
    final Random random;
    final Model model = new Model();
    final String user;
    private volatile boolean over;
    private Thread thread;
    private long made;

    Worker(Server server, Tally tally, int number, long seed) {
        this.server = server;
        this.tally = tally;
        this.random = new Random(seed);
        this.user = Server.user(number);
    }

    /** Connects, compares, and works for a while; IOException when the connection goes. */
    abstract void session() throws IOException;

    /** Compares what is there with the model; IOException when the connection goes. */
    abstract void compare() throws IOException;

    void start() {
        thread = Thread.ofPlatform().name(user).start(() -> {
            while (!over) {
                try {
                    session();
                } catch (IOException e) {
                    rest();
                } catch (RuntimeException e) {
                    tally.lost(user + " is answered what it cannot understand: " + e);
                    return;
                }
            }
        });
    }

    /** Ends, and compares once more. */
    void end() throws InterruptedException {
        over = true;
        thread.join();
        for (var tries = 0; tries < 100; tries++) {
            try {
                compare();
                return;
            } catch (IOException e) {
                rest();
            }
        }
        tally.lost("what " + user + " had: it cannot be looked at");
    }

    boolean goesOn() {
        return !over;
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** A connection, counted. */
    Wire connect(int port) throws IOException {
        tally.connections.incrementAndGet();
        return new Wire(port);
    }

    /** A mail's name, which no other has. */
    String nextId() {
        made++;
        return user + "-" + getClass().getSimpleName() + "-" + made;
    }

    /** Its text, with that name in it. */
    String mail(String id) {
        return "X-Soak: " + id + "\r\nSubject: " + "s".repeat(random.nextInt(50)) + "\r\n\r\n"
                + ("line " + random.nextInt() + "\r\n").repeat(random.nextInt(200)) + "end\r\n";
    }

    /** The name in a mail. */
    static String id(String mail) {
        var from = mail.indexOf("X-Soak: ") + 8;
        return mail.substring(from, mail.indexOf("\r\n", from));
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
