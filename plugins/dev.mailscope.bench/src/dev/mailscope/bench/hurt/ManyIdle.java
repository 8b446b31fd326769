package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.util.ArrayList;

/** Many clients who are logged in and wait for mail, on a server that takes so many. */
final class ManyIdle implements Attack {
    private static final int CLIENTS = 10_000;
    private static final int OTHERS = 100;

    @Override
    public String on(Server server) throws IOException {
        var before = server.heap();
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < CLIENTS; i++) {
                var client = Client.imap(server.imap(), Victim.ATTACKER);
                clients.add(client);
                client.ask("EXAMINE INBOX");
                client.send("i IDLE\r\n");
                client.answer("i");
            }
            return String.format("heap %d to %d MiB with %,d in IDLE", before, server.heap(), CLIENTS);
        } catch (IOException e) {
            throw new IOException(String.format("after %,d: %s", clients.size(), e.getMessage()), e);
        } finally {
            Crowds.closeAll(clients);
        }
    }

    @Override
    public int connections() {
        return CLIENTS + OTHERS;
    }
}
