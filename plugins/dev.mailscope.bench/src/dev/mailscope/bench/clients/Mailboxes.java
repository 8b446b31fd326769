package dev.mailscope.bench.clients;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Flags;

/** The mail of an account as it should be, by folder and in the order of its arrival. */
final class Mailboxes {
    private final Map<String, List<Mail>> folders = new TreeMap<>();

    /** The names of the folders. */
    Set<String> names() {
        return folders.keySet();
    }

    /** From now on it should be as it is. */
    void take(Account account) {
        folders.clear();
        folders.putAll(read(account));
    }

    /** The mail of a folder. */
    List<Mail> in(String folder) {
        return List.copyOf(folders.get(folder));
    }

    /** The mail of a folder with that subject. */
    Mail find(String folder, String subject) {
        return folders.get(folder).stream().filter(mail -> subject(mail).equals(subject))
                .findFirst().orElseThrow(() -> new IllegalStateException("no mail " + subject + " in " + folder));
    }

    /** A mail comes into a folder. */
    void add(String folder, Mail mail) {
        folders.get(folder).add(mail);
    }

    /** A mail leaves its folder. */
    void remove(String folder, Mail mail) {
        folders.get(folder).remove(mail);
    }

    /** A mail gets further flags. */
    void flag(String folder, Mail mail, Flags flags) {
        folders.get(folder).replaceAll(each -> each == mail ? mail.plus(flags) : each);
    }

    /** Every mail of a folder gets further flags. */
    void flagAll(String folder, Flags flags) {
        folders.get(folder).replaceAll(mail -> mail.plus(flags));
    }

    /**
     * The last mail of a folder was brought by a client, which may have changed it in a way it documents: it should be
     * as it is. Fails when it was changed in another way.
     */
    void takeLast(String folder, Account account, UnaryOperator<byte[]> kept) throws Failed {
        var mails = folders.get(folder);
        var found = read(account).get(folder);
        if (found.size() != mails.size()) {
            return; // the check of the whole says it better
        }
        var expected = kept.apply(mails.getLast().octets());
        var held = kept.apply(found.getLast().octets());
        if (!Arrays.equals(expected, held)) {
            throw new Failed("the server was given another mail: " + Form.difference(expected, held));
        }
        mails.set(mails.size() - 1, new Mail(found.getLast().octets(), mails.getLast().flags()));
    }

    /** Fails unless the server holds exactly this: folders, octets, flags. */
    void check(Account account) throws Failed {
        var held = read(account);
        if (!held.keySet().equals(folders.keySet())) {
            throw new Failed("the server should hold the folders " + folders.keySet() + " but holds " + held.keySet());
        }
        for (var folder : folders.keySet()) {
            var expected = folders.get(folder);
            var found = held.get(folder);
            if (expected.size() != found.size()) {
                throw new Failed("the server should hold " + subjects(expected) + " in " + folder + " but holds "
                        + subjects(found));
            }
            for (var i = 0; i < expected.size(); i++) {
                check("at the server, " + folder, expected.get(i), found.get(i));
            }
        }
    }

    /** Fails unless a client's copy holds what it keeps of this: folders, octets, flags. */
    void check(Map<String, List<Copy>> copy, SyncClient client) throws Failed {
        if (!copy.keySet().equals(folders.keySet())) {
            throw new Failed("the copy should hold the folders " + folders.keySet() + " but holds " + copy.keySet());
        }
        for (var folder : folders.keySet()) {
            compare("in the copy, " + folder,
                    folders.get(folder).stream()
                            .map(mail -> new Mail(client.kept(mail.octets()), client.kept(mail.flags()))).toList(),
                    copy.get(folder).stream()
                            .map(mail -> new Mail(client.kept(mail.octets()), client.kept(mail.flags()))).toList());
        }
    }

    /** Fails unless what was taken out of the INBOX is this, in any order. */
    static void check(List<Mail> expected, List<byte[]> taken, UnaryOperator<byte[]> kept) throws Failed {
        compare("taken", expected.stream().map(mail -> new Mail(kept.apply(mail.octets()), Flags.NONE)).toList(),
                taken.stream().map(octets -> new Mail(kept.apply(octets), Flags.NONE)).toList());
    }

    // In any order. Of what matches nothing, two mails with the same Message-ID are told as one that differs.
    private static void compare(String where, List<Mail> expected, List<Mail> found) throws Failed {
        var missing = new ArrayList<Mail>();
        var unexpected = new ArrayList<>(found);
        for (var mail : expected) {
            var match = unexpected.stream().filter(other -> same(mail, other)).findFirst();
            if (match.isPresent()) {
                unexpected.remove(match.get());
            } else {
                missing.add(mail);
            }
        }
        for (var mail : missing) {
            for (var other : unexpected) {
                if (Form.field("Message-ID", mail.octets()).equals(Form.field("Message-ID", other.octets()))) {
                    check(where, mail, other);
                }
            }
        }
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new Failed(where + ": missing " + subjects(missing) + ", unexpected " + subjects(unexpected));
        }
    }

    private static void check(String where, Mail expected, Mail found) throws Failed {
        var name = where + ", \"" + subject(expected) + "\"";
        if (!Arrays.equals(expected.octets(), found.octets())) {
            throw new Failed(name + ": " + Form.difference(expected.octets(), found.octets()));
        }
        if (!expected.flags().equals(found.flags())) {
            throw new Failed(name + ": flags " + expected.flags() + " expected, " + found.flags() + " found");
        }
    }

    private static boolean same(Mail one, Mail other) {
        return one.flags().equals(other.flags()) && Arrays.equals(one.octets(), other.octets());
    }

    private static List<String> subjects(List<Mail> mails) {
        return mails.stream().map(Mailboxes::subject).toList();
    }

    private static String subject(Mail mail) {
        return new String(Form.octets(Form.field("Subject", mail.octets())), StandardCharsets.UTF_8);
    }

    private static Map<String, List<Mail>> read(Account account) {
        var found = new TreeMap<String, List<Mail>>();
        for (var folder : account.folders().values()) {
            if (folder.selectable()) {
                found.put(folder.name(), new ArrayList<>(folder.messages().values().stream()
                        .map(message -> new Mail(message.content().octets(), message.flags())).toList()));
            }
        }
        return found;
    }
}
