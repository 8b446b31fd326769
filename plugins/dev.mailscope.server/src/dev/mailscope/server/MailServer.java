package dev.mailscope.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import javax.security.auth.x500.X500Principal;

import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.mailbox.BoundedStorage;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Memory;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.mailbox.StorageException;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.net.NetworkAddress;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.pop3.Pop3Session;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.smtp.Deliveries;
import dev.mailscope.server.store.DurableStore;
import dev.mailscope.server.tls.Authorities;
import dev.mailscope.server.tls.CertificateNames;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.tls.ServerTls;
import dev.mailscope.server.tls.TlsSource;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/**
 * A POP3 and IMAP server with its mail, its accounts and its trace. An instance: several run at once in one JVM.
 * Opened, it holds its mail and records; started, it also listens. Stopping ends the sessions and keeps mail and trace.
 */
public final class MailServer implements AutoCloseable {
    private static final String IMAP = "imap";
    private static final String POP3 = "pop3";

    private final ReentrantLock running = new ReentrantLock();
    private final Recording trace;
    private final MailStore store;
    // Null while accounts and mail are in memory.
    private final DurableStore durable;
    private final Credentials credentials = new Credentials();
    private final Accounts accounts;
    private final Debugger debugger = new Debugger(this::remark);
    private final MaildropLocks maildropLocks = new MaildropLocks();
    private final Shared shared;
    private final AtomicLong sessions = new AtomicLong();
    private final Ports ports = new Ports();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private volatile ServerConfig config;
    private volatile TlsSource tls;

    private MailServer(ServerConfig config, Beginning beginning, Recording trace, Clock clock, DurableStore durable) {
        this.config = config;
        this.trace = trace;
        this.durable = durable;
        this.store = new MailStore(trace, clock, trace.live().server(), storage(durable, trace.live().server()));
        this.accounts = new Accounts(store, credentials, durable, beginning);
        this.tls = source(config.tls());
        this.shared = Shared.of(config.limits());
    }

    /** The store, or memory, as long as the JVM has half of its own for something else. */
    private static Storage storage(DurableStore durable, ServerState start) {
        return new BoundedStorage(durable == null ? Storage.MEMORY : durable, durable == null, start,
                Runtime.getRuntime().maxMemory() / 2, Memory.OF_JVM);
    }

    /**
     * A server with its accounts and mail in place and its recording begun; it does not listen yet. With a store it has
     * the accounts and mail that are there, and makes those of the configuration that are missing; a password that the
     * configuration gives is the account's from then on. Throws IOException, which names the file or folder, when the
     * mail, the store or the user's key store cannot be read or the recording or the store not be written.
     */
    public static MailServer open(ServerConfig config) throws IOException {
        var clock = Clock.systemDefaultZone();
        var beginning = new Beginning.Same(config.accounts(), InitialMail.of(config.mail(), clock));
        if (config.store() != null) {
            return open(config, beginning, clock);
        }
        var trace = config.recording() == null ? Recording.inMemory(config.recordingLimits())
                : Recording.create(config.recording(), config.recordingLimits());
        var server = new MailServer(config, beginning, trace, clock, null);
        try {
            server.reset();
        } catch (MailboxException e) {
            server.close();
            throw new IOException("the accounts and mail to begin with: " + e.getMessage(), e);
        }
        server.checkTls();
        return server;
    }

    private static MailServer open(ServerConfig config, Beginning beginning, Clock clock) throws IOException {
        var durable = DurableStore.open(config.store());
        MailServer server;
        try {
            var trace = config.recording() == null ? Recording.inMemory(config.recordingLimits(), durable.state())
                    : Recording.create(config.recording(), config.recordingLimits(), durable.state());
            server = new MailServer(config, beginning, trace, clock, durable);
        } catch (IOException | RuntimeException e) {
            durable.close();
            throw e;
        }
        try {
            server.config = server.accounts.resume(config, server::remark, server::note);
        } catch (MailboxException | StorageException e) {
            server.close();
            throw new IOException("the store " + config.store() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        server.checkTls();
        return server;
    }

    private void note(String text) {
        notes.add(text);
        remark(text);
    }

    /** What the user should know of the opening, in sentences; empty when all is as usual. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * A server that begins as another one was at some moment: the same folders, messages, UIDs and modification
     * sequences, no sessions. The configuration says how its accounts are opened; nobody logs in to an account that it
     * does not name. It stands alone: what happens to the other server or recording later does not touch it. Throws
     * IOException as {@link #open}, and when a mail's octets can no longer be read.
     *
     * @param origin where the state comes from, for the trace, such as {@code event 12 of lab.mailtrace}
     */
    public static MailServer fork(ServerConfig config, ServerState state, String origin) throws IOException {
        if (config.store() != null) {
            throw new IllegalArgumentException("a fork is kept in memory");
        }
        ServerState copy;
        try {
            copy = state.withContents(content -> Content.of(content.octets()));
        } catch (UncheckedIOException e) {
            throw new IOException("The server cannot be forked: " + e.getCause().getMessage(), e);
        }
        var trace = config.recording() == null ? Recording.inMemory(config.recordingLimits(), copy)
                : Recording.create(config.recording(), config.recordingLimits(), copy);
        var server = new MailServer(config, new Beginning.Forked(copy), trace, Clock.systemDefaultZone(),
                null);
        server.remark("forked from " + origin);
        server.accounts.open(config.accounts());
        server.checkTls();
        return server;
    }

    /**
     * Listens. Does nothing when it does so already. Throws BindException, which names protocol, address and port, when
     * a port cannot be had, and IOException when other machines could connect and log in by the password of the sample
     * account, which everybody knows; then it listens nowhere.
     */
    public void start() throws IOException {
        running.lock();
        try {
            if (ports.areOpen()) {
                return;
            }
            refuseKnownPassword(InetAddress.getByName(config.host()));
            ports.open(config, new Ports.Spoken(this::imap, this::pop3,
                    new Deliveries(store, credentials, trace), shared, tls));
            remark("listening on " + endpoints());
        } finally {
            running.unlock();
        }
    }

    /** Ends all sessions with a farewell and listens no longer. The mail and the trace stay. */
    public void stop() {
        running.lock();
        try {
            if (ports.areOpen()) {
                ports.close();
                remark("stopped listening");
            }
        } finally {
            running.unlock();
        }
    }

    /** Stops, and ends the recording; what was recorded can still be read from {@link #trace}. */
    @Override
    public void close() {
        stop();
        trace.close();
        if (durable != null) {
            durable.close();
        }
    }

    /** True while it listens. */
    public boolean isRunning() {
        return !endpoints().isEmpty();
    }

    /** True while other machines can connect: while it listens on an address that is no loopback one. */
    public boolean isExposed() {
        return endpoints().stream().anyMatch(endpoint -> !endpoint.address().getAddress().isLoopbackAddress());
    }

    /** Where it listens; empty while it does not. */
    public List<Endpoint> endpoints() {
        return ports.endpoints();
    }

    /**
     * Where it listens for that protocol ({@code imap}, {@code pop3}, {@code smtp}, and {@code imaps}, {@code pop3s} where TLS begins
     * at once). IllegalStateException while it does not.
     */
    public InetSocketAddress address(String protocol) {
        return endpoints().stream().filter(endpoint -> endpoint.protocol().equals(protocol)).map(Endpoint::address)
                .findFirst().orElseThrow(() -> new IllegalStateException("not listening for " + protocol));
    }

    /** How it is set up, with all that was changed since it was opened. */
    public ServerConfig config() {
        return config;
    }

    /** Its trace, live and recorded: the only road from the server to a screen. */
    public Recording trace() {
        return trace;
    }

    /** Step mode, breakpoints and faults of its IMAP and POP3 sessions. What is set stays over a stop. */
    public Debugger debugger() {
        return debugger;
    }

    /** Sets the ports it listens on from the next start. IllegalStateException while it runs. */
    public void changePorts(int imap, int pop3) {
        changeStopped(now -> now.withPorts(imap, pop3));
    }

    /** Sets the ports where TLS begins at once, from the next start; empty for none. IllegalStateException while it runs. */
    public void changeTlsPorts(OptionalInt imaps, OptionalInt pop3s) {
        changeStopped(now -> now.withTls(now.tls().withPorts(imaps, pop3s)));
    }

    /** Sets the port where mail arrives, from the next start; empty for none. IllegalStateException while it runs. */
    public void changeSmtpPort(OptionalInt smtpPort) {
        changeStopped(now -> now.withSmtpPort(smtpPort));
    }

    /**
     * Sets how TLS is used from the next start. IllegalStateException while it runs; IOException, which names the file,
     * when the user's key store or authorities cannot be read. In both cases all stays as it was.
     */
    public void changeTls(TlsConfig other) throws IOException {
        var next = source(other);
        if (other.isGivenByUser()) {
            next.get();
        }
        running.lock();
        try {
            changeStopped(now -> now.withTls(other));
            tls = next;
        } finally {
            running.unlock();
        }
    }

    /**
     * The certificate it shows, with its fingerprint and its text for export. A self-signed one names the addresses on
     * which the server listens, and is made when this, or a client, first asks for it; that takes a moment. IOException
     * says what is wrong with it.
     */
    public ServerCertificate certificate() throws IOException {
        return tls.get().certificate();
    }

    /** The same as {@link #createAccount(AccountConfig)} with a password alone, which is not kept itself. */
    public void createAccount(String user, String password) {
        createAccount(new AccountConfig(user, password));
    }

    /**
     * Makes an account with an empty INBOX. MailboxException when the name is taken; IllegalArgumentException when other
     * machines can connect and everybody knows the password; StorageException, here and below, when the store cannot be
     * written.
     */
    public void createAccount(AccountConfig account) {
        refuseKnownPassword(account);
        accounts.create(account);
    }

    /**
     * Sets what opens an account from now on, a reset included, but not its quota. MailboxException when there is
     * none; IllegalArgumentException as above. Sessions that are open stay open.
     */
    public void changeAccount(AccountConfig account) {
        refuseKnownPassword(account);
        running.lock();
        try {
            accounts.change(account, () -> config = config.withAccountOpened(account));
        } finally {
            running.unlock();
        }
    }

    /** Sets the bearer tokens that open an account, in place of those it had. MailboxException when there is none. */
    public void changeTokens(String user, Set<String> tokens) {
        accounts.ofExisting(user, () -> credentials.setTokens(user, tokens));
    }

    /** Sets the subject of the client certificate that opens an account; null for none. MailboxException as above. */
    public void changeCertificate(String user, X500Principal subject) {
        accounts.ofExisting(user, () -> credentials.setCertificate(user, subject));
    }

    /** Removes an account with all its mail. MailboxException when there is none. */
    public void removeAccount(String user) {
        accounts.remove(user);
    }

    /** Makes a folder. MailboxException when there is no such account, or the name is taken or impossible. */
    public void createFolder(String account, String folder) {
        store.transact(Cause.SERVER, t -> t.createFolder(account, folder));
        store.awaitKept();
    }

    /** Puts a message into a folder as if it had just arrived. MailboxException when there is no such folder. */
    public Message deliver(String account, String folder, byte[] message) {
        return deliver(account, folder, Flags.NONE, OffsetDateTime.now(store.clock()), message);
    }

    /** The same with flags and the date it was received. */
    public Message deliver(String account, String folder, Flags flags, OffsetDateTime received, byte[] message) {
        try (var held = store.hold(Content.of(message))) {
            var delivered = store.transact(Cause.SERVER,
                    t -> t.append(account, t.folder(account, folder).id(), flags, received, held.content()));
            store.awaitKept();
            return delivered;
        }
    }

    /**
     * Records what a device is like, as it says itself. Does nothing when it has said the same before.
     */
    public void record(What.Device device) {
        var known = trace.live().devices().get(device.name());
        if (known == null || !known.said().equals(device)) {
            trace.record(0, "", 0, "", "", "", device);
        }
    }

    /** Makes accounts and mail as the configuration says, in one transaction; every folder is a new one. */
    public void reset() {
        accounts.reset(config.accounts());
    }

    private Conversation<?> imap(Conversation.Sink sink) {
        var context = context(IMAP, ImapSession.FIRST_PHASE);
        return new Conversation<>(context, new ImapSession(context), sink, debugger);
    }

    private Conversation<?> pop3(Conversation.Sink sink) {
        var context = context(POP3, Pop3Session.FIRST_PHASE);
        return new Conversation<>(context, new Pop3Session(context, maildropLocks), sink, debugger);
    }

    private SessionContext context(String protocol, String phase) {
        return new SessionContext(sessions.incrementAndGet(), protocol, phase, store, credentials, config.limits(),
                trace, new TlsPolicy(true, !config.tls().required()), config.imap(), shared);
    }

    private void refuseKnownPassword(InetAddress host) throws IOException {
        var sample = ServerConfig.SAMPLE_ACCOUNT;
        if (!host.isLoopbackAddress() && credentials.verify(sample.user(), sample.password())) {
            throw new IOException("other machines could connect to " + host.getHostAddress() + ", and everybody knows"
                    + " the password of " + sample.user() + ": give it another one, or listen on a loopback address");
        }
    }

    private void refuseKnownPassword(AccountConfig account) {
        if (isExposed() && account.password().equals(ServerConfig.SAMPLE_ACCOUNT.password())) {
            throw new IllegalArgumentException("everybody knows this password, and other machines can connect");
        }
    }

    private void changeStopped(UnaryOperator<ServerConfig> change) {
        running.lock();
        try {
            if (ports.areOpen()) {
                throw new IllegalStateException("stop the server before its ports or its use of TLS are changed");
            }
            config = change.apply(config);
        } finally {
            running.unlock();
        }
    }

    private TlsSource source(TlsConfig settings) {
        return new TlsSource(() -> makeTls(settings));
    }

    private ServerTls makeTls(TlsConfig settings) throws IOException {
        var certificate = makeCertificate(settings);
        var authorities = settings.clientAuthorities() == null ? null : Authorities.read(settings.clientAuthorities());
        var made = ServerTls.with(certificate, authorities, TlsConfig.HANDSHAKE);
        remark("the certificate's SHA-256 fingerprint is " + certificate.fingerprint());
        return made;
    }

    private ServerCertificate makeCertificate(TlsConfig settings) throws IOException {
        var own = settings.keyStore();
        if (own != null) {
            return ServerCertificate.load(own.file(), own.password().toCharArray(), null);
        }
        // Clients compare what they connect to with what the certificate names (RFC 9110 section 4.3.4, RFC 7817).
        var names = CertificateNames.LOCAL.with(NetworkAddress.naming(config.host()));
        return settings.selfSigned() == null ? ServerCertificate.temporary(names)
                : ServerCertificate.selfSigned(settings.selfSigned(), names);
    }

    /** What the user has given must be right from the start. */
    private void checkTls() throws IOException {
        if (!config.tls().isGivenByUser()) {
            return;
        }
        try {
            tls.get();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void remark(String text) {
        trace.record(0, "", 0, "", "", "", new What.Remark(text));
    }
}
