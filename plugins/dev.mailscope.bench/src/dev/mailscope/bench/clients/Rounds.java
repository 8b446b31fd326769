package dev.mailscope.bench.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;

/** What the clients are made to do, step by step; after each step the server and the client's copy are compared. */
final class Rounds {
    private static final String INBOX = Folder.INBOX;
    private static final String ARCHIVE = "Projects";

    private Rounds() {
    }

    /** The round of a client with a local copy: down, up, append, move, delete, and after another device's changes. */
    static void sync(Trial trial, SyncClient client) {
        var expected = trial.expected();
        trial.allow(client.refusals());
        trial.step("sync down", () -> inStep(trial, client));
        trial.step("sync again, nothing to do", () -> inStep(trial, client));
        trial.step("flags up", () -> {
            var mail = expected.find(INBOX, "Eight bits");
            client.flag(INBOX, copyOf(client, INBOX, mail), Flags.FLAGGED);
            expected.flag(INBOX, mail, Flags.FLAGGED);
            inStep(trial, client);
        });
        trial.step("append", () -> {
            var mail = OddMail.plain("mine", "From me", "L\u00E4ngst f\u00E4llig.\r\n.\r\n");
            client.append(OddFolder.NAME, mail);
            expected.add(OddFolder.NAME, new Mail(mail, client.appended()));
            broughtUp(trial, client, OddFolder.NAME);
        });
        trial.step("move", () -> {
            var mail = expected.find(INBOX, "Nested");
            client.move(INBOX, copyOf(client, INBOX, mail), ARCHIVE);
            expected.remove(INBOX, mail);
            expected.add(ARCHIVE, mail);
            broughtUp(trial, client, ARCHIVE);
        });
        trial.step("delete", () -> {
            var mail = expected.find(INBOX, "Advertisement");
            client.delete(INBOX, copyOf(client, INBOX, mail));
            expected.remove(INBOX, mail);
            inStep(trial, client);
        });
        trial.step("resync after another's work", () -> {
            changeBehindItsBack(trial);
            inStep(trial, client);
        });
    }

    /** The round of a client that takes mail: keep, take only what is new, delete one, delete all, go on. */
    static void fetch(Trial trial, FetchClient client) {
        var expected = trial.expected();
        var taken = new ArrayList<Mail>();
        trial.allow(client.refusals());
        trial.step("download and keep", () -> {
            taken.addAll(expected.in(INBOX).stream().filter(client::takes).toList());
            take(trial, client, taken);
        });
        trial.step("download again: nothing new", () -> {
            take(trial, client, taken);
            retrieved(trial, client, 0);
        });
        trial.step("resync: only the new mail", () -> {
            taken.add(deliver(trial, "Just in", ".\r\n"));
            take(trial, client, taken);
            retrieved(trial, client, 1);
        });
        if (client instanceof FetchClient.Choosing choosing) {
            trial.step("delete one", () -> {
                choosing.delete(2);
                expected.remove(INBOX, expected.in(INBOX).get(1));
            });
        }
        trial.step("download and delete", () -> {
            taken.add(deliver(trial, "Last", "..\r\n"));
            client.fetch(false);
            expected.in(INBOX).forEach(mail -> expected.remove(INBOX, mail));
            Mailboxes.check(taken, client.taken(), octets -> client.kept(client.sent(octets)));
        });
        trial.step("resync: from nothing", () -> {
            taken.add(deliver(trial, "Again", "Anew.\r\n"));
            take(trial, client, taken);
        });
    }

    private static Mail deliver(Trial trial, String subject, String body) {
        trial.deliver(OddMail.plain(subject.replace(" ", "-"), subject, body));
        return trial.expected().find(INBOX, subject);
    }

    private static void take(Trial trial, FetchClient client, List<Mail> taken) throws Exception {
        client.fetch(true);
        trial.expected().flagAll(INBOX, client.fetched());
        Mailboxes.check(taken, client.taken(), octets -> client.kept(client.sent(octets)));
    }

    private static void changeBehindItsBack(Trial trial) throws Exception {
        var expected = trial.expected();
        deliver(trial, "Just in", "..\r\n");
        try (var other = trial.otherDevice()) {
            other.sync();
            var flagged = expected.find(INBOX, "Meeting");
            other.flag(INBOX, copyOf(other, INBOX, flagged), Flags.ANSWERED);
            expected.flag(INBOX, flagged, Flags.ANSWERED);
            var deleted = expected.find(INBOX, "Meme");
            other.delete(INBOX, copyOf(other, INBOX, deleted));
            expected.remove(INBOX, deleted);
            var moved = expected.find(INBOX, "Dots");
            other.move(INBOX, copyOf(other, INBOX, moved), OddFolder.NAME);
            expected.remove(INBOX, moved);
            expected.add(OddFolder.NAME, moved);
        }
    }

    private static void broughtUp(Trial trial, SyncClient client, String folder) throws Exception {
        client.sync();
        trial.expected().takeLast(folder, trial.account(), client::kept);
        inStep(trial, client);
    }

    private static void inStep(Trial trial, SyncClient client) throws Exception {
        client.sync();
        for (var folder : trial.expected().names()) {
            trial.expected().flagAll(folder, client.fetched());
        }
        trial.expected().check(trial.account());
        trial.expected().check(client.copy(), client);
    }

    private static void retrieved(Trial trial, FetchClient client, int times) throws Failed {
        var found = trial.received(client.retrieval());
        if (found != times) {
            throw new Failed("the number of mails fetched should be " + times + " but is " + found);
        }
    }

    private static Copy copyOf(SyncClient client, String folder, Mail mail) throws Exception {
        var wanted = client.kept(mail.octets());
        return client.copy().get(folder).stream()
                .filter(copy -> Arrays.equals(client.kept(copy.octets()), wanted)).findFirst()
                .orElseThrow(() -> new Failed("the copy has lost " + Form.field("Subject", mail.octets())));
    }
}
