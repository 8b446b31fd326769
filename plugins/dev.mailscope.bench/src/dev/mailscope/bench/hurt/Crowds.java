package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attacks by many connections, or by silence. */
final class Crowds {
    /** What a client says that is not read; more than the system's buffers take. */
    private static final int UNREAD = 200;

    private Crowds() {
    }

    static void into(Map<String, Attack> attacks) {
        attacks.put("slow-loris", server -> slowLoris(server.imap()));
        attacks.put("slow-loris by POP3", server -> slowLoris(server.pop3()));
        attacks.put("slow-loris by SMTP", server -> slowLoris(server.smtp()));
        attacks.put("2,500 idle", Crowds::idle);
        attacks.put("never reads", Crowds::neverReads);
        attacks.put("900 fetch, never read", server -> manyNeverRead(server, 900,
                "FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE)"));
        attacks.put("900 search, never read", server -> manyNeverRead(server, 900, "SEARCH ALL"));
        attacks.put("100 store, never read", server -> manyNeverRead(server, 100, "STORE 1:* +FLAGS (from%d)"));
        attacks.put("500 told, never read", Crowds::manyTold);
        attacks.put("half a literal", Crowds::halfLiterals);
        attacks.put("half a mail by SMTP", Crowds::halfMails);
        attacks.put("failed logins", Crowds::failedLogins);
    }

    /** 1,500 connections, each of which says another octet of a LOGIN now and then. */
    private static String slowLoris(int port) throws IOException {
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < 1_500; i++) {
                clients.add(new Client(port));
            }
            var sent = 0;
            for (var c : "a LOGIN alice x".toCharArray()) {
                for (var client : clients) {
                    sent += trySend(client, String.valueOf(c)) ? 1 : 0;
                }
            }
            return "1,500 connections, " + sent + " octets one by one";
        } finally {
            closeAll(clients);
        }
    }

    private static boolean trySend(Client client, String text) {
        try {
            client.send(text);
            return true;
        } catch (IOException e) {
            return false; // crowded out
        }
    }

    private static String idle(Server server) throws IOException {
        var before = server.heap();
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < 2_500; i++) {
                var client = new Client(server.imap());
                clients.add(client);
                client.line();
            }
            return "heap " + before + " to " + server.heap() + " MiB with 2,500 greeted";
        } finally {
            closeAll(clients);
        }
    }

    /** Ten clients ask for far more than they read, which is nothing. */
    private static String neverReads(Server server) throws IOException {
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < 10; i++) {
                var client = Client.imap(server.imap(), Victim.ATTACKER);
                clients.add(client);
                client.ask("SELECT INBOX");
                client.socket().setSoTimeout(1);
                for (var n = 0; n < UNREAD; n++) {
                    client.send("f FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY[])\r\n");
                }
            }
            return "heap " + server.heap() + " MiB while ten are blocked";
        } finally {
            closeAll(clients);
        }
    }

    /** So many clients, each of which says that twenty times and takes no answer; {@code %d} is its number. */
    private static String manyNeverRead(Server server, int count, String command) throws IOException {
        var before = server.heap();
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < count; i++) {
                var client = Client.imap(server.imap(), Victim.ATTACKER);
                clients.add(client);
                client.ask("SELECT INBOX");
                client.send(("u " + command.formatted(i) + "\r\n").repeat(20));
            }
            return "heap " + before + " to " + server.heap() + " MiB while they are blocked";
        } finally {
            closeAll(clients);
        }
    }

    /** A change of every message, three times, told to many clients in IDLE that take none of it. */
    private static String manyTold(Server server) throws IOException {
        var before = server.heap();
        var clients = new ArrayList<Client>();
        try (var changing = Client.imap(server.imap(), Victim.ATTACKER)) {
            changing.ask("SELECT INBOX");
            for (var i = 0; i < 500; i++) {
                var client = Client.imap(server.imap(), Victim.ATTACKER);
                clients.add(client);
                client.ask("SELECT INBOX");
                client.send("i IDLE\r\n");
                client.answer("i");
            }
            var last = "";
            for (var i = 0; i < 3; i++) {
                last = changing.ask("STORE 1:* +FLAGS.SILENT (told" + i + ")");
            }
            return "heap " + before + " to " + server.heap() + " MiB; " + last;
        } finally {
            closeAll(clients);
        }
    }

    /** Thirty clients announce 40 MB each, and those that may send it stop half way. */
    private static String halfLiterals(Server server) throws IOException {
        var clients = new ArrayList<Client>();
        var accepted = 0;
        try {
            for (var i = 0; i < 30; i++) {
                var client = Client.imap(server.imap(), Victim.ATTACKER);
                clients.add(client);
                if (client.ask("APPEND INBOX {40000000}").startsWith("+")) {
                    accepted++;
                    client.send(new byte[20_000_000]);
                }
            }
            var heap = server.heap();
            try (var other = Client.imap(server.imap(), Victim.WITNESS)) {
                var small = other.ask("APPEND INBOX {60000+}\r\n" + "a".repeat(60_000));
                if (!small.contains(" OK ")) {
                    throw new IOException("a small mail was refused: " + small);
                }
            }
            return accepted + " of 30 accepted, heap " + heap + " MiB, a small APPEND works";
        } finally {
            closeAll(clients);
        }
    }

    private static String halfMails(Server server) throws IOException {
        var clients = new ArrayList<Client>();
        var refused = 0;
        try {
            for (var i = 0; i < 30; i++) {
                var client = new Client(server.smtp());
                clients.add(client);
                client.line();
                for (var line : List.of("HELO a", "MAIL FROM:<a@b>", "RCPT TO:<" + Victim.ATTACKER + ">", "DATA")) {
                    client.send(line + "\r\n");
                    client.line();
                }
                try {
                    for (var n = 0; n < 20; n++) {
                        client.send(("a".repeat(998) + "\r\n").repeat(1_000));
                    }
                } catch (IOException e) {
                    refused++;
                }
            }
            return refused + " of 30 cut off, heap " + server.heap() + " MiB";
        } finally {
            closeAll(clients);
        }
    }

    /** As many wrong passwords as can be tried on twenty connections at once within five seconds. */
    private static String failedLogins(Server server) throws IOException {
        var began = System.nanoTime();
        var tried = 0;
        var closed = 0;
        while (Witness.seconds(began) < 5) {
            var clients = new ArrayList<Client>();
            try {
                for (var i = 0; i < 20; i++) {
                    var client = new Client(server.imap());
                    clients.add(client);
                    client.line();
                    client.socket().setSoTimeout(50);
                    client.send("a LOGIN " + Victim.ATTACKER + " wrong" + i + "\r\n");
                }
                for (var client : clients) {
                    try {
                        client.answer("a");
                        tried++;
                    } catch (SocketTimeoutException e) {
                        closed++;
                    }
                }
            } finally {
                closeAll(clients);
            }
        }
        return tried + " wrong passwords answered in 5 s, " + closed + " not at once";
    }

    static void closeAll(List<Client> clients) throws IOException {
        for (var client : clients) {
            client.close();
        }
    }
}
