package dev.mailscope.server.transcript;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.session.ImapOptions;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Recording;

/** Mail, accounts and a recording, and sessions on them without a socket. Its clock stands still until it is moved. */
public class SocketlessServer implements AutoCloseable {
    /** When everything happens until the clock is moved. */
    public static final OffsetDateTime NOW = OffsetDateTime.of(2026, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private final Recording recording;
    private final HandClock clock = new HandClock();
    private final MailStore store;
    private final Watch watch;
    private final Credentials credentials = new Credentials();
    private final MaildropLocks locks = new MaildropLocks(clock::nanos);
    private final List<SocketlessConnection> connections = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;
    private TlsPolicy tls = TlsPolicy.NONE;
    private boolean tlsFirst;
    private ImapOptions imap = ImapOptions.DEFAULT.withUtf8(true);
    private long sessions;

    /** A server without accounts that is recorded there. */
    public SocketlessServer(Recording recording) {
        this(recording, Storage.MEMORY, Watch.NONE);
    }

    /** The same, whose mail has room there, and which is looked after. */
    public SocketlessServer(Recording recording, Storage storage, Watch watch) {
        this.recording = recording;
        this.store = new MailStore(recording, clock, ServerState.EMPTY, storage);
        this.watch = watch;
    }

    /** Its mail. */
    public MailStore store() {
        return store;
    }

    /** Its trace. */
    public Recording recording() {
        return recording;
    }

    /** Who looks after it. */
    Watch watch() {
        return watch;
    }

    /** Who has which maildrop. */
    public MaildropLocks locks() {
        return locks;
    }

    /**
     * Lets that much time pass, or sets the clock back. IllegalArgumentException when it would be more than 200 years
     * from where it began.
     */
    public void pass(Duration time) {
        var next = clock.now.plus(time);
        if (next.isAfter(HandClock.LAST) || next.isBefore(HandClock.FIRST)) {
            throw new IllegalArgumentException("the clock goes on or back for 200 years and no longer");
        }
        clock.now = next;
    }

    /** Lets that much time pass whenever somebody looks at the clock from now on. */
    public void ticks(Duration time) {
        clock.tick = time;
    }

    /** Sets the limits of the connections opened from now on. */
    public void limits(Limits next) {
        limits = next;
    }

    /** The limits of the connections opened from now on. */
    public Limits limits() {
        return limits;
    }

    /** Sets what the connections opened from now on may do without TLS, and whether they begin with it. */
    public void tls(TlsPolicy policy, boolean first) {
        tls = policy;
        tlsFirst = first;
    }

    /** Does not offer UTF8=ACCEPT to the connections opened from now on. */
    public void withoutUtf8() {
        imap = imap.withUtf8(false);
    }

    /** Lets the connections opened from now on have LITERAL- instead of LITERAL+. */
    public void literalMinus() {
        imap = imap.withLiteralMinus(true);
    }

    /** Gives access lists no effect on the connections opened from now on. */
    public void withoutAcl() {
        imap = imap.withAcl(false);
    }

    /** Gives an identifier rights on a folder; null takes its entry from the list. */
    public void access(String user, String name, String identifier, Rights rights) {
        outside(transaction -> transaction.setAccess(user, transaction.folder(user, name).id(), identifier,
                Optional.ofNullable(rights)));
    }

    /** Opens an account by a bearer token too. */
    public void token(String user, String token) {
        credentials.setTokens(user, Set.of(token));
    }

    /** Makes an account with an empty INBOX. */
    public void account(String user, String password) {
        credentials.set(user, password);
        store.transact(Cause.SERVER, transaction -> {
            transaction.createAccount(user);
            return null;
        });
    }

    /** Changes what an account may hold. */
    public void quota(String user, UnaryOperator<Quota> change) {
        outside(transaction -> transaction.setQuota(user, change.apply(transaction.account(user).quota())));
    }

    /** Makes a folder. */
    public Folder folder(String user, String name) {
        return store.transact(Cause.SERVER, transaction -> transaction.createFolder(user, name));
    }

    /** Deletes a folder. */
    public void delete(String user, String name) {
        outside(transaction -> transaction.deleteFolder(user, name));
    }

    /** Renames a folder and those below it. */
    public void rename(String user, String from, String to) {
        outside(transaction -> transaction.renameFolder(user, from, to));
    }

    /** Says what a folder is for. */
    public void uses(String user, String name, List<SpecialUse> uses) {
        outside(transaction -> transaction.setSpecialUses(user, transaction.folder(user, name).id(), uses));
    }

    /** Subscribes a name, or no longer. */
    public void subscribe(String user, String name, boolean subscribed) {
        outside(transaction -> transaction.subscribe(user, name, subscribed));
    }

    /** Lets no session be told of the folder's present messages as recent. */
    public void claimRecent(String user, String name) {
        outside(transaction -> transaction.claimRecent(user, transaction.folder(user, name).id()));
    }

    /** Uses up that many UIDs of a folder. */
    public void comeAndGo(String user, String folder, int count) throws IOException {
        for (var i = 0; i < count; i++) {
            watch.look();
            remove(user, folder, deliver(user, folder, new byte[0], Flags.NONE, NOW));
        }
    }

    private void outside(Consumer<Transaction> change) {
        store.transact(Cause.SERVER, transaction -> {
            change.accept(transaction);
            return null;
        });
    }

    /** Delivers a mail and gives its UID. */
    public long deliver(String user, String folder, byte[] octets, Flags flags, OffsetDateTime date) {
        var content = Content.of(octets);
        return store.transact(Cause.SERVER, transaction -> transaction
                .append(user, transaction.folder(user, folder).id(), flags, date, content).uid());
    }

    /** Removes a message from outside any session; gives false when it is not there. */
    public boolean remove(String user, String folder, long uid) {
        return store.transact(Cause.SERVER, transaction -> transaction
                .expunge(user, transaction.folder(user, folder).id(), uid));
    }

    /** Replaces a message's flags from outside any session. */
    public void flags(String user, String folder, long uid, Flags flags) {
        store.transact(Cause.SERVER, transaction -> transaction
                .setFlags(user, transaction.folder(user, folder).id(), uid, flags));
    }

    /** Opens a connection of that protocol; its greeting is in its output. */
    public SocketlessConnection connect(String protocol) throws IOException {
        var kind = Protocols.named(protocol);
        sessions++;
        var context = new SessionContext(sessions, protocol, kind.phase(), store, credentials, limits, recording, tls,
                imap);
        var connection = SocketlessConnection.open(context, kind.factory().session(context, locks), watch, tlsFirst);
        connections.removeIf(other -> !other.isOpen());
        connections.add(connection);
        return connection;
    }

    /** Lets every session that wants to tell its client something do so, until none wants to. */
    public void settle() throws IOException {
        for (var told = true; told;) {
            told = false;
            for (var connection : connections) {
                told |= connection.pushIfWoken();
            }
        }
    }

    /** Cuts what is still open; the recording stays open. */
    @Override
    public void close() {
        connections.forEach(SocketlessConnection::cut);
    }

    /** A clock that is moved by hand. */
    private static final class HandClock extends Clock {
        // So that it can be counted in nanoseconds.
        private static final Instant FIRST = NOW.minusYears(200).toInstant();
        private static final Instant LAST = NOW.plusYears(200).toInstant();

        private volatile Instant now = Instant.from(NOW);
        private volatile Duration tick = Duration.ZERO;

        @Override
        public Instant instant() {
            var next = now.plus(tick);
            now = next.isAfter(LAST) ? LAST : next;
            return now;
        }

        /** The same as a clock that runs on. */
        long nanos() {
            return ChronoUnit.NANOS.between(Instant.from(NOW), now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
