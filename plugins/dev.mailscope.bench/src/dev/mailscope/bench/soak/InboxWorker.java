package dev.mailscope.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Sends mail to an account by SMTP, and reads and deletes it by POP3. */
final class InboxWorker extends Worker {
    private static final int MOST = 40;

    InboxWorker(Server server, Tally tally, int number, long seed) {
        super(server, tally, number, seed);
    }

    @Override
    void session() throws IOException {
        if (model.ids().size() < MOST) {
            deliver();
        }
        read(true);
    }

    @Override
    void compare() throws IOException {
        read(false);
    }

    private void deliver() throws IOException {
        try (var wire = connect(server.smtp())) {
            say(wire, "EHLO soak");
            for (var i = random.nextInt(5); i >= 0 && goesOn(); i--) {
                if (chance(5)) {
                    tally.illegal.incrementAndGet();
                    say(wire, "MAIL FROM:<" + "x".repeat(random.nextInt(900)));
                }
                say(wire, "MAIL FROM:<soak@b>");
                say(wire, "RCPT TO:<" + user + ">");
                say(wire, "DATA");
                var id = nextId();
                var mail = mail(id);
                model.asksToAdd(id, mail);
                if (chance(20)) {
                    wire.send(mail.substring(0, random.nextInt(mail.length())));
                    model.notAdded(id);
                    tally.cuts.incrementAndGet();
                    return;
                }
                wire.send(mail);
                if (say(wire, ".").startsWith("250 ")) {
                    model.added(id);
                    tally.mails.incrementAndGet();
                } else {
                    model.notAdded(id);
                }
            }
        }
    }

    /** The last line of a reply. */
    private String say(Wire wire, String line) throws IOException {
        tally.commands.incrementAndGet();
        wire.send(line + "\r\n");
        var reply = wire.line();
        while (reply.startsWith("-", 3)) {
            reply = wire.line();
        }
        return reply;
    }

    private void read(boolean deletes) throws IOException {
        try (var wire = connect(server.pop3())) {
            pop3(wire, "USER " + user);
            if (!pop3(wire, "PASS " + Server.PASSWORD).startsWith("+OK")) {
                throw new IOException("no maildrop: a cut session may not have ended yet");
            }
            var count = Integer.parseInt(pop3(wire, "STAT").split(" ")[1]);
            var ids = new ArrayList<String>();
            var actual = new HashMap<String, Model.Mail>();
            for (var i = 1; i <= count; i++) {
                pop3(wire, "RETR " + i);
                var mail = text(wire);
                ids.add(id(mail));
                actual.put(id(mail), new Model.Mail(mail.substring(mail.indexOf("X-Soak: ")), false));
            }
            tally.compared.addAndGet(count);
            model.compare(actual, what -> tally.lost(user + ": " + what));
            if (deletes) {
                delete(wire, ids);
            }
        }
    }

    private void delete(Wire wire, List<String> ids) throws IOException {
        var marked = new ArrayList<String>();
        for (var i = 1; i <= ids.size(); i++) {
            if (chance(3)) {
                pop3(wire, "DELE " + i);
                marked.add(ids.get(i - 1));
            }
        }
        if (chance(6)) {
            tally.illegal.incrementAndGet();
            pop3(wire, "DELE " + "9".repeat(4 + random.nextInt(200)));
        }
        if (chance(4)) {
            tally.cuts.incrementAndGet();
            return; // without QUIT nothing is deleted
        }
        marked.forEach(model::asksToRemove);
        if (pop3(wire, "QUIT").startsWith("+OK")) {
            marked.forEach(model::removed);
            tally.removed.addAndGet(marked.size());
        }
    }

    private String pop3(Wire wire, String line) throws IOException {
        tally.commands.incrementAndGet();
        wire.send(line + "\r\n");
        return wire.line();
    }

    private static String text(Wire wire) throws IOException {
        var text = new StringBuilder();
        for (var line = wire.line(); !line.equals("."); line = wire.line()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }
}
