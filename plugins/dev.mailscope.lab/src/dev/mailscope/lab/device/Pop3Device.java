package dev.mailscope.lab.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.pop3.POP3Store;
import org.pcollections.HashTreePSet;

import dev.mailscope.server.trace.Octets;

/**
 * A device that speaks POP3 (RFC 1939): only what is in the INBOX of the server comes down, and what is done with it on
 * the device, read marks and folders included, stays there.
 */
public final class Pop3Device extends Device {
    private static final String INBOX = "INBOX";

    private final Pop3Settings settings;
    // Numbers are given once on a device, whatever folder a message is in.
    private long lastNumber;

    /** A new device, with nothing on it. */
    public Pop3Device(String name, MailAccount account, Pop3Settings settings, Clock clock) {
        super(name, account, clock);
        this.settings = settings;
    }

    @Override
    public String protocol() {
        return "pop3";
    }

    @Override
    public String mode() {
        return settings.words();
    }

    /** What it does with the mail on the server. */
    public Pop3Settings settings() {
        return settings;
    }

    @Override
    public DeviceMemory memory() {
        lock.lock();
        try {
            return new DeviceMemory(copy(), isOnline(), List.of(), lastNumber, Map.of());
        } finally {
            lock.unlock();
        }
    }

    @Override
    void takeOver(DeviceMemory memory) {
        lastNumber = memory.lastNumber();
    }

    /** None: the server hears of nothing that is done here, but of deletions where the settings say so. */
    @Override
    public List<Action> pending() {
        return List.of();
    }

    @Override
    public void perform(Action action) {
        lock.lock();
        try {
            set(action.applyTo(copy(), action instanceof Action.Move move ? move.id() : 0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    void goingOffline() {
        // Between two synchronisations nobody waits.
    }

    @Override
    void bringInStep() throws MessagingException, IOException {
        try (var store = new POP3Store(session("pop3", PATIENCE), new URLName("pop3", account().host(), account().pop3Port(), null,
                account().user(), account().password()))) {
            store.connect();
            var drop = (POP3Folder) store.getFolder(INBOX);
            drop.open(Folder.READ_WRITE);
            var orderly = false;
            try {
                retrieve(drop);
                orderly = true;
            } finally {
                // With QUIT the server goes into Update and deletes what was marked; after an error nothing is.
                drop.close(orderly);
            }
        }
    }

    private void retrieve(POP3Folder drop) throws MessagingException, IOException {
        var messages = drop.getMessages();
        var ids = uniqueIds(drop, messages);
        var known = copy().retrieved();
        for (var message : messages) {
            if (!known.contains(ids.get(message))) {
                take(message, ids.get(message));
            }
        }
        for (var message : messages) {
            if (!settings.keep() || isDone(ids.get(message))) {
                message.setFlag(Flags.Flag.DELETED, true);
            }
        }
        // What the server no longer has can never come again.
        set(copy().withRetrieved(HashTreePSet.from(copy().retrieved().stream().filter(ids::containsValue).toList())));
    }

    private static Map<Message, String> uniqueIds(POP3Folder drop, Message[] messages) throws MessagingException {
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        drop.fetch(messages, profile);
        var ids = new HashMap<Message, String>();
        for (var message : messages) {
            ids.put(message, drop.getUID(message));
        }
        return ids;
    }

    private void take(Message message, String uniqueId) throws MessagingException, IOException {
        var octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        var inbox = copy().folder(INBOX).orElseGet(() -> LocalFolder.empty(INBOX));
        var next = copy().with(inbox.with(new LocalMessage(++lastNumber, uniqueId,
                dev.mailscope.server.mailbox.Flags.NONE, clock.instant(), Octets.of(octets.toByteArray()))));
        set(next.withRetrieved(next.retrieved().plus(uniqueId)));
        tally().fetched++;
    }

    /** True when a message that is kept on the server is to be kept no longer. */
    private boolean isDone(String uniqueId) {
        var here = here(uniqueId);
        if (here.isEmpty()) {
            return settings.deleteWhenDeleted();
        }
        return settings.leave().isPresent()
                && !here.get().fetched().plus(settings.leave().get()).isAfter(clock.instant());
    }

    private Optional<LocalMessage> here(String uniqueId) {
        return copy().folders().values().stream().flatMap(folder -> folder.messages().values().stream())
                .filter(message -> message.uniqueId().equals(uniqueId)).findFirst();
    }
}
