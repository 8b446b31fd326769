package dev.mailscope.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/** What a connection that idles costs in memory. */
final class IdleMemory {
    // As long as it takes a server to give back what it needed to let them in.
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private IdleMemory() {
    }

    /** The octets for each of so many connections, all in IDLE on an INBOX; the server is a fresh one, and at rest. */
    static double of(Server server, int connections) throws IOException {
        var idling = new ArrayList<Imap>();
        try {
            // What the first one costs, classes and the like, is not its own.
            for (var i = 0; i < Server.USERS; i++) {
                idling.add(idle(server, i));
            }
            var before = settled(server);
            for (var i = 0; i < connections; i++) {
                idling.add(idle(server, i));
            }
            return (double) (settled(server) - before) / connections;
        } finally {
            for (var imap : idling) {
                imap.close();
            }
        }
    }

    private static long settled(Server server) throws IOException {
        try {
            Thread.sleep(SETTLED);
            return server.memory();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Imap idle(Server server, int number) throws IOException {
        var imap = Imap.loggedIn(server.imap(), "user" + number % Server.USERS);
        try {
            imap.ask("SELECT INBOX");
            imap.idle();
            return imap;
        } catch (IOException e) {
            imap.close();
            throw e;
        }
    }
}
