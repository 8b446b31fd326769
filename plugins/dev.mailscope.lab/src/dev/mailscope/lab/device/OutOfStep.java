package dev.mailscope.lab.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.pop3.Maildrop;
import dev.mailscope.server.trace.Octets;

/**
 * One thing in which a device's copy and the account on the server differ.
 *
 * @param kind   in what
 * @param folder the folder's name
 * @param id     the message's number on the device, or its UID on the server for one that is missing on the device; 0
 *               for the folder as a whole
 */
public record OutOfStep(Kind kind, String folder, long id) {
    /** In what a copy and the server can differ. */
    public enum Kind {
        /** It is on this device and not, or no longer, on the server. */
        ONLY_HERE,
        /** It is on the server and not on this device. */
        MISSING_HERE,
        /** Its flags on the server are others. */
        STALE_FLAGS,
        /** It is in the same folder of this device twice. */
        DUPLICATE
    }

    /**
     * All in which that device and that account differ, by folder. With POP3 only the INBOX is compared, and no flags:
     * the protocol knows of nothing else.
     */
    public static List<OutOfStep> of(Device device, Account account) {
        return of(device, device.copy(), account);
    }

    /** The same with what the device kept at some moment, and the account at that moment. */
    public static List<OutOfStep> of(Device device, LocalCopy copy, Account account) {
        var found = new ArrayList<OutOfStep>();
        switch (device) {
            case Pop3Device pop3 -> pop3(copy, account.inbox(), found);
            case ImapDevice imap -> imap(copy, account, found);
        }
        for (var folder : copy.folders().values()) {
            duplicates(folder, found);
        }
        return List.copyOf(found);
    }

    private static void pop3(LocalCopy copy, Folder inbox, List<OutOfStep> found) {
        var there = new HashMap<String, Long>();
        inbox.messages().keySet().forEach(uid -> there.put(Maildrop.uniqueId(inbox, uid), uid));
        var here = new HashSet<String>();
        for (var folder : copy.folders().values()) {
            for (var message : folder.messages().values()) {
                here.add(message.uniqueId());
                if (!there.containsKey(message.uniqueId())) {
                    found.add(new OutOfStep(Kind.ONLY_HERE, folder.name(), message.id()));
                }
            }
        }
        there.forEach((uniqueId, uid) -> {
            if (!here.contains(uniqueId)) {
                found.add(new OutOfStep(Kind.MISSING_HERE, inbox.name(), uid));
            }
        });
    }

    private static void imap(LocalCopy copy, Account account, List<OutOfStep> found) {
        for (var local : copy.folders().values()) {
            var there = account.folder(local.name());
            if (there.isEmpty()) {
                found.add(new OutOfStep(Kind.ONLY_HERE, local.name(), 0));
                continue;
            }
            var valid = local.uidValidity() == there.get().uidValidity();
            for (var message : local.messages().values()) {
                var other = valid ? there.get().message(message.id()) : null;
                if (other == null) {
                    found.add(new OutOfStep(Kind.ONLY_HERE, local.name(), message.id()));
                } else if (!other.flags().equals(message.flags())) {
                    found.add(new OutOfStep(Kind.STALE_FLAGS, local.name(), message.id()));
                }
            }
            for (var uid : there.get().messages().keySet()) {
                if (!valid || !local.messages().containsKey(uid)) {
                    found.add(new OutOfStep(Kind.MISSING_HERE, local.name(), uid));
                }
            }
        }
        for (var name : account.folders().keySet()) {
            if (copy.folder(name).isEmpty()) {
                found.add(new OutOfStep(Kind.MISSING_HERE, name, 0));
            }
        }
    }

    private static void duplicates(LocalFolder folder, List<OutOfStep> found) {
        var seen = new HashSet<Octets>();
        for (var message : folder.messages().values()) {
            if (!seen.add(message.octets())) {
                found.add(new OutOfStep(Kind.DUPLICATE, folder.name(), message.id()));
            }
        }
    }
}
