package dev.mailscope.server.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.BinaryInput;
import dev.mailscope.server.trace.BinaryOutput;
import dev.mailscope.server.trace.OctetsType;

/**
 * The file of everything but the mail bodies, an MVStore of maps from numbers to sealed rows: {@code store} (what it is;
 * the counters), {@code accounts}, {@code folders} (by id), {@code messages} (by folder and UID), {@code vanished} (by
 * modification sequence), {@code passwords} (verifiers). Nothing in it is ever deserialised. For one thread.
 */
final class StateFile {
    private static final String MAGIC = "Mailscope store";
    private static final int VERSION = 1;
    private static final long ABOUT = 0;
    private static final long SERVER = 1;
    private static final int UID_BITS = 32;
    // Freed space is not written over while the sync that frees it may not have reached the disk.
    private static final int RETENTION_MILLIS = 500;
    private static final int CACHE_MIB = 16;
    private static final int COMPACT_FILL = 50;
    private static final int COMPACT_OCTETS = 1 << 20;
    private static final int COMPACT_AFTER = 500;

    private final Path path;
    private final Disk disk;
    private final Map<String, Long> accountRows = new HashMap<>();
    private final Map<String, Long> passwordRows = new HashMap<>();
    private MVStore store;
    private MVMap<Long, byte[]> about;
    private MVMap<Long, byte[]> accounts;
    private MVMap<Long, byte[]> folders;
    private MVMap<Long, byte[]> messages;
    private MVMap<Long, byte[]> vanished;
    private MVMap<Long, byte[]> passwords;
    private int commits;

    private StateFile(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    /** What the file says. */
    record Loaded(ServerState state, Map<String, List<ScramVerifier>> passwords) {
    }

    /** Makes the file of an empty store; it appears whole or not at all. */
    static void create(Path path, Disk disk) throws IOException {
        var unfinished = path.resolveSibling(path.getFileName() + MailFiles.UNFINISHED);
        PrivateFiles.open(unfinished).close();
        var file = new StateFile(unfinished, disk);
        try {
            file.openMaps();
            var header = new BinaryOutput();
            header.text(MAGIC);
            header.number(VERSION);
            file.about.put(ABOUT, header.seal());
            file.about.put(SERVER, StateRows.Server.encode(ServerState.EMPTY));
            file.store.commit();
            file.store.sync();
            file.store.close(0);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.sync(path.toAbsolutePath().getParent());
        } catch (MVStoreException e) {
            throw new IOException(path + " cannot be written: " + reason(e), e);
        }
    }

    /** Opens the file. IOException, naming it, when another process has it open, or it is of a newer version. */
    static StateFile open(Path path, Disk disk) throws IOException {
        if (Files.size(path) == 0) {
            throw new IOException(path + " is damaged: it is empty");
        }
        var file = new StateFile(path, disk);
        try {
            file.openMaps();
        } catch (MVStoreException e) {
            throw switch (e.getErrorCode()) {
                case DataUtils.ERROR_FILE_LOCKED -> new IOException("the store " + path.getParent()
                        + " is in use by another Mailscope", e);
                default -> new IOException(path + " is damaged: " + reason(e), e);
            };
        }
        try {
            file.check();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void openMaps() {
        store = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0).cacheSize(CACHE_MIB)
                .adoptFileStore(disk.state(path)).open();
        try {
            store.setVersionsToKeep(0);
            store.setRetentionTime(RETENTION_MILLIS);
            about = map("store");
            accounts = map("accounts");
            folders = map("folders");
            messages = map("messages");
            vanished = map("vanished");
            passwords = map("passwords");
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    private MVMap<Long, byte[]> map(String name) {
        return store.openMap(name, new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(OctetsType.INSTANCE));
    }

    private void check() throws IOException {
        try {
            var row = about.get(ABOUT);
            var in = new BinaryInput(row == null ? new byte[0] : row);
            var magic = in.text();
            var version = in.number();
            if (!MAGIC.equals(magic)) {
                throw new IOException("damaged: it is no store of Mailscope");
            }
            if (version > VERSION) {
                throw new IOException("written by a newer Mailscope: it has format " + version + ", and this one"
                        + " reads format " + VERSION);
            }
        } catch (IOException | MVStoreException e) {
            throw new IOException(path + " is " + reason(e).replaceFirst("^(?!damaged|written)", "damaged: "), e);
        }
    }

    /** Reads all of it. IOException says what is damaged, or missing. */
    Loaded load(MailFiles files) throws IOException {
        var at = "the counters";
        try {
            var row = about.get(SERVER);
            var server = StateRows.Server.decode(row == null ? new byte[0] : row);
            var messagesOf = new HashMap<Long, TreePMap<Long, Message>>();
            for (var number = messages.firstKey(); number != null; number = messages.higherKey(number)) {
                var folder = number >>> UID_BITS;
                at = "message " + (number & 0xFFFF_FFFFL) + " of folder " + folder;
                var message = StateRows.message(messages.get(number), files);
                messagesOf.merge(folder, TreePMap.singleton(message.uid(), message),
                        (all, one) -> all.plus(message.uid(), message));
            }
            var vanishedOf = new HashMap<Long, TreePMap<Long, Long>>();
            for (var number = vanished.firstKey(); number != null; number = vanished.higherKey(number)) {
                at = "the expunge with the modification sequence " + number;
                var gone = StateRows.Vanished.decode(vanished.get(number));
                var modSeq = number;
                vanishedOf.merge(gone.folderId(), TreePMap.singleton(modSeq, gone.uid()),
                        (all, one) -> all.plus(modSeq, gone.uid()));
            }
            var foldersOf = new HashMap<String, List<Folder>>();
            for (var id = folders.firstKey(); id != null; id = folders.higherKey(id)) {
                at = "folder " + id;
                var folder = StateRows.OfFolder.decode(folders.get(id));
                var held = messagesOf.remove(id);
                var remembered = vanishedOf.remove(id);
                foldersOf.computeIfAbsent(folder.account(), name -> new ArrayList<>()).add(folder.with(id,
                        held == null ? TreePMap.empty() : held, remembered == null ? TreePMap.empty() : remembered));
            }
            at = "the list of folders";
            if (!messagesOf.isEmpty() || !vanishedOf.isEmpty()) {
                throw new IOException("damaged: a folder is missing");
            }
            var all = new TreeMap<String, Account>();
            for (var number = accounts.firstKey(); number != null; number = accounts.higherKey(number)) {
                at = "account " + number;
                var account = StateRows.OfAccount.decode(accounts.get(number));
                accountRows.put(account.name(), number);
                all.put(account.name(), account(account, foldersOf.remove(account.name())));
            }
            at = "the list of accounts";
            if (!foldersOf.isEmpty()) {
                throw new IOException("damaged: an account is missing");
            }
            at = "the passwords";
            return new Loaded(new ServerState(server.version(), server.modSeq(), server.lastUidValidity(),
                    server.lastFolderId(), TreePMap.fromSortedMap(all), server.annotations()), loadPasswords());
        } catch (IOException | MVStoreException e) {
            throw new IOException(path + ", " + at + ": " + reason(e), e);
        }
    }

    private static Account account(StateRows.OfAccount row, List<Folder> folders) throws IOException {
        var byName = new TreeMap<String, Folder>();
        PMap<Long, String> names = HashTreePMap.empty();
        for (var folder : folders == null ? List.<Folder>of() : folders) {
            byName.put(folder.name(), folder);
            names = names.plus(folder.id(), folder.name());
        }
        if (!byName.containsKey(Folder.INBOX)) {
            throw new IOException("damaged: the INBOX of " + row.name() + " is missing");
        }
        return new Account(row.name(), TreePMap.fromSortedMap(byName), names, TreePSet.from(row.subscriptions()),
                row.quota(), row.annotations());
    }

    private Map<String, List<ScramVerifier>> loadPasswords() throws IOException {
        var known = new HashMap<String, List<ScramVerifier>>();
        for (var number = passwords.firstKey(); number != null; number = passwords.higherKey(number)) {
            var row = StateRows.Verifiers.decode(passwords.get(number));
            passwordRows.put(row.account(), number);
            known.put(row.account(), row.verifiers());
        }
        return known;
    }

    /** Writes what is pending, and makes sure that it is on the disk. MVStoreException when that fails. */
    void write(Pending pending) {
        var state = pending.state();
        if (state != null) {
            for (var name : pending.accounts()) {
                put(accounts, accountRows, name, state.account(name).map(StateRows.OfAccount::encode).orElse(null));
            }
            pending.folders().forEach((id, account) -> {
                var folder = state.folder(account, id);
                put(folders, id, folder.map(now -> StateRows.OfFolder.encode(account, now)).orElse(null));
            });
            for (var place : pending.messages()) {
                var message = state.folder(place.account(), place.folderId()).map(f -> f.message(place.uid()));
                put(messages, (long) Math.toIntExact(place.folderId()) << UID_BITS | place.uid(),
                        message.map(StateRows::message).orElse(null));
            }
            pending.vanished().forEach((at, row) -> vanished.put(at, row.encode()));
            pending.forgotten().forEach(vanished::remove);
            about.put(SERVER, StateRows.Server.encode(state));
        }
        pending.verifiers().forEach((account, known) -> put(passwords, passwordRows, account,
                known.map(verifiers -> StateRows.Verifiers.encode(account, verifiers)).orElse(null)));
        store.commit();
        store.sync();
        if (++commits % COMPACT_AFTER == 0 && store.compact(COMPACT_FILL, COMPACT_OCTETS)) {
            store.commit();
        }
    }

    private static void put(MVMap<Long, byte[]> map, Map<String, Long> rows, String name, byte[] row) {
        if (row == null) {
            var number = rows.remove(name);
            if (number != null) {
                map.remove(number);
            }
            return;
        }
        var number = rows.get(name);
        if (number == null) {
            number = rows.values().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
            rows.put(name, number);
        }
        map.put(number, row);
    }

    private static void put(MVMap<Long, byte[]> map, long number, byte[] row) {
        if (row == null) {
            map.remove(number);
        } else {
            map.put(number, row);
        }
    }

    /** After a failure to write: opens what has been written before. MVStoreException when that fails too. */
    void reopen() {
        store.closeImmediately();
        openMaps();
    }

    /** Closes the file; what was written stays. */
    void close() {
        if (!store.isClosed()) {
            store.close(0);
        }
    }

    /** Gives the file up as it is. */
    void abandon() {
        store.closeImmediately();
    }

    /** What went wrong, in the words of the innermost cause, which is the operating system's. */
    static String reason(Throwable error) {
        var innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof FileSystemException file) {
            // Its message begins with a path that is nobody's business.
            return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
