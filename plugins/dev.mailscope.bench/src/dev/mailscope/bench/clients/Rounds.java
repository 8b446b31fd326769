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
    static void fetch(Trial trial, FetchClient client, String retrieval) {
        var expected = trial.expected();
        var taken = new ArrayList<Mail>();
        trial.allow(client.refusals());
        trial.step("download and keep", () -> {
            client.fetch(true);
            taken.addAll(expected.in(INBOX));
            tookOnly(client, taken);
        });
        trial.step("download again: nothing new", () -> {
            client.fetch(true);
            tookOnly(client, taken);
            retrieved(trial, retrieval, 0);
        });
        trial.step("resync: only the new mail", () -> {
            trial.deliver(OddMail.plain("new", "Just in", ".\r\n"));
            taken.add(expected.find(INBOX, "Just in"));
            client.fetch(true);
            tookOnly(client, taken);
            retrieved(trial, retrieval, 1);
        });
        if (client instanceof FetchClient.Choosing choosing) {
            trial.step("delete one", () -> {
                choosing.delete(2);
                expected.remove(INBOX, expected.in(INBOX).get(1));
            });
        }
        trial.step("download and delete", () -> {
            trial.deliver(OddMail.plain("last", "Last", "..\r\n"));
            taken.add(expected.find(INBOX, "Last"));
            client.fetch(false);
            expected.in(INBOX).forEach(mail -> expected.remove(INBOX, mail));
            tookOnly(client, taken);
        });
        trial.step("resync: from nothing", () -> {
            trial.deliver(OddMail.plain("again", "Again", "Anew.\r\n"));
            taken.add(expected.find(INBOX, "Again"));
            client.fetch(true);
            tookOnly(client, taken);
        });
    }

    private static void changeBehindItsBack(Trial trial) throws Exception {
        var expected = trial.expected();
        trial.deliver(OddMail.plain("new", "Just in", "..\r\n"));
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
        trial.expected().flagAll(client.fetched());
        trial.expected().check(client.copy(), client);
    }

    private static void tookOnly(FetchClient client, List<Mail> taken) throws Exception {
        Mailboxes.check(taken, client.taken(), client::kept);
    }

    private static void retrieved(Trial trial, String command, int times) throws Failed {
        var found = trial.commands(command);
        if (found != times) {
            throw new Failed("the mail was to be fetched " + times + " times but was " + found + " times");
        }
    }

    private static Copy copyOf(SyncClient client, String folder, Mail mail) throws Exception {
        var wanted = client.kept(mail.octets());
        return client.copy().get(folder).stream()
                .filter(copy -> Arrays.equals(client.kept(copy.octets()), wanted)).findFirst()
                .orElseThrow(() -> new Failed("the copy has lost " + Form.field("Subject", mail.octets())));
    }
}
