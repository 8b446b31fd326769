package dev.mailscope.bench.load;

import java.io.IOException;

/** What is measured: one kind of work that every client does again and again. */
enum Row {
    CHURN("connect, LOGIN, LOGOUT", "sessions/s") {
        @Override
        Worker worker(Server server, int client) {
            return n -> Imap.loggedIn(server.imap(), user(client)).logout();
        }
    },
    NOOP("NOOP", "commands/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), user(client)), null, n -> "NOOP");
        }
    },
    FLAGS("FETCH 1:* (FLAGS) of 10,000", "commands/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), Server.SHARED), "EXAMINE " + MANY, n -> FETCH_FLAGS);
        }
    },
    ENVELOPE("FETCH 1:* (UID FLAGS ENVELOPE BODYSTRUCTURE) of 10,000", "commands/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), Server.SHARED), "EXAMINE " + MANY, n -> FETCH_ALL);
        }
    },
    BODY("FETCH BODY.PEEK[] of 1 MB", "messages/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), Server.SHARED), "EXAMINE " + LARGE,
                    n -> fetchBody(1 + (n + client) % Corpus.LARGE));
        }
    },
    STORE("STORE n ±FLAGS (\\Flagged)", "commands/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), user(client)), "SELECT INBOX",
                    n -> "STORE " + (1 + n / 2 % Corpus.INBOX) + (n % 2 == 0 ? " +" : " -") + "FLAGS (\\Flagged)");
        }
    },
    APPEND("APPEND of 4 KB", "messages/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            var imap = Imap.loggedIn(server.imap(), user(client));
            try {
                imap.renew(DROP);
            } catch (IOException e) {
                imap.close();
                throw e;
            }
            var message = Corpus.small(client);
            return new Worker() {
                @Override
                public void once(int n) throws IOException {
                    imap.append(DROP, message);
                }

                @Override
                public void close() throws IOException {
                    imap.ask("DELETE " + DROP);
                    imap.logout();
                }
            };
        }
    },
    SEARCH("SEARCH TEXT over 10,000", "commands/s") {
        @Override
        Worker worker(Server server, int client) throws IOException {
            return commands(Imap.loggedIn(server.imap(), Server.SHARED), "EXAMINE " + MANY,
                    n -> search(n + client));
        }
    },
    IDLE("IDLE: from APPEND to being told", "ms") {
        @Override
        Worker worker(Server server, int client) {
            throw new IllegalStateException("measured by WakeUp");
        }
    },
    POP3("POP3 login, STAT, LIST, UIDL, RETR of 100 × 4 KB, QUIT", "sessions/s") {
        @Override
        Worker worker(Server server, int client) {
            return n -> new Pop3(server.pop3(), user(client)).readAll(Corpus.INBOX);
        }
    };

    /** The folder of 10,000. */
    static final String MANY = "Many";
    /** The folder of messages of 1 MB. */
    static final String LARGE = "Large";
    /** Where idling clients wait. */
    static final String WATCHED = "Watched";
    static final String FETCH_FLAGS = "FETCH 1:* (FLAGS)";
    static final String FETCH_ALL = "FETCH 1:* (UID FLAGS ENVELOPE BODYSTRUCTURE)";
    private static final String DROP = "Drop";
    private static final int NEEDLES = 5;

    private final String words;
    private final String unit;

    Row(String words, String unit) {
        this.words = words;
        this.unit = unit;
    }

    /** The client's work on a server; it is logged in and ready. Users by their clients' numbers, from 0. */
    abstract Worker worker(Server server, int client) throws IOException;

    /** What is done, for the table. */
    String words() {
        return words;
    }

    /** What is counted. */
    String unit() {
        return unit;
    }

    /** True where less is better. */
    boolean isTime() {
        return this == IDLE;
    }

    /** One client's work. */
    interface Worker extends AutoCloseable {
        /** Does it once more; it was done so often before. */
        void once(int n) throws IOException;

        @Override
        default void close() throws IOException {
            // nothing is open between two sessions
        }
    }

    private interface Command {
        String number(int n);
    }

    static String fetchBody(int sequence) {
        return "FETCH " + sequence + " BODY.PEEK[]";
    }

    /** Each is found in ten of the 10,000. */
    static String search(int n) {
        return "SEARCH TEXT needle" + (100 + n % NEEDLES);
    }

    private static String user(int client) {
        return "user" + client % Server.USERS;
    }

    private static Worker commands(Imap imap, String first, Command command) throws IOException {
        if (first != null) {
            imap.ask(first);
        }
        return new Worker() {
            @Override
            public void once(int n) throws IOException {
                imap.ask(command.number(n));
            }

            @Override
            public void close() throws IOException {
                imap.close();
            }
        };
    }
}
