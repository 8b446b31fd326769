package dev.mailscope.lab.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MailEvent;
import jakarta.mail.event.MessageChangedEvent;

import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.MessageVanishedEvent;
import org.eclipse.angus.mail.imap.ResyncData;

import dev.mailscope.server.trace.Octets;

/** Brings a device's folders in step with the server, over one connection (RFC 4549, RFC 7162). */
final class ImapSync {
    private final ImapDevice device;
    private final IMAPStore store;
    private final ImapSettings.Method method;

    ImapSync(ImapDevice device, IMAPStore store, ImapSettings.Method method) {
        this.device = device;
        this.store = store;
        this.method = method;
    }

    /** The folders there are, and the mail in each. */
    void all() throws MessagingException, IOException {
        var selectable = new ArrayList<String>();
        var there = new HashSet<String>();
        for (var folder : store.getDefaultFolder().list("*")) {
            there.add(folder.getFullName());
            if ((folder.getType() & Folder.HOLDS_MESSAGES) != 0) {
                selectable.add(folder.getFullName());
            }
        }
        for (var name : List.copyOf(device.copy().folders().keySet())) {
            if (!there.contains(name)) {
                device.tally().removed += device.copy().folders().get(name).messages().size();
                device.set(device.copy().without(name));
            }
        }
        for (var name : there) {
            if (device.copy().folder(name).isEmpty()) {
                device.set(device.copy().with(LocalFolder.empty(name)));
            }
        }
        for (var name : selectable) {
            folder(name);
        }
    }

    /** One folder. */
    void folder(String name) throws MessagingException, IOException {
        var local = device.copy().folder(name).orElseGet(() -> LocalFolder.empty(name));
        var folder = (IMAPFolder) store.getFolder(name);
        var told = open(folder, local);
        try {
            if (local.uidValidity() != folder.getUIDValidity()) {
                // All UIDs are void: what is here may be anything (RFC 9051 section 2.3.1.1).
                device.tally().removed += local.messages().size();
                local = LocalFolder.empty(name);
                device.set(device.copy().with(local));
            }
            // A message that was moved here without the server is here twice from now on, unless it goes.
            var provisional = local.messages().keySet().stream().filter(id -> id < 0).toList();
            for (var id : provisional) {
                local = local.without(id);
            }
            var wanted = local.uidNext() == 0 ? full(folder, local) : switch (method) {
                case FULL -> full(folder, local);
                case CONDSTORE -> changedSince(folder, local);
                case QRESYNC -> resynchronised(folder, local, told);
            };
            fetch(folder, wanted);
            var next = device.copy().folder(name).orElseThrow();
            for (var id : provisional) {
                next = next.without(id);
            }
            device.set(device.copy().with(next.upTo(folder.getUIDValidity(), folder.getUIDNext(),
                    method == ImapSettings.Method.FULL ? 0 : Math.max(0, folder.getHighestModSeq()))));
        } finally {
            folder.close(false);
        }
    }

    private List<MailEvent> open(IMAPFolder folder, LocalFolder local) throws MessagingException {
        var data = switch (method) {
            case FULL -> null;
            case CONDSTORE -> ResyncData.CONDSTORE;
            case QRESYNC -> local.modSeq() == 0 ? ResyncData.CONDSTORE
                    : new ResyncData(local.uidValidity(), local.modSeq());
        };
        var told = folder.open(Folder.READ_ONLY, data);
        return told == null ? List.of() : told;
    }

    /** Asks for the UID and the flags of every message; gives the UIDs of those that are not here. */
    private List<Long> full(IMAPFolder folder, LocalFolder local) throws MessagingException {
        var messages = folder.getMessages();
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.FLAGS);
        folder.fetch(messages, profile);
        var there = new HashSet<Long>();
        var wanted = new ArrayList<Long>();
        for (var message : messages) {
            var uid = folder.getUID(message);
            there.add(uid);
            heard(local, uid, message, wanted);
        }
        keepOnly(local, there);
        return wanted;
    }

    /** Asks for what has changed since; for all UIDs only where their number says that some are gone. */
    private List<Long> changedSince(IMAPFolder folder, LocalFolder local) throws MessagingException {
        var wanted = new ArrayList<Long>();
        if (folder.getHighestModSeq() > local.modSeq()) {
            for (var message : folder.getMessagesByUIDChangedSince(1, UIDFolder.LASTUID, local.modSeq())) {
                heard(local, folder.getUID(message), message, wanted);
            }
        }
        if (local.messages().size() + wanted.size() != folder.getMessageCount()) {
            var messages = folder.getMessages();
            var profile = new FetchProfile();
            profile.add(UIDFolder.FetchProfileItem.UID);
            folder.fetch(messages, profile);
            var there = new HashSet<Long>();
            for (var message : messages) {
                there.add(folder.getUID(message));
            }
            keepOnly(local, there);
        }
        return wanted;
    }

    /** Takes what the server has told as the folder was opened. */
    private List<Long> resynchronised(IMAPFolder folder, LocalFolder local, List<MailEvent> told)
            throws MessagingException {
        var wanted = new ArrayList<Long>();
        for (var event : told) {
            if (event instanceof MessageVanishedEvent vanished) {
                for (var uid : vanished.getUIDs()) {
                    remove(local.name(), uid);
                }
            } else if (event instanceof MessageChangedEvent change) {
                heard(local, folder.getUID(change.getMessage()), change.getMessage(), wanted);
            }
        }
        if (folder.getUIDNext() > local.uidNext()) {
            for (var message : folder.getMessagesByUID(local.uidNext(), UIDFolder.LASTUID)) {
                var uid = message == null ? 0 : folder.getUID(message);
                // "n:*" names the last message even when it is older.
                if (uid >= local.uidNext() && !wanted.contains(uid)) {
                    wanted.add(uid);
                }
            }
        }
        return wanted;
    }

    /** The flags of a message on the server; one that is not here is wanted. */
    private void heard(LocalFolder local, long uid, Message message, List<Long> wanted) throws MessagingException {
        var here = local.messages().get(uid);
        if (here == null) {
            wanted.add(uid);
            return;
        }
        var flags = ImapFlags.of(message.getFlags());
        if (!flags.equals(here.flags())) {
            device.tally().changed++;
            device.set(device.copy().with(device.copy().folder(local.name()).orElseThrow().with(uid, flags)));
        }
    }

    private void keepOnly(LocalFolder local, Set<Long> there) {
        for (var uid : local.messages().keySet()) {
            if (!there.contains(uid)) {
                remove(local.name(), uid);
            }
        }
    }

    private void remove(String name, long uid) {
        var folder = device.copy().folder(name).orElseThrow();
        if (folder.messages().containsKey(uid)) {
            device.tally().removed++;
            device.set(device.copy().with(folder.without(uid)));
        }
    }

    private void fetch(IMAPFolder folder, List<Long> uids) throws MessagingException, IOException {
        if (uids.isEmpty()) {
            return;
        }
        var messages = Arrays.stream(folder.getMessagesByUID(uids.stream().mapToLong(Long::longValue).toArray()))
                .filter(message -> message != null).toArray(Message[]::new);
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(IMAPFolder.FetchProfileItem.MESSAGE);
        folder.fetch(messages, profile);
        for (var message : messages) {
            if (!message.isExpunged()) {
                var octets = new ByteArrayOutputStream();
                message.writeTo(octets);
                var name = folder.getFullName();
                device.tally().fetched++;
                device.set(device.copy().with(device.copy().folder(name).orElseThrow().with(new LocalMessage(
                        folder.getUID(message), "", ImapFlags.of(message.getFlags()), device.clock.instant(),
                        Octets.of(octets.toByteArray())))));
            }
        }
    }
}
