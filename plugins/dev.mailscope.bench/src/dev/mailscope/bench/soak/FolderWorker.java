package dev.mailscope.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works by IMAP on a folder that nobody else changes. */
final class FolderWorker extends Worker {
    private static final String FOLDER = "Soak";
    private static final int MOST = 60;
    private static final List<String> ILLEGAL = List.of("\r\n", "z FETCH 99999:1 (\r\n", "z FROB\r\n", "{5}\r\n",
            "z SEARCH CHARSET none TEXT x\r\n", "z STORE 1 +FLAGS (\\Recent)\r\n", "\0\u00ff\u00fe x\r\n",
            "z UID COPY 1:* \"No such folder\"\r\n", "z LOGIN a b\r\n", "z LIST \"\" " + "%*".repeat(500) + "\r\n");

    private final Map<String, Long> uids = new HashMap<>();
    private Wire wire;
    private String uidValidity;
    private int tags;

    FolderWorker(Server server, Tally tally, int number, long seed) {
        super(server, tally, number, seed);
    }

    @Override
    void session() throws IOException {
        open();
        try (var open = wire) {
            look();
            for (var i = 0; i < 100 && goesOn(); i++) {
                work();
            }
            if (chance(3)) {
                ask("LOGOUT");
            }
        }
    }

    @Override
    void compare() throws IOException {
        open();
        try (var open = wire) {
            look();
        }
    }

    private void open() throws IOException {
        wire = connect(server.imap());
        ask("LOGIN " + user + " " + Server.PASSWORD);
        ask("CREATE " + FOLDER); // NO when it is there
        var selected = ask("SELECT " + FOLDER);
        if (!selected.getLast().contains(" OK ")) {
            throw new IOException("the folder cannot be opened");
        }
        var validity = selected.stream().filter(line -> line.contains("[UIDVALIDITY ")).findFirst().orElse("none");
        if (uidValidity != null && !validity.equals(uidValidity)) {
            tally.lost(user + ": the folder was " + uidValidity + " and is " + validity);
        }
        uidValidity = validity;
    }

    private void work() throws IOException {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> append();
            case 3, 4 -> flag();
            case 5 -> remove();
            case 6 -> {
                var found = ask("UID SEARCH ALL").getFirst();
                if (found.split(" ").length - 2 != model.ids().size()) {
                    tally.lost(user + " has " + model.ids().size() + " mails and finds " + found);
                }
            }
            case 7 -> look();
            case 8 -> illegal();
            default -> {
                if (chance(4)) {
                    wire.send("c UID FETCH 1:* (BODY.PEEK[])\r\n"); // with an answer on its way
                    cut();
                }
                ask("NOOP");
            }
        }
    }

    private void append() throws IOException {
        if (model.ids().size() >= MOST) {
            remove();
            return;
        }
        var id = nextId();
        var mail = mail(id);
        model.asksToAdd(id, mail);
        var command = "APPEND " + FOLDER + " {" + mail.length() + "+}\r\n" + mail;
        if (chance(30)) {
            wire.send("c " + command.substring(0, random.nextInt(command.length())));
            model.notAdded(id); // what is not whole is never kept
            cut(); // and nothing may follow, which could make it whole
        }
        var answer = ask(command).getLast();
        var code = answer.indexOf("[APPENDUID ");
        if (code >= 0) {
            model.added(id);
            uids.put(id, Long.parseLong(answer.substring(code + 11, answer.indexOf(']')).split(" ")[1]));
            tally.mails.incrementAndGet();
        } else {
            model.notAdded(id);
        }
    }

    private void flag() throws IOException {
        var id = any();
        if (id != null) {
            model.asksToFlag(id);
            if (ask("UID STORE " + uids.get(id) + " +FLAGS.SILENT (\\Flagged)").getLast().contains(" OK ")) {
                model.flagged(id);
            }
        }
    }

    private void remove() throws IOException {
        var id = any();
        if (id != null) {
            var uid = uids.get(id);
            model.asksToRemove(id);
            wire.send("d UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)\r\n");
            if (ask("UID EXPUNGE " + uid).getLast().contains(" OK ")) {
                model.removed(id);
                tally.removed.incrementAndGet();
            }
        }
    }

    private void illegal() throws IOException {
        tally.illegal.incrementAndGet();
        wire.send(ILLEGAL.get(random.nextInt(ILLEGAL.size())));
        ask("NOOP");
    }

    private void cut() throws IOException {
        tally.cuts.incrementAndGet();
        wire.close();
        throw new IOException("cut");
    }

    private String any() {
        var ids = new ArrayList<>(model.ids());
        return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }

    private List<String> ask(String command) throws IOException {
        tags++;
        tally.commands.incrementAndGet();
        return wire.imap("t" + tags, command);
    }

    /** Fetches all there is, and compares. */
    private void look() throws IOException {
        var actual = new HashMap<String, Model.Mail>();
        var found = new HashMap<String, Long>();
        for (var response : ask("UID FETCH 1:* (FLAGS BODY.PEEK[])")) {
            if (response.startsWith("* ") && response.contains("BODY[] ")) {
                var text = response.substring(response.indexOf('\n') + 1, response.lastIndexOf('\n'));
                var rest = response.substring(0, response.indexOf('\n'))
                        + response.substring(response.lastIndexOf('\n'));
                found.put(id(text), Long.parseLong(rest.replaceFirst("(?s).*UID (\\d+).*", "$1")));
                if (actual.put(id(text), new Model.Mail(text, rest.contains("\\Flagged"))) != null) {
                    tally.lost(user + " has mail " + id(text) + " twice");
                }
            }
        }
        tally.compared.addAndGet(actual.size());
        model.compare(actual, what -> tally.lost(user + ": " + what));
        found.forEach((id, uid) -> {
            var before = uids.put(id, uid);
            if (before != null && !before.equals(uid)) {
                tally.lost(user + ": mail " + id + " had the UID " + before + " and has " + uid);
            }
        });
        uids.keySet().retainAll(found.keySet());
    }
}
