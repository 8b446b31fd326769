package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.session.ImapOptions;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Mail, accounts and a recording, and sessions on them without a socket. Its clock stands still until it is moved. */
public final class TestServer implements AutoCloseable {
    /** When everything happens until the clock is moved. */
    public static final OffsetDateTime NOW = OffsetDateTime.of(2026, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private static final Logger LOG = Logger.getLogger("dev.mailscope");

    private final Recording recording = Recording.inMemory();
    private final HandClock clock = new HandClock();
    private final MailStore store = new MailStore(recording, clock);
    private final Credentials credentials = new Credentials();
    private final MaildropLocks locks = new MaildropLocks(clock::nanos);
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final List<TestConnection> connections = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Handler errorCollector = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {
            // kept in memory
        }

        @Override
        public void close() {
            // nothing to close
        }
    };
    private Limits limits = Limits.DEFAULT;
    private TlsPolicy tls = TlsPolicy.NONE;
    private boolean tlsFirst;
    private ImapOptions imap = ImapOptions.DEFAULT.withUtf8(true);
    private long sessions;

    /** A server without accounts. */
    public TestServer() {
        LOG.addHandler(errorCollector);
    }

    /** Its mail. */
    public MailStore store() {
        return store;
    }

    /** Its trace. */
    public Recording recording() {
        return recording;
    }

    /** Who has which maildrop. */
    public MaildropLocks locks() {
        return locks;
    }

    /** The errors logged so far; whoever expects some takes them out. */
    public List<String> errors() {
        return errors;
    }

    /** Lets that much time pass. */
    public void pass(Duration time) {
        clock.now = clock.now.plus(time);
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
    public void access(String user, String name, String identifier, String rights) {
        outside(transaction -> transaction.setAccess(user, transaction.folder(user, name).id(), identifier,
                Optional.ofNullable(rights).map(Rights::parse)));
    }

    /** Opens an account by a bearer token too. */
    public void token(String user, String token) {
        passwords.put(user + " by token", token);
        credentials.setTokens(user, Set.of(token));
    }

    /** Makes an account with an empty INBOX. */
    public void account(String user, String password) {
        passwords.put(user, password);
        credentials.set(user, password);
        store.transact(Cause.SERVER, transaction -> {
            transaction.createAccount(user);
            return null;
        });
    }

    /** Limits what an account may hold of a resource; FIXED: the owner cannot change the limits. */
    public void quota(String user, String resource, long limit) {
        store.transact(Cause.SERVER, transaction -> {
            var quota = transaction.account(user).quota();
            transaction.setQuota(user, resource.equals("FIXED") ? quota.withFixed(true)
                    : quota.with(QuotaResource.valueOf(resource), limit));
            return null;
        });
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

    /** Says what a folder is for, by the names of IMAP. */
    public void uses(String user, String name, List<String> uses) {
        outside(transaction -> transaction.setSpecialUses(user, transaction.folder(user, name).id(),
                Stream.of(SpecialUse.values()).filter(use -> uses.contains(use.wireName())).toList()));
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
    public void comeAndGo(String user, String folder, int count) {
        for (var i = 0; i < count; i++) {
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

    /** Delivers a mail to the INBOX and gives its UID. */
    public long deliver(String user, String mail) {
        return deliver(user, Folder.INBOX, mail.getBytes(StandardCharsets.UTF_8), Flags.NONE, NOW);
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
    public TestConnection connect(String protocol) throws IOException {
        var kind = Protocols.named(protocol);
        sessions++;
        var context = new SessionContext(sessions, protocol, kind.phase(), store, credentials, limits, recording, tls,
                imap);
        var connection = TestConnection.open(context, kind.factory().session(context, locks), recording, tlsFirst);
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

    /** Shows every event of the trace, in order. */
    public void eachEvent(Consumer<TraceEvent> reader) {
        for (var number = recording.first(); number <= recording.last(); number++) {
            reader.accept(recording.event(number));
        }
    }

    /** The whole trace, an event a line, each with its words and its octets, a character for each. */
    public String recorded() {
        var all = new StringBuilder();
        eachEvent(event -> {
            var octets = switch (event.what()) {
                case What.Received(var received) -> received;
                case What.Response(var response) -> response;
                default -> null;
            };
            all.append(event).append(octets == null ? "" : new String(octets.toBytes(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        });
        return all.toString();
    }

    /** Fails when what the trace has of the clients holds an account's password. */
    public void assertNoPasswordInTrace() {
        eachEvent(event -> passwords.values().forEach(password -> assertFalse(clientText(event).contains(password),
                () -> "event " + event.number() + " holds a password: " + event)));
    }

    /** Cuts what is still open, and fails when a session left something behind. */
    @Override
    public void close() {
        connections.forEach(TestConnection::cut);
        LOG.removeHandler(errorCollector);
        recording.close();
        assertEquals(List.of(), errors, "errors were logged");
        passwords.keySet().forEach(user -> assertFalse(locks.isTaken(user), () -> user + "'s maildrop is locked"));
    }

    private static String clientText(TraceEvent event) {
        var text = switch (event.what()) {
            case What.Received(var octets) -> new String(octets.toBytes(), StandardCharsets.UTF_8);
            case What.Command(var tag) -> tag;
            case What.Rejected(var tag, var problem, var offset) -> tag + "\n" + problem;
            default -> "";
        };
        return event.command() + "\n" + event.folder() + "\n" + text;
    }

    /** A clock that is moved by hand. */
    private static final class HandClock extends Clock {
        private volatile Instant now = Instant.from(NOW);
        private volatile Duration tick = Duration.ZERO;

        @Override
        public Instant instant() {
            now = now.plus(tick);
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
