package dev.mailscope.lab.device;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/**
 * A device that speaks IMAP: the mail stays on the server, what is here is a cache of all folders. What is done on it is
 * done on the server; offline, it is noted and played back later (RFC 4549 section 3).
 */
public final class ImapDevice extends Device {
    private final ImapSettings settings;
    private volatile List<Noted> noted = List.of();
    private long lastProvisional;
    // The UIDs that messages moved on the device have been given by the server.
    private final Map<Long, Long> given = new HashMap<>();
    private Idling idling;

    /** A new device, with nothing on it. */
    public ImapDevice(String name, MailAccount account, ImapSettings settings, Clock clock) {
        super(name, account, clock);
        this.settings = settings;
    }

    @Override
    public String protocol() {
        return "imap";
    }

    @Override
    public String mode() {
        return settings.words();
    }

    /** How it keeps its copy in step. */
    public ImapSettings settings() {
        return settings;
    }

    @Override
    public List<Action> pending() {
        return noted.stream().map(Noted::action).toList();
    }

    @Override
    public DeviceMemory memory() {
        lock.lock();
        try {
            return new DeviceMemory(copy(), isOnline(), noted, lastProvisional, given);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void takeOver(DeviceMemory memory) {
        noted = memory.noted();
        lastProvisional = memory.lastNumber();
        given.putAll(memory.given());
    }

    @Override
    public void perform(Action action) throws IOException {
        lock.lock();
        try {
            var folder = copy().folder(action.folder());
            var message = messageOf(action);
            var next = action.applyTo(copy(), --lastProvisional);
            noted = plus(new Noted(action, lastProvisional, folder.map(LocalFolder::uidValidity).orElse(0L),
                    message == null ? null : message.flags()));
            set(next);
            if (isOnline()) {
                metered(action.words(), () -> withStore(store -> {
                    var touched = playBack(store);
                    var sync = new ImapSync(this, store, settings.method());
                    for (var name : touched) {
                        sync.folder(name);
                    }
                }));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void bringInStep() throws MessagingException, IOException {
        withStore(store -> {
            playBack(store);
            new ImapSync(this, store, settings.method()).all();
        });
        if (settings.idle()) {
            idle();
        }
    }

    /** Looks at the INBOX only, as after a push. */
    private void refreshInbox() throws IOException {
        lock.lock();
        try {
            if (isOnline()) {
                metered(mode() + " (pushed)", () -> withStore(store -> {
                    playBack(store);
                    new ImapSync(this, store, settings.method()).folder("INBOX");
                }));
            }
        } finally {
            lock.unlock();
        }
    }

    private interface StoreWork {
        void run(IMAPStore store) throws MessagingException, IOException;
    }

    private void withStore(StoreWork work) throws MessagingException, IOException {
        try (var store = connect(PATIENCE)) {
            work.run(store);
        }
    }

    /** A connection that has logged in and said which device it is (RFC 2971). */
    IMAPStore connect(Duration patience) throws MessagingException {
        var store = new IMAPStore(session("imap", patience), new URLName("imap", account().host(), account().imapPort(), null,
                account().user(), account().password()));
        store.connect();
        if (store.hasCapability("ID")) {
            store.id(Map.of("name", name()));
        }
        return store;
    }

    /** Does on the server what was done here; gives the folders it has touched. */
    private TreeSet<String> playBack(IMAPStore store) throws MessagingException {
        var touched = new TreeSet<String>();
        while (!noted.isEmpty()) {
            var next = noted.getFirst();
            var problem = "";
            try {
                problem = playBack(store, next, touched);
            } catch (FolderNotFoundException e) {
                problem = "there is no such folder on the server any more";
            }
            if (problem.isEmpty()) {
                tally().sent++;
            } else {
                conflict(next.action(), problem);
            }
            noted = List.copyOf(noted.subList(1, noted.size()));
            changed();
        }
        touched.removeIf(name -> copy().folder(name).isEmpty());
        return touched;
    }

    /** Does one thing on the server; says why it cannot be done, or nothing. */
    private String playBack(IMAPStore store, Noted next, TreeSet<String> touched) throws MessagingException {
        return switch (next.action()) {
            case Action.CreateFolder(var name) -> {
                var folder = store.getFolder(name);
                if (folder.exists()) {
                    yield "there is such a folder on the server already, made elsewhere; it is used";
                }
                yield folder.create(Folder.HOLDS_MESSAGES | Folder.HOLDS_FOLDERS) ? ""
                        : "the server did not make the folder";
            }
            case Action.RenameFolder(var name, var newName) -> {
                var folder = store.getFolder(name);
                if (!folder.exists()) {
                    yield "there is no such folder on the server any more";
                }
                yield folder.renameTo(store.getFolder(newName)) ? "" : "the server did not rename the folder";
            }
            case Action.SetFlag a -> withMessage(store, next, a.id(), touched, (folder, message) -> {
                folder.setFlags(message, ImapFlags.of(a.flag()), a.set());
                return "";
            });
            case Action.Delete a -> withMessage(store, next, a.id(), touched, (folder, message) -> {
                folder.setFlags(message, new Flags(Flags.Flag.DELETED), true);
                folder.expunge(message);
                return "";
            });
            case Action.Move a -> {
                touched.add(a.target());
                yield withMessage(store, next, a.id(), touched, (folder, message) -> {
                    var target = store.getFolder(a.target());
                    if (!target.exists()) {
                        return "there is no folder " + a.target() + " on the server any more; the message stays";
                    }
                    var moved = folder.moveUIDMessages(message, target);
                    if (moved != null && moved.length == 1 && moved[0] != null) {
                        given.put(next.provisional(), moved[0].uid);
                    }
                    return "";
                });
            }
        };
    }

    private interface MessageWork {
        String run(IMAPFolder folder, Message[] message) throws MessagingException;
    }

    private String withMessage(IMAPStore store, Noted next, long id, TreeSet<String> touched, MessageWork work)
            throws MessagingException {
        touched.add(next.action().folder());
        var uid = given.getOrDefault(id, id);
        if (uid < 0) {
            return "the message could not be moved here";
        }
        var folder = (IMAPFolder) store.getFolder(next.action().folder());
        folder.open(Folder.READ_WRITE);
        try {
            if (id > 0 && next.uidValidity() != 0 && folder.getUIDValidity() != next.uidValidity()) {
                return "the folder on the server is another one now, and its UIDs are void";
            }
            var message = folder.getMessageByUID(uid);
            if (message == null) {
                return "the message was deleted or moved elsewhere";
            }
            var there = ImapFlags.of(message.getFlags());
            var problem = work.run(folder, new Message[] {message});
            return problem.isEmpty() && next.action() instanceof Action.Delete && !there.equals(next.flags())
                    ? "done, but the message had been changed elsewhere: " + String.join(" ", there.names()) : problem;
        } finally {
            folder.close(false);
        }
    }

    private LocalMessage messageOf(Action action) {
        return switch (action) {
            case Action.SetFlag a -> copy().message(a.folder(), a.id()).orElse(null);
            case Action.Delete a -> copy().message(a.folder(), a.id()).orElse(null);
            case Action.Move a -> copy().message(a.folder(), a.id()).orElse(null);
            case Action.CreateFolder a -> null;
            case Action.RenameFolder a -> null;
        };
    }

    private List<Noted> plus(Noted one) {
        var longer = new ArrayList<>(noted);
        longer.add(Objects.requireNonNull(one));
        return List.copyOf(longer);
    }

    /** Stays connected, and is told at once what happens in the INBOX. */
    private void idle() {
        if (idling == null || idling.isOver()) {
            idling = new Idling(this, this::refreshInbox);
            idling.start();
        }
    }

    /** True while it waits to be told what happens in the INBOX. */
    public boolean isIdling() {
        var now = idling;
        return now != null && now.isIdling();
    }

    @Override
    void goingOffline() {
        var now = idling;
        if (now != null) {
            now.end();
        }
    }
}
