package dev.mailscope.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.net.Listener;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.pop3.Pop3Session;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.SessionContext;
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
    private final ServerConfig config;
    private final InitialMail initialMail;
    private final Recording trace;
    private final MailStore store;
    private final Credentials credentials = new Credentials();
    private final MaildropLocks maildropLocks = new MaildropLocks();
    private final AtomicLong sessions = new AtomicLong();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private volatile List<Endpoint> endpoints = List.of();
    private int imapPort;
    private int pop3Port;

    private MailServer(ServerConfig config, InitialMail initialMail, Recording trace, Clock clock) {
        this.config = config;
        this.initialMail = initialMail;
        this.trace = trace;
        this.store = new MailStore(trace, clock);
        this.imapPort = config.imapPort();
        this.pop3Port = config.pop3Port();
    }

    /**
     * A server with its accounts and mail in place and its recording begun; it does not listen yet. Throws IOException,
     * which names the file or folder, when the mail cannot be read or the recording not be written.
     */
    public static MailServer open(ServerConfig config) throws IOException {
        var clock = Clock.systemDefaultZone();
        var mail = InitialMail.NONE;
        if (config.mail() != null) {
            mail = InitialMail.read(config.mail());
        } else if (config.sampleMail()) {
            mail = InitialMail.sample(clock);
        }
        var trace = config.recording() == null ? Recording.inMemory()
                : Recording.create(config.recording(), config.recordingLimits());
        var server = new MailServer(config, mail, trace, clock);
        server.reset();
        return server;
    }

    /**
     * Listens. Does nothing when it does so already. Throws BindException, which names protocol, address and port, when
     * a port cannot be had; then it listens nowhere.
     */
    public void start() throws IOException {
        running.lock();
        try {
            if (!listeners.isEmpty()) {
                return;
            }
            var host = InetAddress.getByName(config.host());
            try {
                listeners.put(IMAP, new Listener(IMAP, host, imapPort, config.limits(), this::imap));
                listeners.put(POP3, new Listener(POP3, host, pop3Port, config.limits(), this::pop3));
            } catch (IOException e) {
                closeListeners();
                throw e;
            }
            endpoints = listeners.entrySet().stream()
                    .map(entry -> new Endpoint(entry.getKey(), entry.getValue().address())).toList();
            remark("listening on " + endpoints);
        } finally {
            running.unlock();
        }
    }

    /** Ends all sessions with a farewell and listens no longer. The mail and the trace stay. */
    public void stop() {
        running.lock();
        try {
            if (!listeners.isEmpty()) {
                closeListeners();
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
    }

    /** True while it listens. */
    public boolean isRunning() {
        return !endpoints.isEmpty();
    }

    /** Where it listens; empty while it does not. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Where it listens for that protocol ({@code imap}, {@code pop3}). IllegalStateException while it does not. */
    public InetSocketAddress address(String protocol) {
        return endpoints.stream().filter(endpoint -> endpoint.protocol().equals(protocol)).map(Endpoint::address)
                .findFirst().orElseThrow(() -> new IllegalStateException("not listening for " + protocol));
    }

    /** How it was set up. */
    public ServerConfig config() {
        return config;
    }

    /** Its trace, live and recorded: the only road from the server to a screen. */
    public Recording trace() {
        return trace;
    }

    /** Sets the ports it listens on from the next start. IllegalStateException while it runs. */
    public void changePorts(int imap, int pop3) {
        running.lock();
        try {
            if (!listeners.isEmpty()) {
                throw new IllegalStateException("stop the server before its ports are changed");
            }
            var checked = config.withPorts(imap, pop3);
            imapPort = checked.imapPort();
            pop3Port = checked.pop3Port();
        } finally {
            running.unlock();
        }
    }

    /** Makes an account with an empty INBOX. MailboxException when the name is taken. */
    public void createAccount(String user, String password) {
        var account = new AccountConfig(user, password);
        store.transact(Cause.SERVER, t -> {
            t.createAccount(account.user());
            return null;
        });
        credentials.set(user, password);
    }

    /** Removes an account with all its mail. MailboxException when there is none. */
    public void removeAccount(String user) {
        store.transact(Cause.SERVER, t -> {
            t.removeAccount(user);
            return null;
        });
        credentials.remove(user);
    }

    /** Puts a message into a folder as if it had just arrived. MailboxException when there is no such folder. */
    public Message deliver(String account, String folder, byte[] message) {
        return deliver(account, folder, Flags.NONE, OffsetDateTime.now(store.clock()), message);
    }

    /** The same with flags and the date it was received. */
    public Message deliver(String account, String folder, Flags flags, OffsetDateTime received, byte[] message) {
        var content = Content.of(message);
        return store.transact(Cause.SERVER,
                t -> t.append(account, t.folder(account, folder).id(), flags, received, content));
    }

    /** Makes accounts and mail as the configuration says, in one transaction; every folder is a new one. */
    public void reset() {
        store.transact(Cause.SERVER, t -> {
            for (var name : new ArrayList<>(t.state().accounts().keySet())) {
                t.removeAccount(name);
                credentials.remove(name);
            }
            for (var account : config.accounts()) {
                fill(t, account.user());
                credentials.set(account.user(), account.password());
            }
            return null;
        });
    }

    private void fill(Transaction t, String user) {
        t.createAccount(user);
        t.subscribe(user, "INBOX", true);
        for (var folder : initialMail.folders()) {
            if (t.account(user).folder(folder).isEmpty()) {
                t.createFolder(user, folder);
            }
            t.subscribe(user, folder, true);
        }
        for (var item : initialMail.messages()) {
            t.append(user, t.folder(user, item.folder()).id(), item.flags(), item.received(), item.content());
        }
    }

    private Conversation<?> imap(Conversation.Sink sink) {
        var context = context(IMAP, ImapSession.FIRST_PHASE);
        return new Conversation<>(context, new ImapSession(context), sink);
    }

    private Conversation<?> pop3(Conversation.Sink sink) {
        var context = context(POP3, Pop3Session.FIRST_PHASE);
        return new Conversation<>(context, new Pop3Session(context, maildropLocks), sink);
    }

    private SessionContext context(String protocol, String phase) {
        return new SessionContext(sessions.incrementAndGet(), protocol, phase, store, credentials, config.limits(),
                trace);
    }

    private void closeListeners() {
        endpoints = List.of();
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }

    private void remark(String text) {
        trace.record(0, "", 0, "", "", "", new What.Remark(text));
    }
}
