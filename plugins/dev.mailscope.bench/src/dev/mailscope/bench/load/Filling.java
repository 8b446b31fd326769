package dev.mailscope.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;

/** Puts the mail into a server, as any client would. */
final class Filling {
    private static final int AT_ONCE = 50;
    private static final Duration LONG = Duration.ofMinutes(2);

    private Filling() {
    }

    /** Fills it by APPEND. */
    static void fill(Server server, int users) throws IOException {
        try (var imap = Imap.loggedIn(server.imap(), Server.SHARED)) {
            imap.allow(LONG);
            imap.renew(Row.MANY);
            for (var first = 0; first < Corpus.MANY; first += AT_ONCE) {
                var messages = new byte[AT_ONCE][];
                for (var i = 0; i < AT_ONCE; i++) {
                    messages[i] = Corpus.mail(first + i);
                }
                imap.append(Row.MANY, messages);
            }
            // Somebody has seen them: none is recent from now on.
            imap.ask("SELECT " + Row.MANY);
            imap.ask("CLOSE");
            imap.renew(Row.LARGE);
            for (var i = 0; i < Corpus.LARGE; i++) {
                imap.append(Row.LARGE, Corpus.large(i));
            }
            imap.logout();
        }
        for (var user = 0; user < users; user++) {
            try (var imap = Imap.loggedIn(server.imap(), "user" + user)) {
                imap.allow(LONG);
                var messages = new byte[Corpus.INBOX][];
                for (var i = 0; i < messages.length; i++) {
                    messages[i] = Corpus.small(user * Corpus.INBOX + i);
                }
                imap.append("INBOX", messages);
                imap.logout();
            }
        }
    }

    /** Asks a filled server what the bare one shall answer, and writes that into a file. */
    static void learn(Server server, Path file) throws IOException {
        var answers = new LinkedHashMap<String, byte[]>();
        try (var imap = Imap.loggedIn(server.imap(), Server.SHARED)) {
            imap.allow(LONG);
            for (var folder : new String[] { Row.MANY, Row.LARGE }) {
                answers.put("EXAMINE " + folder, imap.answer("EXAMINE " + folder));
            }
            for (var i = 1; i <= Corpus.LARGE; i++) {
                answers.put(Row.fetchBody(i), imap.answer(Row.fetchBody(i)));
            }
            imap.ask("EXAMINE " + Row.MANY);
            answers.put(Row.FETCH_FLAGS, imap.answer(Row.FETCH_FLAGS));
            answers.put(Row.FETCH_ALL, imap.answer(Row.FETCH_ALL));
            for (var i = 0; !answers.containsKey(Row.search(i)); i++) {
                answers.put(Row.search(i), imap.answer(Row.search(i)));
            }
        }
        try (var imap = Imap.loggedIn(server.imap(), "user0")) {
            imap.ask("SELECT INBOX");
            for (var i = 1; i <= Corpus.INBOX; i++) {
                for (var sign : new String[] { " +", " -" }) {
                    var command = "STORE " + i + sign + "FLAGS (\\Flagged)";
                    answers.put(command, imap.answer(command));
                }
            }
        }
        try (var pop3 = new Pop3(server.pop3(), "user0")) {
            answers.put("STAT", pop3.answer("STAT", false));
            answers.put("LIST", pop3.answer("LIST", true));
            answers.put("UIDL", pop3.answer("UIDL", true));
            for (var i = 1; i <= Corpus.INBOX; i++) {
                answers.put("RETR " + i, pop3.answer("RETR " + i, true));
            }
        }
        BareServer.write(file, answers);
    }
}
