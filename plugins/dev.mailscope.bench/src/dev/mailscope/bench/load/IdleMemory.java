package dev.mailscope.bench.load;

import java.io.IOException;
import java.util.ArrayList;

/** What a connection that idles costs in memory. */
final class IdleMemory {
    private IdleMemory() {
    }

    /** The octets for each of so many connections, all in IDLE on an INBOX, without garbage; the server is a fresh one. */
    static double of(Server server, int connections) throws IOException {
        var idling = new ArrayList<Imap>();
        try {
            // What the first one costs, classes and the like, is not its own.
            for (var i = 0; i < Server.USERS; i++) {
                idling.add(idle(server, i));
            }
            server.collectGarbage();
            var before = server.memory();
            for (var i = 0; i < connections; i++) {
                idling.add(idle(server, i));
            }
            server.collectGarbage();
            return (double) (server.memory() - before) / connections;
        } finally {
            for (var imap : idling) {
                imap.close();
            }
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
