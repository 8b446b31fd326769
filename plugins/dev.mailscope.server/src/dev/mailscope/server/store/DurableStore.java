package dev.mailscope.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.mailbox.StorageException;
import dev.mailscope.server.message.Content;

/**
 * Accounts and mail in a folder: {@code mailscope.mv} has everything but the mail bodies, {@code mail} one file for each
 * of those, {@code reserve} is room for the day when the disk is full, {@code closed} says how far the store went when it
 * was closed. One process at a time has it open.
 */
public final class DurableStore implements Storage, AutoCloseable {
    static final String STATE = "mailscope.mv";
    static final String MAIL = "mail";
    static final String RESERVE = "reserve";
    static final String CLOSED = "closed";

    private final Path folder;
    private final StateFile file;
    private final MailFiles mail;
    private final Reserve reserve;
    private final Committer committer;
    private final ServerState state;
    private final Map<String, List<ScramVerifier>> passwords;
    private final int swept;
    private volatile ServerState last;

    private DurableStore(Path folder, StateFile file, Disk disk) throws IOException {
        this.folder = folder;
        this.file = file;
        this.mail = new MailFiles(folder.resolve(MAIL), disk);
        var loaded = file.load(mail);
        this.state = loaded.state();
        this.passwords = new HashMap<>(loaded.passwords());
        checkEnd();
        this.swept = mail.sweep(state.version());
        this.reserve = new Reserve(folder.resolve(RESERVE), disk);
        reserve.take();
        this.last = state;
        this.committer = new Committer(file, mail, reserve, state.version());
    }

    /**
     * Opens the store in that folder, and makes it where the folder is missing or empty. IOException, which names the
     * file: when the store is damaged, in use, of a newer version, or cannot be read or written. What is there then stays
     * as it is.
     */
    public static DurableStore open(Path folder) throws IOException {
        try {
            return open(folder.toAbsolutePath(), new Disk());
        } catch (AccessDeniedException e) {
            throw new IOException("the store " + folder + " cannot be used: no permission for " + e.getFile(), e);
        } catch (FileSystemException e) {
            throw new IOException("the store " + folder + " cannot be used: " + e.getFile() + ": " + e.getReason(), e);
        }
    }

    /** The same on a disk that can be made to fail. */
    static DurableStore open(Path folder, Disk disk) throws IOException {
        var path = folder.resolve(STATE);
        if (!Files.exists(path)) {
            make(folder, path, disk);
        }
        if (!Files.isWritable(folder) || !Files.isWritable(path)) {
            throw new IOException("the store " + folder + " cannot be written: it is read-only");
        }
        var file = StateFile.open(path, disk);
        try {
            PrivateFiles.folder(folder.resolve(MAIL));
            var store = new DurableStore(folder, file, disk);
            Files.deleteIfExists(folder.resolve(CLOSED));
            PrivateFiles.sync(folder);
            store.committer.start();
            return store;
        } catch (IOException | RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    private static void make(Path folder, Path path, Disk disk) throws IOException {
        if (Files.exists(folder)) {
            if (!Files.isDirectory(folder)) {
                throw new IOException("the store " + folder + " is no folder");
            }
            try (var files = Files.newDirectoryStream(folder,
                    file -> !file.getFileName().toString().equals(STATE + MailFiles.UNFINISHED))) {
                if (files.iterator().hasNext()) {
                    throw new IOException("the folder " + folder + " is not empty, and its " + STATE
                            + " is missing: it is no store, or a damaged one");
                }
            }
        }
        PrivateFiles.folder(folder);
        StateFile.create(path, disk);
    }

    /** A file that lost its end opens as it was earlier; where it was closed in peace, it must reach as far as then. */
    private void checkEnd() throws IOException {
        var closed = folder.resolve(CLOSED);
        if (!Files.exists(closed)) {
            return;
        }
        var version = Files.readString(closed, StandardCharsets.US_ASCII).strip();
        if (!version.equals(Long.toString(state.version()))) {
            throw new IOException(folder.resolve(STATE) + " is damaged: it ends with version " + state.version()
                    + " of the mail, and was closed with version " + version);
        }
    }

    /** What it held when it was opened. */
    public ServerState state() {
        return state;
    }

    /** What was known of each account's password when it was opened. */
    public Map<String, List<ScramVerifier>> passwords() {
        return Map.copyOf(passwords);
    }

    /** How many mails were removed at the opening that no message had: they were on their way in or out at a crash. */
    public int swept() {
        return swept;
    }

    /** Keeps what is known of an account's password, and waits until it is on the disk. StorageException when not. */
    public void keepPassword(String account, List<ScramVerifier> verifiers) {
        committer.write(account, Optional.of(List.copyOf(verifiers)));
    }

    /** Forgets what is known of an account's password. StorageException as above. */
    public void forgetPassword(String account) {
        committer.write(account, Optional.empty());
    }

    @Override
    public Optional<Arrival> receive(long octets) {
        checkRoom();
        try {
            return Optional.of(mail.receive(octets));
        } catch (IOException e) {
            throw new MailboxException(MailboxException.Reason.LIMIT,
                    "The message cannot be written to the disk: " + StateFile.reason(e) + ".");
        }
    }

    @Override
    public Hold hold(Content content) {
        checkRoom();
        try {
            return mail.hold(content);
        } catch (IOException | UncheckedIOException e) {
            throw new MailboxException(MailboxException.Reason.LIMIT,
                    "The message cannot be written to the disk: " + StateFile.reason(e) + ".");
        }
    }

    @Override
    public void admit(Commit commit) {
        var failure = committer.failure();
        if (failure != null) {
            throw new StorageException("The store cannot be written: " + failure + ".");
        }
        for (var change : commit.changes()) {
            if (grows(change)) {
                checkRoom();
            }
            if (change instanceof Change.MessageAdded added && !mail.has(added.message().content().id())) {
                throw new IllegalStateException("a message comes whose content nobody holds");
            }
        }
    }

    private void checkRoom() {
        if (!reserve.isThere()) {
            throw new MailboxException(MailboxException.Reason.LIMIT,
                    "The disk is full: only deleting is possible, which makes room.");
        }
    }

    /** True for what needs more room; what only changes, or goes, is done with the last of it. */
    private static boolean grows(Change change) {
        return switch (change) {
            case Change.AccountAdded c -> true;
            case Change.FolderCreated c -> true;
            case Change.MessageAdded c -> true;
            case Change.SubscriptionChanged c -> c.subscribed();
            case Change.AnnotationChanged c -> c.value().isPresent();
            case Change.ServerAnnotationChanged c -> c.value().isPresent();
            case Change.AccessChanged c -> c.rights().isPresent();
            case Change.AccountRemoved c -> false;
            case Change.FolderDeleted c -> false;
            case Change.FolderRenamed c -> false;
            case Change.SelectableChanged c -> false;
            case Change.SpecialUseChanged c -> false;
            case Change.QuotaChanged c -> false;
            case Change.MessageRemoved c -> false;
            case Change.FlagsChanged c -> false;
            case Change.RecentClaimed c -> false;
        };
    }

    @Override
    public void committed(Commit commit) {
        last = commit.after();
        mail.count(Pending.contents(commit), commit.after().version());
        committer.add(commit);
    }

    @Override
    public void awaitKept(long version) {
        committer.awaitKept(version);
    }

    /** Writes what is left and closes the folder; another process may open it then. */
    @Override
    public void close() {
        committer.close();
        if (committer.failure() != null) {
            file.abandon();
            return;
        }
        try (var channel = PrivateFiles.open(folder.resolve(CLOSED))) {
            channel.write(ByteBuffer.wrap((last.version() + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // It is only missed as a check at the next opening; a half-written one must not mislead it.
            folder.resolve(CLOSED).toFile().delete();
        }
        file.close();
    }
}
